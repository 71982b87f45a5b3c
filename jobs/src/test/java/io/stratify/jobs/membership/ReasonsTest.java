package io.stratify.jobs.membership;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest extends SparkSuite {
  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void whatIsNoNumberHasNoValue() {
    assertThat(
            sorted(
                table(CustomerFeatures.TABLE, features("a").with(CustomerFeatures.FREQUENCY, 3L))
                    .select(
                        Reasons.values(
                            List.of("frequency", "country", "custom", "importance.price")))))
        .containsExactly("[WrappedArray(3.0, null, null, null)]");
  }
}
