package io.stratify.jobs.insight;

import static io.stratify.common.spark.Facts.features;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.VoiceFeatures;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SegmentFiguresTest extends SparkSuite {
  private static final List<String> PROFILED =
      CustomerFeatures.PROFILED.stream().map(Feature::name).toList();

  @Test
  void aSegmentIsWorthTheSumOfItsCustomers() {
    Row top = segment("value.top", lit(true));
    assertThat(top.<Long>getAs("customers")).isEqualTo(3);
    // 90 + 20 - 10; 100 + 20 + 0; 4 + 1 + 0 orders.
    assertThat(top.<BigDecimal>getAs("revenue")).isEqualByComparingTo("100");
    // 4 orders of 25 and one of 20.
    assertThat(top.<Double>getAs("order_value")).isEqualTo(120);
    assertThat(top.<Long>getAs("orders")).isEqualTo(5);
    assertThat(top.<Long>getAs("buyers")).isEqualTo(2);
    assertThat(top.<Long>getAs("repeaters")).isEqualTo(1);
  }

  @Test
  void featuresHaveMeansAndQuantilesOverTheCustomersWithAValue() {
    Row top = segment("value.top", lit(true));
    // Recency 10 and 20; the third customer has none.
    assertThat(top.<Long>getAs("n_recency_days")).isEqualTo(2);
    assertThat(top.<Double>getAs("mean_recency_days")).isEqualTo(15);
    assertQuantiles(top, "q_recency_days", 11, 15, 19);
    // Frequency 0, 1 and 4: between the ranks it is interpolated.
    assertThat(top.<Double>getAs("mean_frequency")).isCloseTo(5 / 3.0, within(1e-12));
    assertQuantiles(top, "q_frequency", 0.2, 1, 3.4);
  }

  @Test
  void aFeatureThatNobodyHasHasNoFigures() {
    Row top = segment("value.top", lit(true));
    assertThat(top.<Long>getAs("n_events_per_day")).isZero();
    assertThat(top.<Double>getAs("mean_events_per_day")).isNull();
    assertThat(top.isNullAt(top.fieldIndex("q_events_per_day"))).isTrue();
  }

  @Test
  void onlyQuantilesAreTakenFromTheSample() {
    Row top = segment("value.top", CustomerFeatures.CUSTOMER_ID.col().equalTo("c1"));
    assertThat(top.<Double>getAs("mean_recency_days")).isEqualTo(15);
    assertQuantiles(top, "q_recency_days", 10, 10, 10);
    assertThat(top.<Long>getAs("n_recency_days")).isEqualTo(2);
  }

  @Test
  void keysOfMapsHaveFiguresToo() {
    String key = "importance.low price";
    Dataset<Row> answers =
        table(
            CustomerFeatures.TABLE,
            features("c1").with(VoiceFeatures.IMPORTANCE, Map.of("low price", 4.0)),
            features("c2").with(VoiceFeatures.IMPORTANCE, Map.of("low price", 2.0)),
            features("c3").with(VoiceFeatures.IMPORTANCE, Map.of("speed", 1.0)));
    Row top =
        SegmentFigures.perSegment(memberships(), answers, List.of(key), lit(true))
            .where(CustomerSegment.SEGMENT_ID.col().equalTo("value.top"))
            .first();
    assertThat(top.<Long>getAs("n_" + key)).isEqualTo(2);
    assertThat(top.<Double>getAs("mean_" + key)).isEqualTo(3);
    assertQuantiles(top, "q_" + key, 2.2, 3, 3.8);
    assertThat(SegmentFigures.overall(answers, List.of(key)).first().<Double>getAs("mean_" + key))
        .isEqualTo(3);
  }

  @Test
  void everyLensHasFiguresOfItsOwn() {
    assertThat(
            sorted(
                SegmentFigures.perSegment(memberships(), customers(), PROFILED, lit(true))
                    .select("lens", "segment_id", "customers", "orders")))
        .containsExactly("[rfm,rfm.a,1,4]", "[value,value.low,1,2]", "[value,value.top,3,5]");
  }

  @Test
  void theWholeIsOneRowOfAllCustomers() {
    Row all = SegmentFigures.overall(customers(), PROFILED).first();
    assertThat(all.<Long>getAs("customers")).isEqualTo(4);
    assertThat(all.<BigDecimal>getAs("revenue")).isEqualByComparingTo("105");
    assertThat(all.<Long>getAs("buyers")).isEqualTo(3);
    assertThat(all.<Long>getAs("repeaters")).isEqualTo(2);
    // Frequency 4, 1, 0, 2: mean 7/4, mean square 21/4, variance 21/4 - 49/16 = 35/16.
    assertThat(all.<Double>getAs("mean_frequency")).isEqualTo(1.75);
    assertThat(all.<Double>getAs("deviation_frequency"))
        .isCloseTo(Math.sqrt(35 / 16.0), within(1e-12));
  }

  private Row segment(String id, Column sampled) {
    return SegmentFigures.perSegment(memberships(), customers(), PROFILED, sampled)
        .where(CustomerSegment.SEGMENT_ID.col().equalTo(id))
        .first();
  }

  private Dataset<Row> customers() {
    return table(
        CustomerFeatures.TABLE,
        features("c1")
            .with(CustomerFeatures.RECENCY_DAYS, 10)
            .with(CustomerFeatures.FREQUENCY, 4)
            .with(CustomerFeatures.MONETARY_NET, 90)
            .with(CustomerFeatures.MONETARY_GROSS, 100)
            .with(CustomerFeatures.AVG_ORDER, 25),
        features("c2")
            .with(CustomerFeatures.RECENCY_DAYS, 20)
            .with(CustomerFeatures.FREQUENCY, 1)
            .with(CustomerFeatures.MONETARY_NET, 20)
            .with(CustomerFeatures.MONETARY_GROSS, 20)
            .with(CustomerFeatures.AVG_ORDER, 20),
        features("c3")
            .with(CustomerFeatures.FREQUENCY, 0)
            .with(CustomerFeatures.MONETARY_NET, -10)
            .with(CustomerFeatures.MONETARY_GROSS, 0),
        features("c4")
            .with(CustomerFeatures.RECENCY_DAYS, 5)
            .with(CustomerFeatures.FREQUENCY, 2)
            .with(CustomerFeatures.MONETARY_NET, 5)
            .with(CustomerFeatures.MONETARY_GROSS, 5));
  }

  private Dataset<Row> memberships() {
    return spark()
        .createDataFrame(
            List.of(
                member("value", "c1", "value.top"),
                member("value", "c2", "value.top"),
                member("value", "c3", "value.top"),
                member("value", "c4", "value.low"),
                member("rfm", "c1", "rfm.a")),
            CustomerSegment.TABLE.bodySchema());
  }

  private static Row member(String lens, String customer, String segment) {
    return RowFactory.create(lens, customer, segment, null, 1.0);
  }

  private static void assertQuantiles(Row row, String column, double... expected) {
    List<Double> quantiles = row.getList(row.fieldIndex(column));
    for (int i = 0; i < expected.length; i++) {
      assertThat(quantiles.get(i)).isCloseTo(expected[i], within(1e-9));
    }
  }
}
