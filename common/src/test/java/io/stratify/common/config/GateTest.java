package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {
  @Test
  void whatMustBeAtLeastItsLimitMayBeTheLimit() {
    assertThat(Gate.TIME.threshold(0.65)).isEqualTo("at least 0.65");
    assertThat(Gate.TIME.passes(0.65, 0.65)).isTrue();
    assertThat(Gate.TIME.passes(0.6499, 0.65)).isFalse();
  }

  @Test
  void whatMustBeBelowItsLimitMayNot() {
    assertThat(Gate.FEATURE_DRIFT.threshold(0.25)).isEqualTo("below 0.25");
    assertThat(Gate.FEATURE_DRIFT.passes(0.2499, 0.25)).isTrue();
    assertThat(Gate.FEATURE_DRIFT.passes(0.25, 0.25)).isFalse();
  }
}
