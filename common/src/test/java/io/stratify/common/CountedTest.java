package io.stratify.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void oneIsNotMany() {
    assertThat(Counted.of(1, "customer")).isEqualTo("1 customer");
    assertThat(Counted.of(0, "customer")).isEqualTo("0 customers");
    assertThat(Counted.of(1_234_567, "customer")).isEqualTo("1,234,567 customers");
  }
}
