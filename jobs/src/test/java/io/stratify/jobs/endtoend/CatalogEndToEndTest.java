package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own, since a session has the catalog that its JVM began with. */
class CatalogEndToEndTest {
  @TempDir Path folder;

  @Test
  void aRunEntersWhatItPublishesInAHiveMetastoreWhereOthersFindItByName()
      throws IOException, InterruptedException {
    Shop.open(folder);
    Cli.Result run = inACatalog("run");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .containsPattern("catalog +[0-9.]+ s +\\d+ tables and views in shop, \\d+ of them new")
        .as("nothing of what Hive says on the way")
        .doesNotContain("WARN", "ERROR");

    Cli.Result reader =
        inACatalog(
            "query",
            "SELECT name, customers FROM shop.current_segment WHERE lens = 'rfm' ORDER BY name");
    assertThat(reader.exit()).as(reader.err()).isZero();
    Cli.Result byFolder =
        Cli.run(
            arguments(
                "query",
                "SELECT name, customers FROM current_segment WHERE lens = 'rfm' ORDER BY name"));
    assertThat(reader.out()).isEqualTo(byFolder.out()).contains("name", "customers");
  }

  private Cli.Result inACatalog(String... arguments) throws IOException, InterruptedException {
    List<String> all = arguments(arguments);
    all.addAll(
        List.of(
            "--set", "catalog.kind=embedded",
            "--set", "catalog.database=shop",
            "--set", "catalog.folder=" + folder.resolve("catalog")));
    return Driver.start(folder, Map.of(), all).await();
  }

  private List<String> arguments(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--conf", folder.resolve("shop.conf").toString(), "--as-of", Shop.AS_OF));
    return all;
  }
}
