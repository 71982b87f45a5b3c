package io.stratify.jobs.validation;

import static io.stratify.jobs.validation.HealthWorld.APRIL;
import static io.stratify.jobs.validation.HealthWorld.MAY;
import static io.stratify.jobs.validation.HealthWorld.clusters;
import static io.stratify.jobs.validation.HealthWorld.feature;
import static io.stratify.jobs.validation.HealthWorld.segment;
import static io.stratify.jobs.validation.HealthWorld.segmentation;
import static io.stratify.jobs.validation.HealthWorld.tiers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.HealthConfig;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.Segment;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** With the default limits: drift below 0.25, outliers at most 0.1, confidence at least 0.5. */
class LensHealthTest extends SparkSuite {
  private static final HealthConfig LIMITS = new HealthConfig(0.25, 0.25, 0.1, 0.5);
  private static final Segmentation BEHAVIOUR = segmentation("behaviour", APRIL, clusters());
  private static final Segmentation VALUE = segmentation("value", APRIL, tiers());
  private static final Divided SURE = new Divided(1000, 100, 0.5);

  @Test
  void whatIsOnTheLimitsIsOkAndWhatIsBeyondProposesARefit() {
    Portrait april = portrait(APRIL, BEHAVIOUR, 0, 0.5);
    assertThat(text(BEHAVIOUR, false, april, portrait(MAY, BEHAVIOUR, 0, 0.5), SURE))
        .containsExactly(
            "feature drift 0.00 ok (recency_days 0.00) below 0.25",
            "share drift 0.00 ok (few 50.0 % to 50.0 %, many 50.0 % to 50.0 %) below 0.25",
            "outliers 0.10 ok (100 of 1,000 customers) at most 0.1",
            "confidence 0.50 ok (mean of 1,000 customers) at least 0.5");
    // (0.1 - 0.0001) ln 1000 + 0.1 ln 2 = 0.76, and 0.3 ln (0.8 / 0.5) + 0.3 ln (0.5 / 0.2) = 0.42.
    List<Measured> moved =
        measures(
            BEHAVIOUR,
            false,
            april,
            portrait(MAY, BEHAVIOUR, 10, 0.8),
            new Divided(1000, 101, 0.499999));
    assertThat(moved)
        .extracting(LensHealthTest::text)
        .containsExactly(
            "feature drift 0.76 refit proposed (recency_days 0.76) below 0.25",
            "share drift 0.42 refit proposed (few 50.0 % to 80.0 %, many 50.0 % to 20.0 %)"
                + " below 0.25",
            "outliers 0.10 refit proposed (101 of 1,000 customers) at most 0.1",
            "confidence 0.50 refit proposed (mean of 1,000 customers) at least 0.5");
    assertThat(moved.get(0).value())
        .isCloseTo(0.0999 * Math.log(1000) + 0.1 * Math.log(2), within(1e-8));
    assertThat(moved.get(1).value())
        .isCloseTo(0.3 * (Math.log(0.8 / 0.5) + Math.log(0.5 / 0.2)), within(1e-8));
    assertThat(moved.get(0).reference()).isEqualTo(APRIL);
    assertThat(moved.get(2).reference()).isNull();
  }

  @Test
  void tiersHaveDriftsAndProposeNothing() {
    Portrait now = new Portrait(MAY, stats(feature("monetary_net", 10)), segments(VALUE, 0.8));
    Portrait then = new Portrait(APRIL, stats(feature("monetary_net", 0)), segments(VALUE, 0.5));
    assertThat(text(VALUE, false, then, now, Divided.NOBODY))
        .containsExactly(
            "feature drift 0.76 ok (monetary_net 0.76) none (only clusters are refitted for it)",
            "share drift 0.42 ok (few 50.0 % to 80.0 %, many 50.0 % to 20.0 %) none (only clusters"
                + " are refitted for it)");
  }

  @Test
  void whomPeopleLeftWithoutASegmentIsNoReasonForARefit() {
    Portrait now = portrait(MAY, BEHAVIOUR, 0, 0.5);
    assertThat(
            new LensHealth(BEHAVIOUR, false, true, LIMITS)
                .measures(Optional.empty(), now, new Divided(1000, 500, 0.1)).stream()
                    .skip(2)
                    .map(LensHealthTest::text))
        .containsExactly(
            "outliers not measurable (segments were retired, and their customers are far from all"
                + " that are left) at most 0.1",
            "confidence not measurable (segments were retired, and their customers are far from"
                + " all that are left) at least 0.5");
  }

