package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineCommandTest {
  /** What the DAGs read; the tests run in the folder of their module. */
  private static final Path FILE = Path.of("..", "airflow", "pipeline.json");

  @Test
  void theFileOfTheDagsIsWhatTheCommandPrints() throws IOException {
    Cli.Result printed = Cli.run(List.of("pipeline", "--json"));
    assertThat(printed.exit()).isZero();
    assertThat(Files.readString(FILE))
        .as("airflow/pipeline.json; make it anew: ./stratify pipeline --json > %s", FILE)
        .isEqualTo(printed.out());
  }

  @Test
  void peopleReadTheJobsInTheirOrder() {
    Cli.Result printed = Cli.run(List.of("pipeline"));
    assertThat(printed.exit()).isZero();
    List<String> jobs =
        printed
            .out()
            .lines()
            .skip(2)
            .filter(line -> !line.startsWith("   "))
            .map(line -> line.strip().replaceFirst(" .*", ""))
            .toList();
    assertThat(jobs).isEqualTo(Pipeline.names());
    assertThat(printed.out())
        .contains("job         room        after       reads")
        .containsPattern("health +validation +features +feature_stats +segmentation_health");
  }

  @Test
  void aRunWithAnOddNameIsRefusedBeforeAnythingStarts() {
    Cli.Result refused =
        Cli.run(List.of("conform", "--as-of", "2026-01-01", "--part-of", "my run"));
    assertThat(refused.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err())
        .contains(
            "--part-of is \"my run\"; it must be 1 to 250 letters, digits and characters of"
                + " _.~:+-");
  }
}
