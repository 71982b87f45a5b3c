package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfirmationTest extends SparkSuite {
  @Test
  void costShareAndSpreadAreThoseOfAllCustomers() {
    List<FactRow<?>> rows = new ArrayList<>();
    for (int c = 1; c <= 60; c++) {
      rows.add(features("c" + c).with(CustomerFeatures.FREQUENCY, c));
    }
    CentreModel model =
        new CentreModel(
            new Preparation(List.of(new Preparation.Scale("frequency", 0, 1000, 0, false, 0, 1))),
            List.of(new double[] {10}, new double[] {50}),
            List.of("a", "b"));
    Confirmation confirmed = Confirmation.of(table(CustomerFeatures.TABLE, rows), model, 60);
    // 1..29 around 10 and 30..60 around 50 (30 is as near to both, and goes to the first).
    double squares =
        IntStream.rangeClosed(1, 60).mapToDouble(x -> Math.pow(x - (x <= 30 ? 10 : 50), 2)).sum();
    assertThat(confirmed.cost()).isCloseTo(squares, within(1e-6));
    assertThat(confirmed.smallestShare()).isEqualTo(0.5);
    Spread spread = confirmed.spread();
    double mean = IntStream.rangeClosed(1, 30).mapToDouble(x -> Math.abs(x - 10)).sum() / 30;
    double second = IntStream.rangeClosed(1, 30).mapToDouble(x -> Math.pow(x - 10, 2)).sum() / 30;
    assertThat(spread.usual().get(0))
        .isCloseTo(mean + 3 * Math.sqrt(second - mean * mean), within(1e-6));
  }
}