  @Test
  void whatThisRunFittedNeverProposesARefitOfItself() {
    Segmentation refit = segmentation("behaviour", MAY, clusters());
    assertThat(
            text(
                refit,
                true,
                portrait(APRIL, BEHAVIOUR, 0, 0.5),
                portrait(MAY, refit, 10, 0.8),
                new Divided(1000, 500, 0.1)))
        .containsExactly(
            "feature drift 0.76 ok (fitted by this run; recency_days 0.76) below 0.25",
            "share drift 0.42 ok (fitted by this run; few 50.0 % to 80.0 %, many 50.0 % to 20.0 %)"
                + " below 0.25",
            "outliers 0.50 ok (fitted by this run; 500 of 1,000 customers) at most 0.1",
            "confidence 0.10 ok (fitted by this run; mean of 1,000 customers) at least 0.5");
    assertThat(text(refit, true, null, portrait(MAY, refit, 0, 0.5), SURE).subList(0, 2))
        .containsExactly(
            "feature drift not measurable (fitted by this run, nothing published before) below 0.25",
            "share drift not measurable (fitted by this run, nothing published before) below 0.25");
  }

  @Test
  void withoutTheSnapshotOfTheFitDriftIsNotMeasurable() {
    Portrait now = portrait(MAY, BEHAVIOUR, 0, 0.5);
    assertThat(text(BEHAVIOUR, false, null, now, SURE).subList(0, 2))
        .containsExactly(
            "feature drift not measurable (the snapshot of its fit, 2026-04-01, is not published)"
                + " below 0.25",
            "share drift not measurable (the snapshot of its fit, 2026-04-01, is not published)"
                + " below 0.25");
    Portrait deleted = new Portrait(APRIL, List.of(), List.of());
    assertThat(text(BEHAVIOUR, false, deleted, now, SURE).subList(0, 2))
        .containsExactly(
            "feature drift not measurable (feature_stats has no rows as of 2026-04-01) below 0.25",
            "share drift not measurable (behaviour-20260401 was not published as of 2026-04-01)"
                + " below 0.25");
  }

  @Test
  void sharesOfOtherSegmentsAreNotCompared() {
    Portrait then = portrait(APRIL, BEHAVIOUR, 0, 0.5);
    Portrait now =
        new Portrait(
            MAY,
            then.featureStats(),
            table(Segment.TABLE, segment(BEHAVIOUR, "few", 1)).collectAsList());
    assertThat(text(BEHAVIOUR, false, then, now, SURE).get(1))
        .isEqualTo(
            "share drift not measurable (segments were merged or retired since, or that was"
                + " taken back) below 0.25");
    Segmentation refit = segmentation("behaviour", MAY, clusters());
    assertThat(text(refit, true, then, now, SURE).get(1))
        .isEqualTo(
            "share drift not measurable (fitted by this run, with other segments than before)"
                + " below 0.25");
  }

  @Test
  void driftOfAHandfulOfCustomersIsNotMeasurable() {
    Portrait few =
        new Portrait(
            APRIL,
            table(FeatureStats.TABLE, feature("recency_days", 0).with(FeatureStats.CUSTOMERS, 199))
                .collectAsList(),
            table(
                    Segment.TABLE,
                    segment(BEHAVIOUR, "few", 0.5).with(Segment.CUSTOMERS, 100),
                    segment(BEHAVIOUR, "many", 0.5).with(Segment.CUSTOMERS, 99))
                .collectAsList());
    assertThat(text(BEHAVIOUR, false, few, portrait(MAY, BEHAVIOUR, 10, 0.8), SURE).subList(0, 2))
        .containsExactly(
            "feature drift not measurable (fewer than 200 customers, whom chance alone moves as"
                + " far) below 0.25",
            "share drift not measurable (fewer than 200 customers, whom chance alone moves as"
                + " far) below 0.25");
  }

