package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoppedTest {
  @Test
  void aSignalIsToldFromAnEndFromWithin() {
    assertThat(Stopped.why(List.of("main", "SIGTERM handler")))
        .startsWith(
            "Stopped: this process was told to end (SIGTERM, Ctrl-C). Give the same command");
    assertThat(Stopped.why(List.of("main", "Signal Dispatcher", "Executor task launch worker")))
        .startsWith("Stopped: this process was ended from within")
        .contains("not by a signal", "STRATIFY_HEAP=", "--driver-memory")
        .doesNotContain("told to end");
  }
}
