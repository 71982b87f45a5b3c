package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.config.Gate;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationValidation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In a plane, with groups that are where the test puts them. */
class EvidenceTest {
  private static final LocalDate BEFORE = LocalDate.of(2026, 2, 1);
  private final Subject far = Planted.subject(Planted.FAR);

  @Test
  void whatIsPlantedFarApartPassesEveryGate() {
    Crowd now = Planted.around(far, Planted.FAR, 200, Planted.AS_OF, 1);
    Crowd before = Planted.around(far, Planted.FAR, 200, BEFORE, 2);
    double[] bought =
        Arrays.stream(before.labels()).mapToDouble(label -> label == 0 ? 1 : 0).toArray();
    List<Figure> figures =
        evidence(far, new Crowds(now, List.of(Planted.with(before, "bought", bought))));
    assertThat(figures.stream().filter(Figure::decides).map(Figure::verdict))
        .hasSize(3 + 8 + 1)
        .containsOnly(SegmentationValidation.PASS);
    assertThat(value(figures, Resampling.STRENGTH)).isEqualTo(1);
    assertThat(value(figures, Resampling.MEAN_JACCARD)).isCloseTo(1, within(0.001));
    assertThat(value(figures, "time: mean adjusted Rand index")).isCloseTo(1, within(0.01));
    assertThat(value(figures, "bought: Cramer's V")).isCloseTo(1, within(1e-9));
    assertThat(value(figures, "objective: share of the variance")).isCloseTo(1, within(1e-9));
  }

  @Test
  void aSnapshotFromBeforeThereWasAFeatureProvesNothing() {
    Crowd now = Planted.around(far, Planted.FAR, 200, Planted.AS_OF, 1);
    Crowd before = Planted.around(far, Planted.FAR, 200, BEFORE, 2);
    Crowd older =
        Planted.of(
            far,
            before.points().stream().map(x -> new double[] {x[0], Double.NaN}).toList(),
            BEFORE.minusMonths(3));
    List<Figure> with = evidence(far, new Crowds(now, List.of(older, before)));
    List<Figure> without = evidence(far, new Crowds(now, List.of(before)));
    assertThat(with).containsAll(without).hasSize(without.size() + 1);
    assertThat(with.stream().filter(f -> !without.contains(f)).map(Figure::reason))
        .singleElement()
        .asString()
        .startsWith("nobody has a value of y as of 2025-11-01: write the past snapshots anew");
    List<Figure> alone = evidence(far, new Crowds(now, List.of(older)));
    assertThat(alone.stream().filter(Figure::failed)).isEmpty();
    for (String gate :
        List.of("time: mean adjusted Rand index", Drifts.FEATURES, Persistence.LEAST)) {
      assertThat(figure(alone, gate).verdict()).isEqualTo(SegmentationValidation.NOT_MEASURABLE);
      assertThat(figure(alone, gate).reason()).startsWith("nobody has a value of y");
    }
  }

  @Test
  void oneCloudCutInFourIsNotFoundAgain() {
    List<double[]> cuts =
        List.of(
            new double[] {1, 1}, new double[] {1, -1}, new double[] {-1, 1}, new double[] {-1, -1});
    Subject cut = Planted.subject(cuts);
    Crowd now = Planted.around(cut, List.of(new double[] {0, 0}), 600, Planted.AS_OF, 3);
    List<Figure> figures = new Resampling(cut, Planted.CONFIG, Planted.gates(), 1).of(now);
    assertThat(figures.stream().filter(Figure::failed).map(Figure::evidence))
        .contains(Resampling.STRENGTH);
    assertThat(value(figures, Resampling.STRENGTH)).isLessThan(0.7);
  }

  @Test
  void anotherStructureBeforeIsFlagged() {
    Crowd now = Planted.around(far, Planted.FAR, 200, Planted.AS_OF, 1);
    // All were in one place, which is cut at random, and nearer to one of today's centres.
    Crowd before = Planted.around(far, List.of(new double[] {4.9, 5}), 600, BEFORE, 2);
    List<Figure> figures = evidence(far, new Crowds(now, List.of(before)));
    assertThat(figures.stream().filter(Figure::failed).map(Figure::evidence))
        .contains("time: mean adjusted Rand index", Drifts.FEATURES);
    Figure drift = figure(figures, Drifts.FEATURES);
    assertThat(drift.interval().low()).isLessThanOrEqualTo(drift.value());
  }

