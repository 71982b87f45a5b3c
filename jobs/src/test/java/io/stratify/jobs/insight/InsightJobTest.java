package io.stratify.jobs.insight;

import static io.stratify.common.spark.Facts.features;
import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.SegmentKpi;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsightJobTest extends SparkSuite {
  @TempDir Path folder;

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** Three customers are in value.top with 0, 1 and 5 orders, one is in value.low with 10. */
  @Test
  void theTablesHoldWhatTheirColumnsSay() {
    JobContext context =
        Defaults.context(spark(), folder, Defaults.config(Map.of()), new ArrayList<>());
    write(
        context,
        CustomerFeatures.TABLE,
        features("c1").with(CustomerFeatures.FREQUENCY, 0).with(CustomerFeatures.MONETARY_NET, 0),
        buyer("c2", 1, 10, 10),
        buyer("c3", 5, 50, 10),
        buyer("c4", 10, 140, 14));
    write(
        context,
        CustomerSegment.TABLE,
        member("c1", "value.top"),
        member("c2", "value.top"),
        member("c3", "value.top"),
        member("c4", "value.low"));
    new InsightJob().run(context);
    // All have 4 orders on average, with a variance of (0 + 1 + 25 + 100) / 4 - 16 = 15.5.
    assertThat(
            sorted(
                read(context, SegmentProfile.TABLE)
                    .where("feature = 'frequency'")
                    .select(
                        "segment_id",
                        "customers",
                        "mean",
                        "p10",
                        "median",
                        "p90",
                        "standardised_difference")))
        .containsExactly(
            "[value.low,1,10.0,10.0,10.0,10.0,1.524002]",
            "[value.top,3,2.0,0.2,1.0,4.2,-0.508001]");
    // 6 orders of 60 in all; of two buyers one came again.
    assertThat(
            sorted(
                read(context, SegmentKpi.TABLE)
                    .select(
                        "segment_id",
                        "customers",
                        "revenue",
                        "revenue_share",
                        "average_order",
                        "repeat_rate")))
        .containsExactly(
            "[value.low,1,140.0000,0.7,14.0,1.0]", "[value.top,3,60.0000,0.3,10.0,0.5]");
  }

  /** Two customers without an order: what would be divided by nothing is empty. */
  @Test
  void whereNobodyBoughtOrAllAreAlikeThereIsNoFigure() {
    JobContext context =
        Defaults.context(
            spark(),
            folder,
            Defaults.config(
                Map.of(
                    "segments.behaviour.enabled", "false",
                    "segments.behaviour.features", "[event_trend, frequency]")),
            new ArrayList<>());
    write(
        context,
        CustomerFeatures.TABLE,
        buyer("c1", 0, 0, 0).with(CustomerFeatures.RECENCY_DAYS, 7),
        buyer("c2", 0, 0, 0));
    write(context, CustomerSegment.TABLE, member("c1", "value.none"), member("c2", "value.none"));
    new InsightJob().run(context);
    assertThat(
            sorted(
                read(context, SegmentKpi.TABLE)
                    .select("customers", "revenue_share", "average_order", "repeat_rate")))
        .containsExactly("[2,null,null,null]");
    Dataset<Row> profile = read(context, SegmentProfile.TABLE);
    assertThat(
            sorted(
                profile
                    .where("feature IN ('frequency', 'recency_days')")
                    .select("feature", "customers", "mean", "standardised_difference")))
        .containsExactly("[frequency,2,0.0,null]", "[recency_days,1,7.0,null]");
    assertThat(profile.where("feature = 'event_trend'").isEmpty())
        .as("only lens behaviour, which is disabled, has this one")
        .isTrue();
  }

  private void write(JobContext context, TableSpec table, FactRow<?>... rows) {
    context.lake().replace(table, context.snapshot(), table(table, rows), "test");
  }

  private static Dataset<Row> read(JobContext context, TableSpec table) {
    return context.lake().read(table, context.snapshot(), "test");
  }

  private static FactRow<?> buyer(String customer, int orders, int net, int averageOrder) {
    return features(customer)
        .with(CustomerFeatures.FREQUENCY, orders)
        .with(CustomerFeatures.MONETARY_NET, net)
        .with(CustomerFeatures.AVG_ORDER, averageOrder);
  }

  private static FactRow<?> member(String customer, String segment) {
    return row(CustomerSegment.TABLE)
        .with(CustomerSegment.LENS, "value")
        .with(CustomerSegment.CUSTOMER_ID, customer)
        .with(CustomerSegment.SEGMENT_ID, segment)
        .with(CustomerSegment.CONFIDENCE, 1)
        .with(CustomerSegment.OUTLIER, false)
        .with(CustomerSegment.SINCE, "2026-01-01");
  }

  @Test
  void aShareIsOneOfRevenueAndNotOfALoss() {
    assertThat(share("25", "100")).isEqualTo(0.25);
    assertThat(share("-25", "100")).isEqualTo(-0.25);
    assertThat(share("25", "-100")).isNull();
    assertThat(share("25", "0.00")).isNull();
    assertThat(InsightJob.share(null, BigDecimal.TEN)).isNull();
    assertThat(InsightJob.share(BigDecimal.TEN, null)).isNull();
  }

  @Test
  void theSegmentsAreThoseThatHaveCustomers() {
    assertThat(new InsightJob.InsightResult(39, 819).sentence())
        .isEqualTo("819 figures on 39 segments with customers");
  }

  private static Double share(String revenue, String all) {
    return InsightJob.share(new BigDecimal(revenue), new BigDecimal(all));
  }
}
