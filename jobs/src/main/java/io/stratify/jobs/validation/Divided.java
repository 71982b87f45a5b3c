package io.stratify.jobs.validation;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.stratify.common.tables.CustomerSegment;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The customers of a lens that its clusters divide; of whom nothing is known, nothing is measured.
 *
 * @param customers how many
 * @param outliers how many of them are unusually far from their centre
 * @param confidence mean confidence
 */
record Divided(long customers, long outliers, double confidence) {
  /** Nobody. */
  static final Divided NOBODY = new Divided(0, 0, Double.NaN);

  /**
   * Customers below which chance alone makes many outliers: where each is one with probability
   * 0.05, as may be at the fit, more than a tenth of 200 are with probability 0.001 (binomial), of
   * 20 with 0.08.
   */
  static final long LEAST = 200;

  /** The last digits of a mean depend on the order of summation. */
  private static final double DIGITS = 1e6;

  /** The crowds by lens, in one pass over rows of {@code customer_segment}. */
  static Map<String, Divided> of(Dataset<Row> memberships) {
    Map<String, Divided> crowds = new HashMap<>();
    memberships
        .where(CustomerSegment.DISTANCE.col().isNotNull())
        .groupBy(CustomerSegment.LENS.col())
        .agg(
            count(lit(1)),
            sum(CustomerSegment.OUTLIER.col().cast(DataTypes.LongType)),
            avg(CustomerSegment.CONFIDENCE.col()))
        .collectAsList()
        .forEach(
            r ->
                crowds.put(
                    r.getString(0),
                    new Divided(
                        r.getLong(1), r.getLong(2), Math.rint(r.getDouble(3) * DIGITS) / DIGITS)));
    return crowds;
  }

  double outlierShare() {
    return outliers / (double) customers;
  }
}
