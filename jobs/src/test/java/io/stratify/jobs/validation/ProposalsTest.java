package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationValidation;
import java.util.List;
import java.util.Random;
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
        .isEqualTo("the one outcome, figure or response does not differ between them");
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
        .containsExactly("mood.c retire it dissolves in resamples: Jaccard 0.490, less than 0.5");
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

  /** Revenue is normal around a mean per segment, with a deviation of 1. */
  private Crowd withRevenue(double... means) {
    Crowd now = Planted.around(far, Planted.FAR, 100, Planted.AS_OF, 1);
    Random random = new Random(3);
    double[] revenue = new double[now.size()];
    for (int i = 0; i < revenue.length; i++) {
      revenue[i] = means[now.labels()[i]] + random.nextGaussian();
    }
    now.measures().put(CustomerFeatures.MONETARY_NET.name(), revenue);
    return now;
  }
}
