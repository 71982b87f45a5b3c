package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.StratifyException;
import io.stratify.jobs.bench.ConformBench;
import io.stratify.jobs.bench.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFiguresTest {
  private static final Step SCAN = new Step("scan", 2, "", 1, 1, "");
  private static final Step HISTORY = new Step("history", 5, "scan", 2.5, 3, "first build");
  private static final Step NEXT = new Step("next", 1.05, "scan + history", 0.15, 0.2, "2 days");

  @TempDir Path folder;

  @Test
  void onlyWhatIsHeldAgainstSomethingHasARatio() {
    assertThat(BenchFigures.table(List.of(SCAN, HISTORY, NEXT), "%.3f").toString().lines())
        .extracting(line -> line.strip().replaceAll(" {2,}", "|"))
        .containsExactly(
            "step|seconds|ratio|bound|against|result",
            "-------|-------|-----|-----|--------------|-----------",
            "scan|2.0",
            "history|5.0|2.500|3.000|scan|first build",
            "next|1.1|0.150|0.200|scan + history|2 days");
  }

  @Test
  void thoseOfConformHaveTheMachineToo() {
    ConformBench.Took took = new ConformBench.Took(2, 1);
    ObjectNode figures = BenchConformCommand.figures(List.of(new ConformBench.Round(took, took)));
    assertThat(figures.get("bench").asText()).isEqualTo("conform");
    assertThat(figures.get("cores").asInt()).isPositive();
    assertThat(figures.get("heap_mb").asLong()).isPositive();
    assertThat(figures.get("median_ratio").asDouble()).isEqualTo(1);
  }

  @Test
  void theFiguresAreKeptWithTheMachine() throws IOException {
    ObjectNode figures = BenchFigures.of("features");
    List.of(SCAN, NEXT).forEach(s -> BenchFigures.add(figures.withArray("steps"), s));
    Path file = folder.resolve("bench.json");
    BenchFigures.write(figures, file);
    JsonNode read = new ObjectMapper().readTree(Files.readString(file));
    assertThat(read.get("bench").asText()).isEqualTo("features");
    assertThat(read.get("cores").asInt()).isPositive();
    assertThat(read.get("heap_mb").asLong()).isPositive();
    assertThat(read.get("steps").get(0)).hasToString("{\"step\":\"scan\",\"seconds\":2.0}");
    assertThat(read.get("steps").get(1))
        .hasToString(
            "{\"step\":\"next\",\"seconds\":1.05,\"against\":\"scan + history\",\"ratio\":0.15,"
                + "\"bound\":0.2}");

    assertThatCode(() -> BenchFigures.requireWritable(file)).doesNotThrowAnyException();
    assertThatThrownBy(() -> BenchFigures.requireWritable(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(folder + ": this is a directory. Give another --json FILE");

    Path missing = folder.resolve("missing/bench.json");
    assertThatThrownBy(() -> BenchFigures.write(figures, missing))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("Cannot write the figures to " + missing)
        .hasMessageEndingWith("Give another --json FILE");
  }
}
