package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.CustomerFeatures;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class FeatureValuesTest {
  @Test
  void aSumThatMoneyCannotHoldIsRefusedWithItsColumn() {
    boolean[] available = new boolean[FeatureValues.SCHEMA.size()];
    Arrays.fill(available, true);
    FeatureValues values = new FeatureValues(available, UTF8String.fromString("c1"), 0);
    assertThatCode(() -> values.money(CustomerFeatures.MONETARY_NET, 99_999_999_999_999_9999L))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> values.money(CustomerFeatures.MONETARY_NET, 100_000_000_000_000_0000L))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith(
            "Cannot sum the facts of one customer: monetary_net has more than 14 digits before the"
                + " decimal point. Let a rule quarantine amounts")
        .hasMessageContaining("column = amount, max = ");
  }
}
