package io.stratify.jobs.features.ltv;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * When customers bought: all that BG/NBD needs to know of them.
 *
 * @param x repeat purchase days: days with a purchase after the first such day
 * @param tx t_x: days from the first purchase day to the last; at least x, and 0 where x is 0
 * @param age T: days from the first purchase day to the last day observed, at least {@code tx}
 * @param customers how many customers have this history
 */
public record PurchaseHistory(int x, int tx, int age, long customers) {

  /** Refuses what cannot have happened. */
  public PurchaseHistory {
    boolean bought = x == 0 ? tx == 0 : x > 0 && x <= tx;
    if (!bought || age < tx || customers < 1) {
      throw new IllegalArgumentException(
          "No purchase history has x = %s, t_x = %s, T = %s for %s customers"
              .formatted(x, tx, age, customers));
    }
  }

  /** The histories from rows of {@link PurchaseHistories#purchasesToFit}. */
  public static List<PurchaseHistory> of(List<Row> rows) {
    return rows.stream()
        .map(r -> new PurchaseHistory(r.getInt(0), r.getInt(1), r.getInt(2), r.getLong(3)))
        .toList();
  }
}
