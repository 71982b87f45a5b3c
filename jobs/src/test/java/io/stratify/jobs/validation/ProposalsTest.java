package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationValidation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Segments mood.a, mood.b and mood.c, ten deviations apart. */
class ProposalsTest {
  private final Subject far = Planted.subject(Planted.FAR);

  @Test
  void whatDiffersInNothingIsProposedForMergingIntoTheLarger() {
    Crowd now = withRevenue(0, 0, 5);
    List<Row> rows =
        new Proposals(far, Planted.gates(), 20).of(new Crowds(now, List.of()), List.of());
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(1)).isEqualTo("mood.b");
    assertThat(rows.get(0).getString(3)).isEqualTo("merge");
    assertThat(rows.get(0).getString(4)).isEqualTo("mood.a");
    assertThat(rows.get(0).getString(6))
        .isEqualTo("of the one outcome, figure or response no difference between them is shown");
  }

  @Test
  void theSmallerGoesIntoTheLargerWhicheverComesFirst() {
    assertThat(merges(withRevenue(sized(1, 2, 1), 0, 0, 5))).containsExactly("mood.a into mood.b");
    assertThat(merges(withRevenue(sized(2, 1, 1), 0, 0, 5))).containsExactly("mood.b into mood.a");
  }

  /** The first goes into the second; that this would go into the third is for the next run. */
  @Test
  void whatAnotherSegmentGoesIntoStays() {
    assertThat(merges(withRevenue(sized(1, 2, 3), 0, 0, 0))).containsExactly("mood.a into mood.b");
  }

  @Test
  void whereAllDifferNothingIsProposed() {
    Crowd now = withRevenue(0, 5, 10);
    assertThat(new Proposals(far, Planted.gates(), 20).of(new Crowds(now, List.of()), List.of()))
        .isEmpty();
  }

  @Test
  void whatDissolvesIsProposedForRetirement() {
    Crowd now = withRevenue(0, 5, 10);
    Figure dissolved =
        Figure.ofSegment(Resampling.JACCARD, SegmentationValidation.ALL, "mood.c", 0.49, null);
    List<Row> rows =
        new Proposals(far, Planted.gates(), 20).of(new Crowds(now, List.of()), List.of(dissolved));
    assertThat(rows.stream().map(r -> r.getString(1) + " " + r.getString(3) + " " + r.getString(6)))
        .containsExactly("mood.c retire it dissolves in resamples: Jaccard 0.490, at most 0.5");
  }

  @Test
  void whatIsTooSmallIsProposedForRetirement() {
    List<double[]> points =
        new java.util.ArrayList<>(
            Planted.around(far, Planted.FAR.subList(0, 2), 100, Planted.AS_OF, 1).points());
    points.add(new double[] {0, 0});
    Crowd now = Planted.of(far, points, Planted.AS_OF);
    List<Row> rows =
        new Proposals(far, Planted.gates(), 20).of(new Crowds(now, List.of()), List.of());
    assertThat(rows.stream().filter(r -> r.getString(3).equals("retire")))
        .extracting(r -> r.getString(1) + ": " + r.getString(6))
        .containsExactly(
            "mood.c: it holds 0.005 of the customers whom the lens divides, less than 0.050");
  }

  /** After November those of mood.a bought and nobody else, after February every second one. */
  @Test
  void onlyTheLatestOutcomesTellSegmentsApart() {
    Crowd now = withRevenue(0, 0, 5);
    double[] ofOne = Arrays.stream(now.labels()).mapToDouble(l -> l == 0 ? 1 : 0).toArray();
    double[] ofAll = IntStream.range(0, now.size()).mapToDouble(i -> i % 2).toArray();
    Crowd november = Planted.with(now, "bought", ofOne);
    Crowd february = Planted.with(now, "bought", ofAll);
    assertThat(merges(new Crowds(now, List.of(november)))).isEmpty();
    assertThat(merges(new Crowds(now, List.of(november, february))))
        .containsExactly("mood.b into mood.a");
  }

  private List<String> merges(Crowd now) {
    return merges(new Crowds(now, List.of()));
  }

  private List<String> merges(Crowds crowds) {
    return new Proposals(far, Planted.gates(), 20)
        .of(crowds, List.of()).stream()
            .map(r -> r.getString(1) + " into " + r.getString(4))
            .toList();
  }

  /** So many times 50 customers in each segment. */
  private Crowd sized(int... times) {
    List<double[]> centres = new ArrayList<>();
    for (int c = 0; c < times.length; c++) {
      centres.addAll(Collections.nCopies(times[c], Planted.FAR.get(c)));
    }
    return Planted.around(far, centres, 50, Planted.AS_OF, 1);
  }

  private Crowd withRevenue(double... means) {
    return withRevenue(sized(2, 2, 2), means);
  }

  /** Revenue is normal around a mean per segment, with a deviation of 1. */
  private static Crowd withRevenue(Crowd now, double... means) {
    Random random = new Random(3);
    double[] revenue = new double[now.size()];
    for (int i = 0; i < revenue.length; i++) {
      revenue[i] = means[now.labels()[i]] + random.nextGaussian();
    }
    now.measures().put(CustomerFeatures.MONETARY_NET.name(), revenue);
    return now;
  }
}
