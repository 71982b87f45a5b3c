package io.stratify.jobs.segments;

import io.stratify.common.config.PolicyConfig.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a candidate is judged by, on the coreset.
 *
 * @param cost sum over all customers of the squared distance to the centre of the own cluster
 * @param silhouette macro-averaged silhouette, -1 to 1
 * @param calinskiHarabasz variance between the clusters over variance within, each by its degrees
 *     of freedom (Calinski and Harabasz 1974)
 * @param daviesBouldin mean over clusters of the largest ratio of spreads to distance of centres
 *     (Davies and Bouldin 1979)
 * @param bic information criterion of Schwarz (1978), lower is better; null but for mixtures
 * @param stability mean adjusted Rand index with clusters of resampled customers; null if not known
 * @param smallestShare share of the smallest cluster
 * @param outcomeEffect share of the outcome's variance between the clusters (eta squared); null if
 *     not known
 */
record Figures(
    double cost,
    double silhouette,
    double calinskiHarabasz,
    double daviesBouldin,
    Double bic,
    Double stability,
    double smallestShare,
    Double outcomeEffect) {

  static Figures of(
      Points points, Clusters clusters, int[] labels, Double stability, Double effect) {
    int k = clusters.k();
    double[] sizes = points.sizes(labels, k);
    double cost = points.cost(labels, clusters.centres());
    Double bic =
        clusters instanceof Mixture mixture
            ? mixture.parameters() * Math.log(points.total()) - 2 * mixture.logLikelihood(points)
            : null;
    return new Figures(
        cost,
        Silhouette.macro(points.prepared(), points.weights(), labels, k),
        calinskiHarabasz(points, means(points, labels, sizes), labels, sizes),
        daviesBouldin(points, means(points, labels, sizes), labels, sizes),
        bic,
        stability,
        Arrays.stream(sizes).min().orElse(0) / points.total(),
        effect);
  }

  /** The figure of a measure, if the candidate has it. */
  Optional<Double> of(Measure measure) {
    return Optional.ofNullable(
        switch (measure) {
          case SILHOUETTE -> (Double) silhouette;
          case CALINSKI_HARABASZ -> (Double) calinskiHarabasz;
          case DAVIES_BOULDIN -> (Double) daviesBouldin;
          case BIC -> bic;
          case STABILITY -> stability;
          case SMALLEST_SHARE -> (Double) smallestShare;
          case OUTCOME_EFFECT -> outcomeEffect;
        });
  }

  /** The means of the clusters, which those of a mixture are not. */
  private static List<double[]> means(Points points, int[] labels, double[] sizes) {
    int d = points.prepared().get(0).length;
    double[][] sums = new double[sizes.length][d];
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < d; j++) {
        sums[labels[i]][j] += points.weights()[i] * points.prepared().get(i)[j] / sizes[labels[i]];
      }
    }
    return Arrays.asList(sums);
  }

  static double calinskiHarabasz(
      Points points, List<double[]> means, int[] labels, double[] sizes) {
    int k = sizes.length;
    double within = points.cost(labels, means);
    double[] overall = means(points, new int[labels.length], new double[] {points.total()}).get(0);
    double between = 0;
    for (int c = 0; c < k; c++) {
      between += sizes[c] * CentreModel.squaredDistance(means.get(c), overall);
    }
    // Of points that lie on their centres nothing is within.
    return between / (k - 1) / Math.max(Double.MIN_NORMAL, within / (points.total() - k));
  }

  static double daviesBouldin(Points points, List<double[]> means, int[] labels, double[] sizes) {
    int k = sizes.length;
    double[] spread = new double[k];
    for (int i = 0; i < labels.length; i++) {
      int c = labels[i];
      spread[c] +=
          points.weights()[i]
              * Math.sqrt(CentreModel.squaredDistance(points.prepared().get(i), means.get(c)))
              / sizes[c];
    }
    double sum = 0;
    for (int a = 0; a < k; a++) {
      double worst = 0;
      for (int b = 0; b < k; b++) {
        double apart = Math.sqrt(CentreModel.squaredDistance(means.get(a), means.get(b)));
        if (a != b) {
          worst = Math.max(worst, (spread[a] + spread[b]) / Math.max(Double.MIN_NORMAL, apart));
        }
      }
      sum += worst / k;
    }
    return sum;
  }
}
