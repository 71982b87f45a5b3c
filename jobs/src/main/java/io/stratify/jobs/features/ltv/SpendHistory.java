package io.stratify.jobs.features.ltv;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What customers spent: all that Gamma-Gamma needs to know of them.
 *
 * @param x repeat purchase days, at least 1
 * @param meanValue mean value of a repeat purchase day, greater than 0
 * @param customers how many customers have this history
 */
public record SpendHistory(int x, double meanValue, long customers) {

  /** Refuses what the model gives no probability. */
  public SpendHistory {
    if (x < 1 || !(meanValue > 0) || Double.isInfinite(meanValue) || customers < 1) {
      throw new IllegalArgumentException(
          "No spend history has x = %s, a mean value of %s for %s customers"
              .formatted(x, meanValue, customers));
    }
  }

  /** The histories from rows of {@link PurchaseHistories#spendToFit}. */
  public static List<SpendHistory> of(List<Row> rows) {
    return rows.stream()
        .map(r -> new SpendHistory(r.getInt(0), r.getDouble(1), r.getLong(2)))
        .toList();
  }
}
