package io.stratify.jobs.segments;

import io.stratify.jobs.Digits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Clusters of the points that are nearest to a centre (Euclidean). */
record Centres(List<double[]> centres) implements Clusters {
  /** Keeps nine digits: sums of doubles may differ in the last ones from run to run. */
  static Centres of(List<double[]> centres) {
    return new Centres(centres.stream().map(Centres::rounded).toList());
  }

  @Override
  public int[] labels(List<double[]> points) {
    return points.parallelStream().mapToInt(x -> nearest(x, centres)).toArray();
  }

  @Override
  public String belonging() {
    return "nearest to";
  }

  @Override
  public Clusters ordered() {
    List<double[]> sorted = new ArrayList<>(centres);
    sorted.sort((a, b) -> -Arrays.compare(a, b));
    return new Centres(sorted);
  }

  @Override
  public ClusterModel model(Preparation preparation, List<String> segmentIds) {
    return new CentreModel(preparation, centres, segmentIds);
  }

  @Override
  public Optional<String> degenerate() {
    return centres.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
        ? Optional.empty()
        : Optional.of("a centre is no number");
  }

  static int nearest(double[] x, List<double[]> centres) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.size(); c++) {
      double d = CentreModel.squaredDistance(x, centres.get(c));
      if (d < least) {
        least = d;
        best = c;
      }
    }
    return best;
  }

  /** Nine significant digits; what is no number stays so. */
  static double[] rounded(double[] x) {
    return Arrays.stream(x).map(Digits::nine).toArray();
  }
}
