package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValidateCommandTest {
  @Test
  void gatesAreCountedAsPeopleCount() {
    assertThat(ValidateCommand.verdict(0)).isEqualTo("No gate failed.");
    assertThat(ValidateCommand.verdict(1)).isEqualTo("1 gate failed.");
    assertThat(ValidateCommand.verdict(2)).isEqualTo("2 gates failed.");
  }
}