  @Test
  void outliersAmongAHandfulOfCustomersAreNotMeasurable() {
    Portrait now = portrait(MAY, BEHAVIOUR, 0, 0.5);
    assertThat(text(BEHAVIOUR, false, null, now, new Divided(199, 199, 0.5)).subList(2, 4))
        .containsExactly(
            "outliers not measurable (fewer than 200 customers, of whom chance alone sets as many"
                + " apart) at most 0.1",
            "confidence 0.50 ok (mean of 199 customers) at least 0.5");
    assertThat(text(BEHAVIOUR, false, null, now, new Divided(200, 21, 0.5)).get(2))
        .isEqualTo("outliers 0.11 refit proposed (21 of 200 customers) at most 0.1");
  }

  @Test
  void whatAFitDidNotLearnIsNotMeasurable() {
    CentreModel full = clusters();
    Segmentation old =
        segmentation(
            "behaviour",
            APRIL,
            new CentreModel(full.preparation(), full.centres(), full.segmentIds()));
    Portrait now = portrait(MAY, old, 0, 0.5);
    assertThat(text(old, false, null, now, SURE).subList(2, 4))
        .containsExactly(
            "outliers not measurable (the fit did not learn how far from a centre is usual)"
                + " at most 0.1",
            "confidence not measurable (the fit did not learn how sure assignments are)"
                + " at least 0.5");
    assertThat(text(BEHAVIOUR, false, null, now, Divided.NOBODY).subList(2, 4))
        .containsExactly(
            "outliers not measurable (no customer is in a cluster) at most 0.1",
            "confidence not measurable (no customer is in a cluster) at least 0.5");
  }

  @Test
  void onlyCustomersInClustersAreCounted() {
    assertThat(
            Divided.of(
                table(
                    CustomerSegment.TABLE,
                    HealthWorld.member("needs", "c1", 1.0, true, 0.5),
                    HealthWorld.member("needs", "c2", 2.0, false, 0.75),
                    HealthWorld.member("needs", "c3", null, false, 1),
                    HealthWorld.member("value", "c1", null, false, 1))))
        .isEqualTo(Map.of("needs", new Divided(2, 1, 0.625)));
  }

  @Test
  void aFitIsHeldAgainstItsOwnSnapshotAndAFreshOneAgainstTheOneBefore() {
    Snapshot march = new Snapshot(LocalDate.of(2026, 3, 1), 1);
    Snapshot april = new Snapshot(APRIL, 2);
    Snapshot june = new Snapshot(LocalDate.of(2026, 6, 1), 1);
    Segmentation fresh = segmentation("behaviour", MAY, clusters());
    References references = new References(MAY, Set.of(fresh.id()), List.of(march, april, june));
    assertThat(references.of(BEHAVIOUR)).contains(april);
    assertThat(references.of(segmentation("behaviour", APRIL.minusDays(1), clusters()))).isEmpty();
    assertThat(references.fresh(fresh)).isTrue();
    assertThat(references.of(fresh)).contains(april);
    assertThat(new References(MAY, Set.of(fresh.id()), List.of(june)).of(fresh)).isEmpty();
    Snapshot may = new Snapshot(MAY, 1);
    References again = new References(MAY, Set.of(), List.of(april, may));
    assertThat(again.fresh(fresh)).as("people chose it, and the date is done again").isFalse();
    assertThat(again.of(fresh)).contains(may);
  }

  private static List<Measured> measures(
      Segmentation s, boolean fresh, Portrait then, Portrait now, Divided crowd) {
    return new LensHealth(s, fresh, false, LIMITS).measures(Optional.ofNullable(then), now, crowd);
  }

  private static List<String> text(
      Segmentation s, boolean fresh, Portrait then, Portrait now, Divided crowd) {
    return measures(s, fresh, then, now, crowd).stream().map(LensHealthTest::text).toList();
  }

  private static String text(Measured m) {
    String value = m.isMeasurable() ? String.format(Locale.ROOT, " %.2f", m.value()) : "";
    return m.measure() + value + " " + m.verdict() + " (" + m.reason() + ") " + m.threshold();
  }

  /** Recency moved by some days, and the share of the first of two segments. */
  private Portrait portrait(LocalDate asOf, Segmentation s, int shift, double share) {
    return new Portrait(asOf, stats(feature("recency_days", shift)), segments(s, share));
  }

  private List<Row> stats(FactRow<?> feature) {
    return table(FeatureStats.TABLE, feature).collectAsList();
  }

  private List<Row> segments(Segmentation s, double share) {
    return table(Segment.TABLE, segment(s, "few", share), segment(s, "many", 1 - share))
        .collectAsList();
  }
}
