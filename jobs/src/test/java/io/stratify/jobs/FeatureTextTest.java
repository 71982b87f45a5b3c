package io.stratify.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureTextTest {
  @Test
  void numbersAreAsShortAsTheyCanBeRead() {
    assertThat(FeatureText.number(1204.4)).isEqualTo("1,204");
    assertThat(FeatureText.number(12)).isEqualTo("12");
    assertThat(FeatureText.number(12.346)).isEqualTo("12.35");
    assertThat(FeatureText.number(0.5)).isEqualTo("0.50");
    assertThat(FeatureText.number(0.004)).isEqualTo("0.0040");
    assertThat(FeatureText.number(-0.00001)).isEqualTo("0.0000");
    assertThat(FeatureText.number(Double.NaN)).isEqualTo("unknown");
  }

  @Test
  void valuesThatDifferAreToldFromOneAnother() {
    assertThat(FeatureText.change(3, 5)).isEqualTo("from 3 to 5");
    assertThat(FeatureText.change(1204.1, 1204.4)).isEqualTo("from 1,204.1 to 1,204.4");
    assertThat(FeatureText.change(0.123, 0.119)).isEqualTo("from 0.123 to 0.119");
    assertThat(FeatureText.change(Double.NaN, 2)).isEqualTo("from unknown to 2");
    assertThat(FeatureText.change(Double.NaN, Double.NaN)).isEqualTo("from unknown to unknown");
  }
}