  @Test
  void thoseWhoChangePlacesAtRandomDoNotPersist() {
    Crowd now = Planted.around(far, Planted.FAR, 200, Planted.AS_OF, 1);
    List<double[]> shuffled = new ArrayList<>(now.points());
    java.util.Collections.shuffle(shuffled, new java.util.Random(5));
    List<Figure> figures =
        new Persistence(far, Planted.CONFIG, Planted.gates(), new Bootstrap(20, 1))
            .of(new Crowds(now, List.of(Planted.of(far, shuffled, BEFORE))), "no past");
    assertThat(figure(figures, Persistence.LEAST).failed()).isTrue();
    assertThat(value(figures, Persistence.LEAST)).isCloseTo(0, within(0.1));
    List<Figure> same =
        new Persistence(far, Planted.CONFIG, Planted.gates(), new Bootstrap(20, 1))
            .of(new Crowds(now, List.of(Planted.of(far, now.points(), BEFORE))), "no past");
    assertThat(value(same, Persistence.LEAST)).isEqualTo(1);
  }

  /** Of 4 together, 3 are put together too: 3 x 2 of 4 x 3 pairs; of 2 both: all. */
  @Test
  void predictionStrengthIsTheShareOfPairsWhereItIsLeast() {
    int[] own = {0, 0, 0, 0, 1, 1};
    int[] others = {2, 2, 2, 1, 0, 0};
    assertThat(Resampling.strength(own, others, 3)).isEqualTo(0.5);
    assertThat(Resampling.strength(own, own, 3)).isEqualTo(1);
  }

  @Test
  void withoutAPastAndWithTooFewNothingPasses() {
    Crowd few = Planted.around(far, Planted.FAR, 19, Planted.AS_OF, 1);
    List<Figure> figures = evidence(far, new Crowds(few, List.of()));
    assertThat(figures.stream().filter(Figure::decides))
        .hasSize(10)
        .allMatch(f -> f.verdict().equals(SegmentationValidation.NOT_MEASURABLE));
    assertThat(figure(figures, Resampling.STRENGTH).reason())
        .isEqualTo("57 customers are fewer than 20 for each of 3 segments");
    assertThat(figure(figures, Persistence.LEAST).reason())
        .startsWith("no past snapshot has customers");
  }

  @Test
  void anOutcomeThatNeverHappensOrIsNotKnownYetIsNoPass() {
    Crowd now = Planted.around(far, Planted.FAR, 50, Planted.AS_OF, 1);
    Crowd before = Planted.around(far, Planted.FAR, 50, BEFORE, 2);
    Crowd never = Planted.with(before, "bought", new double[before.size()]);
    List<Figure> figures = evidence(far, new Crowds(now, List.of(never)));
    assertThat(figure(figures, "objective: share of the variance").verdict())
        .isEqualTo(SegmentationValidation.NOT_MEASURABLE);
    List<Figure> open = evidence(far, new Crowds(now, List.of(before)));
    assertThat(figure(open, "outcomes").reason()).contains("have not passed");
    assertThat(figure(open, "objective: p-value").reason()).contains("have not passed");
    assertThat(figure(open, "objective: p-value").verdict())
        .isEqualTo(SegmentationValidation.NOT_MEASURABLE);
  }

  @Test
  void whereNobodyWasThereYetItIsNotThatTheDaysHaveNotPassed() {
    Crowd now = Planted.around(far, Planted.FAR, 50, Planted.AS_OF, 1);
    Crowd nobody = Planted.around(far, Planted.FAR, 50, BEFORE, 2).only("as of then", new int[0]);
    List<Figure> figures = evidence(far, new Crowds(now, List.of(nobody)));
    assertThat(figure(figures, "objective: p-value").reason()).isEqualTo("there are no customers");
  }

  @Test
  void aSegmentThatAlmostNobodyOfACohortIsInIsNotSought() {
    Crowd two =
        Planted.around(far, Planted.FAR.subList(0, 2), 200, Planted.AS_OF, 1).only("two", all(400));
    List<Figure> figures =
        new Refits(far, Planted.CONFIG, Planted.gates(), 1)
            .of("acquisition", Gate.ACQUISITION, List.of(two), "none");
    assertThat(value(figures, "acquisition: mean adjusted Rand index")).isCloseTo(1, within(0.01));
    assertThat(figure(figures, "acquisition: adjusted Rand index").reason())
        .isEqualTo("400 customers, 2 clusters for 3 segments");
  }

  /** Days of tenure are 1 to 90, and all of one day are in one cohort. */
  @Test
  void acquisitionCohortsAreOfEqualSizeAndKeepDaysTogether() {
    Crowd now = Planted.around(far, Planted.FAR, 300, Planted.AS_OF, 1);
    List<Crowd> cohorts = Evidence.acquired(now, 3);
    assertThat(cohorts.stream().map(Crowd::size)).containsExactly(300, 300, 300);
    assertThat(cohorts.stream().map(Crowd::name))
        .containsExactly(
            "acquired 2026-01-31 to 2026-03-01",
            "acquired 2026-03-02 to 2026-03-31",
            "acquired 2026-04-01 to 2026-04-30");
    double[] oneDay = new double[900];
    now.measures().put(CustomerFeatures.TENURE_DAYS.name(), oneDay);
    assertThat(Evidence.acquired(now, 3)).isEmpty();
  }

