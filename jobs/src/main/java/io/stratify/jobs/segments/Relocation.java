package io.stratify.jobs.segments;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Frees k-means from poor local minima (LBG-U: Fritzke 1997, "The LBG-U method for vector
 * quantization"). The centre that is missed least, by how much the cost would grow without it, is
 * moved into the cluster that costs most, which is so cut in two, and Lloyd's iterations follow;
 * this goes on as long as the cost falls, for at most twice as many moves as there are centres.
 * Where moving it there does not help, the two next most costly clusters are tried, which is ours.
 */
final class Relocation {
  /** Clusters that are tried before the search ends. */
  private static final int TRIED = 3;

  private static final int ITERATIONS = 50;

  /** Share of the cost that an iteration, or a move, has to save. */
  private static final double LEAST_GAIN = 1e-4;

  private final Points points;

  Relocation(Points points) {
    this.points = points;
  }

  /** Centres that cost no more than these. */
  Centres improved(Centres found) {
    Divided best = settled(found.centres());
    for (int moves = 0; moves < 2 * found.k(); moves++) {
      Divided next = moved(best);
      if (next == null) {
        break;
      }
      best = next;
    }
    double before = points.cost(found.labels(points.prepared()), found.centres());
    return best.cost < before ? Centres.of(best.centres) : found;
  }

  /** Where Lloyd's iterations from these centres come to rest. */
  Centres atRest(List<double[]> start) {
    return new Centres(settled(start).centres);
  }

  /** The clusters after a move that saves something; null where none does. */
  private Divided moved(Divided from) {
    int missedLeast = IntStream.range(0, from.k()).boxed().min(from.byUtility()).orElseThrow();
    List<Integer> costly =
        IntStream.range(0, from.k())
            .boxed()
            .filter(c -> c != missedLeast)
            .sorted(from.byError().reversed())
            .limit(TRIED)
            .toList();
    for (int c : costly) {
      List<double[]> centres = new ArrayList<>(from.centres);
      centres.set(missedLeast, beside(from, c, 1));
      centres.set(c, beside(from, c, -1));
      Divided next = settled(centres);
      if (next.cost < from.cost * (1 - LEAST_GAIN)) {
        return next;
      }
    }
    return null;
  }

  /**
   * One standard deviation off the centre, along the feature that varies most: of the points on
   * either side of it there are some for both.
   */
  private static double[] beside(Divided from, int c, int side) {
    double[] variance = from.variances[c];
    int widest = 0;
    for (int j = 1; j < variance.length; j++) {
      widest = variance[j] > variance[widest] ? j : widest;
    }
    double[] beside = from.centres.get(c).clone();
    beside[widest] += side * Math.sqrt(variance[widest]);
    return beside;
  }

  /** Lloyd's iterations. */
  private Divided settled(List<double[]> start) {
    Divided now = new Divided(points, start);
    for (int i = 0; i < ITERATIONS; i++) {
      Divided next = new Divided(points, now.means());
      boolean done = next.cost >= now.cost * (1 - LEAST_GAIN);
      now = next.cost < now.cost ? next : now;
      if (done) {
        break;
      }
    }
    return now;
  }

  /** The points divided by the nearest centre, in one pass. */
  private static final class Divided {
    private final List<double[]> centres;
    private final double[] weights;
    private final double[] errors;
    private final double[] utilities;
    private final double[][] sums;
    private final double[][] variances;
    private double cost;

    Divided(Points points, List<double[]> centres) {
      this.centres = centres;
      int k = centres.size();
      int dimensions = centres.get(0).length;
      weights = new double[k];
      errors = new double[k];
      utilities = new double[k];
      sums = new double[k][dimensions];
      variances = new double[k][dimensions];
      for (int i = 0; i < points.size(); i++) {
        add(points.prepared().get(i), points.weights()[i]);
      }
      for (int c = 0; c < k; c++) {
        cost += errors[c];
        for (int j = 0; j < dimensions; j++) {
          variances[c][j] /= Math.max(weights[c], Double.MIN_NORMAL);
        }
      }
    }

    private void add(double[] x, double weight) {
      int own = -1;
      double first = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.size(); c++) {
        double square = CentreModel.squaredDistance(x, centres.get(c));
        if (square < first) {
          second = first;
          first = square;
          own = c;
        } else if (square < second) {
          second = square;
        }
      }
      weights[own] += weight;
      errors[own] += weight * first;
      utilities[own] += weight * (second - first);
      double[] centre = centres.get(own);
      for (int j = 0; j < x.length; j++) {
        sums[own][j] += weight * x[j];
        variances[own][j] += weight * (x[j] - centre[j]) * (x[j] - centre[j]);
      }
    }

    int k() {
      return centres.size();
    }

    Comparator<Integer> byUtility() {
      return Comparator.comparingDouble(c -> utilities[c]);
    }

    Comparator<Integer> byError() {
      return Comparator.comparingDouble(c -> errors[c]);
    }

    /** The means of the clusters; the centre itself where nobody is. */
    List<double[]> means() {
      List<double[]> means = new ArrayList<>();
      for (int c = 0; c < centres.size(); c++) {
        double[] mean = centres.get(c).clone();
        for (int j = 0; j < mean.length && weights[c] > 0; j++) {
          mean[j] = sums[c][j] / weights[c];
        }
        means.add(mean);
      }
      return means;
    }
  }
}
