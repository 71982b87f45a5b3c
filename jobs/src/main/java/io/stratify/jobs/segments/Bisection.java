package io.stratify.jobs.segments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.EnumeratedIntegerDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Bisecting k-means (Steinbach, Karypis, Kumar 2000, "A comparison of document clustering
 * techniques"), in memory. Clusters are cut level by level, the larger ones first where not all are
 * needed, as MLlib does. A cut starts from two points that k-means++ draws (Arthur and
 * Vassilvitskii 2007): MLlib starts from two places beside the mean, as far from it as the mean is
 * from zero, times 1e-4, so that it cuts nothing whose mean is zero, and may spend a cut on points
 * that are all alike.
 */
final class Bisection {
  private final RandomGenerator chance;

  private Bisection(long seed) {
    chance = new Well19937c(seed);
  }

  /**
   * The means of the leaves. A point belongs to the nearest, not to the leaf that its path through
   * the cuts ends at: so the margin is a sum over features.
   *
   * @return fewer than wanted where there are fewer different points
   */
  static Centres of(Points points, int k, long seed) {
    return Centres.of(new Bisection(seed).leaves(points, k).stream().map(Points::means).toList());
  }

  private List<Points> leaves(Points points, int k) {
    List<Points> leaves = new ArrayList<>();
    List<Points> level = List.of(points);
    while (!level.isEmpty() && leaves.size() + level.size() < k) {
      List<Points> next = new ArrayList<>();
      int room = k - leaves.size() - level.size();
      for (Points cluster : bySize(level)) {
        List<Points> halves = room > 0 ? halves(cluster) : List.of();
        if (halves.isEmpty()) {
          leaves.add(cluster);
        } else {
          next.addAll(halves);
          room--;
        }
      }
      level = next;
    }
    leaves.addAll(level);
    return leaves;
  }

  private static List<Points> bySize(List<Points> level) {
    return level.stream().sorted(Comparator.comparingDouble(Points::total).reversed()).toList();
  }

  /** Empty where all points are alike. */
  private List<Points> halves(Points points) {
    double[] first = points.prepared().get(drawn(points.weights()));
    double[] missed =
        IntStream.range(0, points.size())
            .mapToDouble(
                i ->
                    points.weights()[i]
                        * CentreModel.squaredDistance(points.prepared().get(i), first))
            .toArray();
    if (Arrays.stream(missed).allMatch(m -> m == 0)) {
      return List.of();
    }
    double[] second = points.prepared().get(drawn(missed));
    int[] labels = new Relocation(points).atRest(List.of(first, second)).labels(points.prepared());
    return List.of(points.of(i -> labels[i] == 0), points.of(i -> labels[i] == 1));
  }

  private int drawn(double[] weights) {
    int[] index = IntStream.range(0, weights.length).toArray();
    return new EnumeratedIntegerDistribution(chance, index, weights).sample();
  }
}
