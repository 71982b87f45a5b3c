package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest extends SparkSuite {
  @TempDir Path folder;

  private String asOf(String day) {
    return Cli.run(List.of("doctor", "--as-of", day, "--set", "output.root=" + folder)).out();
  }

  @Test
  void anAsOfDateThatARunWouldRefuseFails() {
    assertThat(asOf("2099-01-01"))
        .containsPattern("as-of date +FAILS +The as-of date is 2099-01-01, more than a year");
    assertThat(asOf("2026-01-01")).doesNotContain("as-of date ");
  }
}
