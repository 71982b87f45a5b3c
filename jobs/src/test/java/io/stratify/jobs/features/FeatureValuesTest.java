package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.CustomerFeatures;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureValuesTest {
  @Test
  void aSumThatMoneyCannotHoldIsRefusedWithItsColumn() {
    boolean[] available = new boolean[FeatureValues.SCHEMA.size()];
    Arrays.fill(available, true);
    FeatureValues values = new FeatureValues(available, "c1", 0);
    assertThatCode(
            () -> values.set(CustomerFeatures.MONETARY_NET, new BigDecimal("99999999999999.9999")))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> values.set(CustomerFeatures.MONETARY_NET, new BigDecimal("100000000000000")))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot sum the facts of one customer: monetary_net has more than 14 digits before the"
                + " decimal point. Let a rule quarantine such values (inputs.*.rules, range)");
  }
}
