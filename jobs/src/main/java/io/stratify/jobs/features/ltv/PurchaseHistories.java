package io.stratify.jobs.features.ltv;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.CustomerDay;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The purchase history of every customer with a purchase before the as-of date. A purchase is a day
 * with completed orders, however many; its value is that of these orders. Customers are observed up
 * to the day before the as-of date.
 *
 * <p>T therefore counts from the first purchase day to that last day, not to the as-of date. So
 * does the published CDNOW data: calibrated up to 30 September 1997 (as of 1 October), a customer
 * who first bought on 1 January has T = 272 days = 38.86 weeks. With a day more a would be 2.7 %
 * higher.
 *
 * @param asOf the as-of date
 */
public record PurchaseHistories(LocalDate asOf) {
  /** Repeat purchase days, the x of the papers. */
  public static final String REPEATS = "repeat_purchases";

  /** Days from the first purchase day to the last, t_x. */
  public static final String LAST = "last_purchase_age";

  /** Days from the first purchase day to the last day observed, T. */
  public static final String AGE = "observed_age";

  /** Mean value of a repeat purchase day; null where there is none. */
  public static final String MEAN_VALUE = "mean_repeat_value";

  private static final String PURCHASES = "ltv_purchases";
  private static final String FIRST_DAY = "ltv_first_day";
  private static final String LAST_DAY = "ltv_last_day";
  private static final String VALUE = "ltv_value";
  private static final String FIRST_VALUE = "ltv_first_value";
  private static final long BUCKETS = 1L << 30;

  /** One row per customer with a purchase: the customer and the four figures. */
  public Dataset<Row> from(Dataset<Row> customerDays) {
    Column before = CustomerDay.DAY.col().lt(lit(Date.valueOf(asOf)));
    List<Column> sums = aggregates();
    Dataset<Row> customers =
        customerDays
            .where(before.and(CustomerDay.ORDERS.col().gt(0)))
            .groupBy(CustomerDay.CUSTOMER_ID.col())
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return customers.select(
        CustomerDay.CUSTOMER_ID.col(),
        repeats().as(REPEATS),
        lastAge().as(LAST),
        age().as(AGE),
        meanValue().as(MEAN_VALUE));
  }

  /**
   * What to aggregate per customer over the customer days before the as-of date, so that a query
   * that does so anyway need not do it twice; days without a purchase may be among them.
   */
  public static List<Column> aggregates() {
    Column bought = CustomerDay.ORDERS.col().gt(0);
    Column day = when(bought, CustomerDay.DAY.col());
    Column value = when(bought, coalesce(CustomerDay.COMPLETED_AMOUNT.col(), lit(0)));
    return List.of(
        count(day).as(PURCHASES),
        min(day).as(FIRST_DAY),
        max(day).as(LAST_DAY),
        sum(value).as(VALUE),
        min_by(value, day).as(FIRST_VALUE));
  }

  /** {@link #REPEATS} from the aggregates; null without a purchase. */
  public static Column repeats() {
    return when(col(PURCHASES).gt(0), col(PURCHASES).minus(1).cast(DataTypes.IntegerType));
  }

  /** {@link #LAST} from the aggregates; null without a purchase. */
  public static Column lastAge() {
    return datediff(col(LAST_DAY), col(FIRST_DAY));
  }

  /** {@link #AGE} from the aggregates; null without a purchase. */
  public Column age() {
    return datediff(date_sub(lit(Date.valueOf(asOf)), 1), col(FIRST_DAY));
  }

  /** {@link #MEAN_VALUE} from the aggregates. */
  public static Column meanValue() {
    Column later = col(VALUE).minus(col(FIRST_VALUE)).cast(DataTypes.DoubleType);
    return when(col(PURCHASES).gt(1), later.divide(col(PURCHASES).minus(1)));
  }

  /**
   * The histories of a sample, grouped: rows for {@link PurchaseHistory#of}, of which there are at
   * most as many as customers in the sample.
   *
   * @param histories rows of {@link #from}
   * @param customers how many rows that are
   * @param atMost size of the sample
   * @param seed of the hash by which customers are drawn
   */
  public static Dataset<Row> purchasesToFit(
      Dataset<Row> histories, long customers, int atMost, long seed) {
    return histories
        .where(drawn(customers, atMost, seed))
        .groupBy(col(REPEATS), col(LAST), col(AGE))
        .agg(count(lit(1)));
  }

  /**
   * The spend of the same sample, of those who bought again for money, grouped: rows for {@link
   * SpendHistory#of}.
   */
  public static Dataset<Row> spendToFit(
      Dataset<Row> histories, long customers, int atMost, long seed) {
    return histories
        .where(drawn(customers, atMost, seed))
        .where(col(REPEATS).gt(0).and(col(MEAN_VALUE).gt(0)))
        .groupBy(col(REPEATS), col(MEAN_VALUE))
        .agg(count(lit(1)));
  }

  /**
   * Whether a customer is in the sample: by a hash of the id, so whatever the partitions. The
   * number drawn varies by its square root; the share is that of four such deviations less, so that
   * a sample larger than {@code atMost} has a probability of 0.003 %.
   */
  private static Column drawn(long customers, int atMost, long seed) {
    if (customers <= atMost) {
      return lit(true);
    }
    double share = Math.max(0, atMost - 4 * Math.sqrt(atMost)) / customers;
    long bound = (long) (share * BUCKETS);
    return pmod(xxhash64(CustomerDay.CUSTOMER_ID.col(), lit(seed)), lit(BUCKETS)).lt(bound);
  }
}
