package io.stratify.jobs.validation;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Where a figure lies, by resampling, in the figure's unit.
 *
 * @param low the lower end
 * @param high the upper end
 */
record Interval(double low, double high) {
  /**
   * The percentile interval of the bootstrap (Efron 1979; Efron and Tibshirani 1993): between the
   * quantiles that leave the same share out at either end, interpolated.
   *
   * @param resampled the figure of each resample; what is not finite was not measurable there and
   *     is left out
   * @param level share of the resamples in the interval, such as 0.95
   * @return null, not measurable, where no resample has the figure
   */
  static Interval of(double[] resampled, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "The level of an interval is " + level + "; it must be between 0 and 1");
    }
    double[] finite = Arrays.stream(resampled).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return null;
    }
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    percentile.setData(finite);
    double out = 100 * (1 - level) / 2;
    return new Interval(percentile.evaluate(out), percentile.evaluate(100 - out));
  }
}
