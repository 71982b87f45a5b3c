package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelocationTest {
  /** Pairs of points 2 apart around 0, 100 and 200: one cluster each costs 2 * 3 = 6. */
  private static final Points PAIRS = points(1, -1, 1, 99, 101, 199, 201);

  @Test
  void aMinimumWhereOnePairHasTwoCentresIsLeft() {
    Centres poor = centres(-1, 1, 150);
    assertThat(PAIRS.cost(poor.labels(PAIRS.prepared()), poor.centres()))
        .as("99, 101, 199 and 201 are 51, 49, 49 and 51 from 150: Lloyd's iterations stay here")
        .isEqualTo(2 * (51 * 51 + 49 * 49));
    Centres better = new Relocation(PAIRS).improved(poor);
    assertThat(better.centres().stream().mapToDouble(c -> c[0]).sorted())
        .containsExactly(0.0, 100.0, 200.0);
  }

  @Test
  void theBestCentresStay() {
    Centres best = centres(0, 100, 200);
    assertThat(new Relocation(PAIRS).improved(best)).isSameAs(best);
  }

  @Test
  void weightsCount() {
    // Ten customers at 199 pull the centre of the last pair to (10 * 199 + 201) / 11.
    Points heavy = new Points(List.of(), PAIRS.prepared(), new double[] {1, 1, 1, 1, 10, 1}, false);
    double[] found =
        new Relocation(heavy)
            .improved(centres(-1, 1, 150)).centres().stream()
                .mapToDouble(c -> c[0])
                .sorted()
                .toArray();
    assertThat(found[2]).isCloseTo(2191 / 11.0, within(1e-6));
  }

  @Test
  void theCostNeverGrows() {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      List<double[]> cloud = new ArrayList<>();
      for (int p = 0; p < 200; p++) {
        cloud.add(random.doubles(3, -5, 5).toArray());
      }
      double[] weights = random.doubles(200, 0.1, 9).toArray();
      Points points = new Points(List.of(), cloud, weights, false);
      Centres start = new Centres(cloud.subList(0, 2 + random.nextInt(8)));
      Centres better = new Relocation(points).improved(start);
      assertThat(better.k()).isEqualTo(start.k());
      assertThat(points.cost(better.labels(cloud), better.centres()))
          .isLessThanOrEqualTo(points.cost(start.labels(cloud), start.centres()));
    }
  }

  private static Points points(double weight, double... values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, weight);
    return new Points(List.of(), column(values), weights, true);
  }

  private static Centres centres(double... values) {
    return new Centres(column(values));
  }

  private static List<double[]> column(double... values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toList();
  }
}
