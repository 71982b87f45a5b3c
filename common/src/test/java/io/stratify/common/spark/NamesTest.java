package io.stratify.common.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void aQuoteInANameDoesNotEndIt() {
    assertThat(Names.quoted("a`b.c")).isEqualTo("`a``b.c`");
  }
}
