package io.stratify.common.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import org.junit.jupiter.api.Test;

class SparksTest {
  @Test
  void aHeapThatIsTooSmallForSparkIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> Sparks.requireHeap(437L << 20))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot start Spark: it needs a heap of 450 MB or more, and this JVM has 437 MB. Set"
                + " STRATIFY_HEAP=1g, or --driver-memory 1g of spark-submit");
    assertThatCode(() -> Sparks.requireHeap(450L << 20)).doesNotThrowAnyException();
  }
}
