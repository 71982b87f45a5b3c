package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Publication;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
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
  void jobsOneByOneAreOneRunThatNobodyComesBetween() throws IOException {
    Shop whole = Shop.open(folder.resolve("whole"));
    assertThat(whole.run().exit()).isZero();

    Shop parts = Shop.open(folder.resolve("parts"));
    assertThat(job(parts.orders(), "conform").exit()).as("it is tried again").isEqualTo(1);
    assertThat(runs(parts)).contains("0 of 9", "failed");
    parts.orders(Shop.goodOrders().toArray(String[]::new));
    Path turn = parts.outcome().root().resolve("_run");
    byte[] whose = {};
    for (String job : Pipeline.names()) {
      whose = job.equals("publish") ? Files.readAllBytes(turn) : whose;
      Cli.Result done = job(parts, job);
      assertThat(done.exit()).as(job).isZero();
      assertThat(done.err()).as(job).doesNotContain("cannot be written");
      if (job.equals("features")) {
        theOthersWait(parts);
        assertThat(runs(parts)).contains("3 of 9", "between two jobs");
      }
    }
    assertThat(runs(parts)).contains("9 of 9", "done").doesNotContain("killed");
    parts.outcome().assertNoTableIsBroken();
    assertThat(parts.outcome().seenOfAnyRun()).isEqualTo(whole.outcome().seenOfAnyRun());
    assertThat(parts.outcome().table(Publication.TABLE).select("revision", "run_id").first())
        .hasToString("[1," + RUN + "]");

    Files.write(turn, whose);
    aRunThatPublishedAndWasKilledPublishesOnce(parts);
    Cli.Result late = job(parts, "publish");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err())
        .contains("Cannot publish as a part of run " + RUN + ": it was not begun, has ended, or");
    aRunThatIsBegunAgainUnderItsIdPublishesItsNextRevision(parts);
    aRunThatNeverRefitsKeepsItsChampions(parts);
  }

  @Test
  void whatWasMadeOfATableThatIsWrittenAnewIsNotPublished() {
    Shop shop = Shop.open(folder);
    assertThat(shop.run("--to", "membership").exit()).isZero();
    assertThat(shop.run("--only", "segments").exit()).isZero();
    Cli.Result refused = shop.run("--only", "publish");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "Cannot publish 2026-01-01 revision 1: segments wrote segmentation, which validation"
                + " has not read since",
            "./stratify run --as-of 2026-01-01 --from validation");
    assertThat(shop.run("--only", "segments,publish").err())
        .contains("segments would write segmentation", "--as-of 2026-01-01 --from segments");
    assertThat(shop.run("--from", "validation", "--set", "features.trend-window-days=30").err())
        .as("the model was learnt on features of another configuration")
        .contains("features was done with other settings than this command has (one of features,")
        .contains("./stratify run --as-of 2026-01-01 --from features");
    assertThat(shop.run("--from", "validation").exit()).isZero();
    shop.orders(Shop.goodOrders().subList(1, 64).toArray(String[]::new));
    assertThat(shop.run("--to", "features").exit()).isZero();
    assertThat(shop.run("--only", "conform").exit()).isZero();
    assertThat(shop.run("--from", "features").err())
        .as("what history found was not changed by what conform did, and yet")
        .contains(", which history has not read since", "--as-of 2026-01-01 --from history");
    Cli.Result without = shop.run("--only", "conform,features", "--as-of", "2026-01-02");
    assertThat(without.err()).contains("--as-of 2026-01-02 --from segments --conf ", "/shop.conf");
    assertThat(shop.run("--from", "segments", "--as-of", "2026-01-02").err())
        .as("a job that was left out")
        .contains(", which history has not read since", "--as-of 2026-01-02 --from history");
    assertThat(shop.run("--from", "history").err())
        .as("conform has written for another date since")
        .contains(
            "Cannot publish 2026-01-01 revision 2: what history reads of conform is that of"
                + " 2026-01-02 (run ",
            "--as-of 2026-01-01 --from conform --conf ");
    assertThat(shop.run("--to", "insight").exit()).isZero();
    assertThat(shop.run("--only", "conform", "--as-of", "2026-01-02").exit()).isZero();
    assertThat(shop.run("--from", "features").err()).contains("what features reads of conform is");
    assertThat(shop.run("--only", "publish").err())
        .contains("readers now see 2026-01-01 revision 2");
  }

  /** It says of itself that it has its turn, as on the disk of a driver that was killed. */
  private static void aRunThatPublishedAndWasKilledPublishesOnce(Shop shop) {
    List<String> published = Outcome.texts(shop.outcome().table(Publication.TABLE));
    Cli.Result again = job(shop, "publish");
    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(again.err()).contains("readers now see 2026-01-01 revision 1");
    assertThat(Outcome.texts(shop.outcome().table(Publication.TABLE))).isEqualTo(published);
  }

  private static void theOthersWait(Shop shop) {
    Map<String, String> before = shop.outcome().files();
    Cli.Result other = shop.run("--as-of", "2026-02-01");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err())
        .contains("Cannot run: run " + RUN + " as of 2026-01-01 is between two of its jobs");
    assertThat(shop.outcome().files()).isEqualTo(before);
  }

  private static void aRunThatIsBegunAgainUnderItsIdPublishesItsNextRevision(Shop shop) {
    assertThat(shop.run("--to", "insight", "--part-of", RUN).exit()).isZero();
    assertThat(job(shop, "publish").err()).contains("readers now see 2026-01-01 revision 2");
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

  private static String runs(Shop shop) {
    return Cli.run(List.of("runs", "--set", "output.root=" + shop.outcome().root())).out();
  }

  private static Cli.Result job(Shop shop, String job) {
    List<String> arguments = new ArrayList<>(shop.arguments("--part-of", RUN));
    arguments.set(0, job);
    return Cli.run(arguments);
  }
}
