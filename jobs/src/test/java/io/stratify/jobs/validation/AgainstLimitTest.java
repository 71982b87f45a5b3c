package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgainstLimitTest {
  @Test
  void whatMissesALimitByLittleIsToldFromIt() {
    assertThat(AgainstLimit.text(0.6497, "at least 0.65", 3)).isEqualTo("0.6497");
    assertThat(AgainstLimit.text(0.01003, "below 0.01", 3)).isEqualTo("0.01003");
    assertThat(AgainstLimit.text(0.4996, "at least 0.5", 2)).isEqualTo("0.4996");
    assertThat(AgainstLimit.text(0.64, "at least 0.65", 3)).isEqualTo("0.640");
    assertThat(AgainstLimit.text(0.65, "at least 0.65", 3)).isEqualTo("0.650");
    assertThat(AgainstLimit.text(5, "from 3 to 6", 3)).isEqualTo("5.000");
    assertThat(AgainstLimit.text(5, "null", 3)).isEqualTo("5.000");
  }
}
