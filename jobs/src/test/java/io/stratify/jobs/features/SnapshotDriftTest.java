package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.Facts;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.FeatureStats;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotDriftTest extends SparkSuite {
  private List<Row> before;
  private List<Row> now;

  @BeforeEach
  void twoSnapshots() {
    before = rows(number("recency_days", 0), country(Map.of("FR", 0.5, "DE", 0.5)));
    now = rows(number("recency_days", 10), country(Map.of("FR", 0.6, "DE", 0.4)));
  }

  @Test
  void featuresAreComparedByWhatTheTableKeepsOfThem() {
    SnapshotDrift drift =
        SnapshotDrift.between(before, now, List.of("country", "recency_days", "frequency"));
    assertThat(drift.unknown()).isEmpty();
    // Nobody is left in the first decile, and the last one holds a fifth.
    double recency = term(0.1, 1e-4) + term(0.1, 0.2);
    assertThat(drift.index().get("recency_days")).isCloseTo(recency, within(1e-8));
    assertThat(drift.index().get("frequency")).isZero();
    assertThat(drift.index().get("country"))
        .isCloseTo(term(0.5, 0.6) + term(0.5, 0.4), within(1e-8));
    assertThat(drift.largest()).isEqualTo(drift.index().get("recency_days"));
    assertThat(drift.text()).isEqualTo("recency_days 0.76, country 0.04, frequency 0.00");
  }

  @Test
  void aScoreStandsForTheFeatureThatItRanks() {
    SnapshotDrift drift = SnapshotDrift.between(before, now, List.of("r_score", "f_score"));
    assertThat(drift.index()).containsOnlyKeys("recency_days", "frequency");
  }

  @Test
  void whatHasNoStatisticsAtBothDatesIsNamed() {
    SnapshotDrift some =
        SnapshotDrift.between(before, now, List.of("frequency", "importance.price"));
    assertThat(some.text())
        .isEqualTo("frequency 0.00; without statistics at both dates: importance.price");
    SnapshotDrift none = SnapshotDrift.between(List.of(), now, List.of("frequency"));
    assertThat(none.index()).isEmpty();
    assertThat(none.text()).isEqualTo("without statistics at both dates: frequency");
  }

  @Test
  void sharesAreComparedAsTheyAre() {
    Map<String, Double> same = Map.of("a", 0.3, "b", 0.7);
    assertThat(SnapshotDrift.ofShares(same, same)).isZero();
    assertThat(SnapshotDrift.ofShares(Map.of("a", 0.5, "b", 0.5), Map.of("a", 0.8, "b", 0.2)))
        .isCloseTo(term(0.5, 0.8) + term(0.5, 0.2), within(1e-8));
  }

  private static double term(double before, double now) {
    return (now - before) * Math.log(now / before);
  }

  private List<Row> rows(FactRow<?> recency, FactRow<?> country) {
    return table(FeatureStats.TABLE, recency, number("frequency", 0), country).collectAsList();
  }

  private static FactRow<?> number(String feature, int shift) {
    return Facts.row(FeatureStats.TABLE)
        .with(FeatureStats.FEATURE, feature)
        .with(FeatureStats.KIND, FeatureStats.NUMBER)
        .with(FeatureStats.NULL_SHARE, 0)
        .with(
            FeatureStats.QUANTILES,
            IntStream.rangeClosed(0, 100).mapToObj(i -> (double) (i + shift)).toList());
  }

  private static FactRow<?> country(Map<String, Double> shares) {
    return Facts.row(FeatureStats.TABLE)
        .with(FeatureStats.FEATURE, "country")
        .with(FeatureStats.KIND, FeatureStats.CATEGORY)
        .with(FeatureStats.NULL_SHARE, 0)
        .with(FeatureStats.SHARES, shares);
  }
}
