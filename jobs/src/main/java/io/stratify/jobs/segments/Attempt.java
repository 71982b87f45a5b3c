package io.stratify.jobs.segments;

import java.util.Optional;
import org.apache.commons.math3.exception.MathIllegalArgumentException;

/**
 * One run of an algorithm with one seed.
 *
 * @param clusters what it found; null where that is degenerate
 * @param discarded why it is discarded; null where it is not
 */
record Attempt(Clusters clusters, String discarded) {

  /** Runs an algorithm. What is no usable division of the points is discarded with its reason. */
  static Attempt of(Clusterer clusterer, Points points, int k, long seed) {
    Clusters found;
    try {
      found = clusterer.fit(k, seed);
    } catch (RuntimeException e) {
      return new Attempt(null, numerical(e));
    }
    String reason = degenerate(found, points, k).orElse(null);
    return new Attempt(reason == null ? found.ordered() : null, reason);
  }

  /** What went wrong in the arithmetic; any other failure is none of the fit. */
  private static String numerical(RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean arithmetic =
        root instanceof IllegalArgumentException
            || root instanceof ArithmeticException
            || root instanceof MathIllegalArgumentException
            || root.getClass().getName().startsWith("breeze.");
    if (!arithmetic) {
      throw e;
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return "it failed: " + root.getClass().getSimpleName() + " " + message;
  }

  static Optional<String> degenerate(Clusters found, Points points, int k) {
    if (found.k() < k) {
      return Optional.of("it found " + found.k() + " clusters");
    }
    Optional<String> broken = found.degenerate();
    if (broken.isPresent()) {
      return broken;
    }
    double[] sizes = points.sizes(found.labels(points.prepared()), k);
    for (int c = 0; c < k; c++) {
      if (sizes[c] == 0) {
        return Optional.of("cluster " + (c + 1) + " is empty");
      }
    }
    return Optional.empty();
  }

  /** What the seeds of a candidate compete by, lower is better. */
  static double loss(Clusters found, Points points) {
    return found instanceof Mixture mixture
        ? -mixture.logLikelihood(points)
        : points.cost(found.labels(points.prepared()), found.centres());
  }
}