  /** Of 1,000 customers 900 came on one day: the rest is one cohort more, and not four slivers. */
  @Test
  void aDayThatBroughtMostCustomersLeavesNoSlivers() {
    Crowd now = Planted.around(far, Planted.FAR, 300, Planted.AS_OF, 1);
    double[] tenure = new double[900];
    for (int i = 0; i < 90; i++) {
      tenure[i] = 1 + i;
    }
    Arrays.fill(tenure, 90, 900, 500);
    now.measures().put(CustomerFeatures.TENURE_DAYS.name(), tenure);
    assertThat(Evidence.acquired(now, 6).stream().map(Crowd::size)).containsExactly(810, 90);
  }

  @Test
  void oneWhoBringsAllTheRevenueIsNoReasonToFail() {
    Crowd now = Planted.around(far, Planted.FAR, 100, Planted.AS_OF, 1);
    double[] revenue = new double[300];
    revenue[299] = 50;
    now.measures().put(CustomerFeatures.MONETARY_NET.name(), revenue);
    List<Figure> figures = new Revenue(far, new Bootstrap(50, 1)).of(now);
    assertThat(value(figures, "revenue: share of the top segment")).isEqualTo(1);
    assertThat(figures.get(1).segment()).isEqualTo("mood.c");
    assertThat(value(figures, "revenue: Gini")).isCloseTo(299 / 300.0, within(1e-9));
  }

  /** Of the third 100 bring 1 and of the second 50 lose 1: 100 of 50 in all. */
  @Test
  void lossesCountInTheShareOfTheRevenue() {
    Crowd now = Planted.around(far, Planted.FAR, 100, Planted.AS_OF, 1);
    double[] revenue = new double[300];
    Arrays.fill(revenue, 200, 300, 1);
    Arrays.fill(revenue, 100, 150, -1);
    now.measures().put(CustomerFeatures.MONETARY_NET.name(), revenue);
    List<Figure> figures = new Revenue(far, new Bootstrap(50, 1)).of(now);
    assertThat(value(figures, "revenue: share of the top segment")).isCloseTo(2, within(1e-9));
    // In the index they are 0: 100 of 300 have all.
    assertThat(value(figures, "revenue: Gini")).isCloseTo(2 / 3.0, within(1e-9));
    Arrays.fill(revenue, 0, 100, -1);
    assertThat(figure(new Revenue(far, new Bootstrap(50, 1)).of(now), "revenue: Gini").reason())
        .isEqualTo("all customers together brought nothing, or a loss");
  }

  /** All had 1, the least value there is; now all have less. */
  @Test
  void whoeverFallsBelowTheLeastValueIsSeen() {
    double[] cuts = Drifts.cuts(new double[] {1, 1, 1, 1});
    assertThat(Drifts.bins(new double[] {1, 0.2, 2, Double.NaN}, cuts)).containsExactly(1, 0, 2, 3);
  }

  @Test
  void aSegmentThatNobodyOfTheSampleIsInIsNotMeasurable() {
    Crowd two = Planted.around(far, Planted.FAR.subList(0, 2), 200, Planted.AS_OF, 1);
    List<Figure> figures = new Resampling(far, Planted.CONFIG, Planted.gates(), 1).of(two);
    Figure nobody =
        figures.stream().filter(f -> f.segment().equals("mood.c")).findFirst().orElseThrow();
    assertThat(nobody.verdict()).isEqualTo(SegmentationValidation.NOT_MEASURABLE);
    assertThat(nobody.reason()).isEqualTo("nobody of the sample is in it");
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    Crowd now = Planted.around(far, Planted.FAR, 100, Planted.AS_OF, 1);
    assertThat(evidence(far, new Crowds(now, List.of())))
        .isEqualTo(evidence(far, new Crowds(now, List.of())));
  }

  private static int[] all(int n) {
    return IntStream.range(0, n).toArray();
  }

  private static List<Figure> evidence(Subject subject, Crowds crowds) {
    return new Evidence(subject, Planted.CONFIG, Planted.gates(), Optional.of("bought"), 1)
        .of(crowds);
  }

  private static Figure figure(List<Figure> figures, String evidence) {
    return figures.stream().filter(f -> f.evidence().equals(evidence)).findFirst().orElseThrow();
  }

  private static double value(List<Figure> figures, String evidence) {
    return figure(figures, evidence).value();
  }
}
