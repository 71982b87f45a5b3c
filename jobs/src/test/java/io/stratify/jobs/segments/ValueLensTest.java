package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Tier;
import io.stratify.common.config.ValueConfig;
import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Tiers of the first 50 %, the next 30 % and the last 20 % of net revenue. */
class ValueLensTest extends SparkSuite {
  @Test
  void aTierHoldsTheCustomersWhoBringItsShareOfTheRevenue() {
    // Of 100 in all, 0, 50, 80 and 95 are brought by those above.
    assertThat(tiers("50", "30", "15", "5")).isEqualTo("50=high 30=medium 15=low 5=low");
  }

  @Test
  void aCustomerBelongsToTheTierInWhichTheirRevenueBegins() {
    // The second begins at 40 of 100, below 50; the third at 79, below 80; the fourth at 90.
    assertThat(tiers("40", "39", "11", "10")).isEqualTo("40=high 39=high 11=medium 10=low");
  }

  @Test
  void equalCustomersAreInOneTier() {
    // Both of 40 begin where the first does; 20 begins at 80 of 100. Nobody is left for medium.
    assertThat(tiers("40", "40", "20")).isEqualTo("40=high 40=high 20=low");
    assertThat(tiers("1", "1", "1", "1", "1")).isEqualTo("1=high 1=high 1=high 1=high 1=high");
  }

  @Test
  void nothingAndLessThanNothingIsNoValueAndNotPartOfTheRevenue() {
    assertThat(tiers("50", "30", "20", "0", "-1000", null))
        .isEqualTo("50=high 30=medium 20=low 0=none -1000=none null=none");
  }

  @Test
  void withoutAnyRevenueEverybodyIsWithoutValue() {
    assertThat(tiers("0", "-3", null)).isEqualTo("0=none -3=none null=none");
  }

  @Test
  void sharesThatDoNotFitBinaryFractionsAreExact() {
    // To a computer 0.1 + 0.2 is a little more than 0.3. Those of 20 begin at exactly 30 of 100.
    ValueConfig tiers =
        new ValueConfig(
            true,
            ValueConfig.By.SHARE,
            List.of(new Tier("a", "A", 0.1), new Tier("b", "B", 0.2), new Tier("c", "C", 0.7)));
    List<FeatureRow> rows = rows("30", "20", "20", "18", "12");
    assertThat(assigned(fit(rows, tiers), rows)).isEqualTo("30=a 20=c 20=c 18=c 12=c");
  }

  @Test
  void tiersCanBeSharesOfTheCustomers() {
    ValueConfig tenths =
        new ValueConfig(
            true,
            ValueConfig.By.QUANTILE,
            List.of(new Tier("top", "Top", 0.2), new Tier("rest", "Rest", 0.8)));
    // Of five with net revenue a fifth is one; the two of 30 begin at a fifth.
    List<FeatureRow> rows = rows("1000", "30", "30", "2", "1", "0");
    assertThat(assigned(fit(rows, tenths), rows))
        .isEqualTo("1000=top 30=rest 30=rest 2=rest 1=rest 0=none");
  }

  @Test
  void boundsAreInTheDefinitions() {
    Segmentation fitted = fit(rows("40", "40", "20"));
    assertThat(fitted.segments())
        .containsExactly(
            new SegmentInfo("value.high", "High value", "monetary_net >= 40.00"),
            new SegmentInfo("value.medium", "Medium value", "nobody when it was fitted"),
            new SegmentInfo("value.low", "Low value", "monetary_net > 0 AND monetary_net < 40.00"),
            new SegmentInfo("value.none", "No net revenue", "monetary_net <= 0"));
  }

  @Test
  void definitionsHoldForTheirOwnCustomersAndNoOthers() {
    List<FeatureRow> rows = rows("1616.9686", "1616.965", "400.5", "0.0001", "0");
    Segmentation fitted = fit(rows, new ValueConfig(true, ValueConfig.By.QUANTILE, QUARTERS));
    Dataset<Row> assigned =
        table(CustomerFeatures.TABLE, rows)
            .select(
                CustomerFeatures.MONETARY_NET.col(),
                fitted.model().assignment().getField("segment_id").as("segment_id"));
    for (SegmentInfo segment : fitted.segments()) {
      assertThat(assigned.where(segment.definition()).select("segment_id").collectAsList())
          .as(segment.definition())
          .extracting(r -> r.getString(0))
          .containsExactly(segment.id());
    }
  }

  @Test
  void laterCustomersFindTheirTierByTheBoundsOfTheFit() {
    Segmentation fitted = fit(rows("50", "30", "20"));
    assertThat(assigned(fitted, rows("1000", "49.9999", "30", "29.99", "0.01")))
        .isEqualTo("1000=high 49.9999=medium 30=medium 29.99=low 0.01=low");
  }

  /** Of the four who bring something one each. */
  private static final List<Tier> QUARTERS =
      List.of(
          new Tier("a", "A", 0.25),
          new Tier("b", "B", 0.25),
          new Tier("c", "C", 0.25),
          new Tier("d", "D", 0.25));

  private String tiers(String... nets) {
    return assigned(fit(rows(nets)), rows(nets));
  }

  private static List<FeatureRow> rows(String... nets) {
    List<FeatureRow> rows = new ArrayList<>();
    for (String net : nets) {
      rows.add(features(String.valueOf(net)).with(CustomerFeatures.MONETARY_NET, net));
    }
    return rows;
  }

  private Segmentation fit(List<FeatureRow> rows) {
    return fit(rows, Defaults.config(Map.of()).segments().value());
  }

  private Segmentation fit(List<FeatureRow> rows, ValueConfig tiers) {
    Dataset<Row> features = table(CustomerFeatures.TABLE, rows);
    return new ValueLens(tiers)
        .fit(new Lens.Input(features, rows.size(), Defaults.AS_OF, "hash", n -> {}))
        .segmentation();
  }

  /** The tier of each customer, "net=tier", in the order of the rows. */
  private String assigned(Segmentation value, List<FeatureRow> rows) {
    List<Row> assigned =
        table(CustomerFeatures.TABLE, rows)
            .select(
                CustomerFeatures.CUSTOMER_ID.col(),
                value.model().assignment().getField("segment_id"))
            .collectAsList();
    return String.join(
        " ",
        assigned.stream()
            .map(r -> r.getString(0) + "=" + r.getString(1).substring("value.".length()))
            .toList());
  }
}
