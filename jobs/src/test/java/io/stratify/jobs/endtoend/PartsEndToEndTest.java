package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Publication;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs as commands of their own, as a scheduler runs them. */
class PartsEndToEndTest {
  private static final String RUN = "daily.scheduled__2025-12-31T03:00:00+00:00";

  @TempDir Path folder;

  @Test
  void jobsOneByOneAreOneRunThatNobodyComesBetween() {
    Shop whole = Shop.open(folder.resolve("whole"));
    assertThat(whole.run().exit()).isZero();

    Shop parts = Shop.open(folder.resolve("parts"));
    for (String job : Pipeline.names()) {
      assertThat(job(parts, job).exit()).as(job).isZero();
      if (job.equals("features")) {
        theOthersWait(parts);
      }
    }
    parts.outcome().assertNoTableIsBroken();
    assertThat(parts.outcome().seenOfAnyRun()).isEqualTo(whole.outcome().seenOfAnyRun());
    assertThat(parts.outcome().table(Publication.TABLE).select("revision", "run_id").first())
        .hasToString("[1," + RUN + "]");

    Cli.Result late = job(parts, "publish");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err())
        .contains("Cannot publish as a part of run " + RUN + ": it was not begun, has ended, or");
    aRunThatNeverRefitsKeepsItsChampions(parts);
  }

  private static void theOthersWait(Shop shop) {
    Map<String, String> before = shop.outcome().files();
    Cli.Result other = shop.run("--as-of", "2026-02-01");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err())
        .contains("Cannot run: run " + RUN + " as of 2026-01-01 is between two of its jobs");
    assertThat(shop.outcome().files()).isEqualTo(before);
  }

  /** Not even where its configuration changed, as that of the clusters here. */
  private static void aRunThatNeverRefitsKeepsItsChampions(Shop shop) {
    Cli.Result next =
        shop.run(
            "--to",
            "segments",
            "--as-of",
            "2026-02-01",
            "--set",
            "segments.behaviour.k-max=4",
            "--set",
            "segments.refit-every=never");
    assertThat(next.exit()).isZero();
    assertThat(next.err())
        .contains("behaviour keeps behaviour-20260101", "rfm keeps rfm-20260101")
        .doesNotContain(" fitted: ");
  }

  private static Cli.Result job(Shop shop, String job) {
    List<String> arguments = new ArrayList<>(shop.arguments("--part-of", RUN));
    arguments.set(0, job);
    return Cli.run(arguments);
  }
}
