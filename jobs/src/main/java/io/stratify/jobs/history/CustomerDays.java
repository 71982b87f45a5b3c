package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * Sums facts to one row per customer and day (UTC). Facts are placed once, by month, so that a
 * month ends up in few files; sorted by one number, which is fast; and folded in one pass, which
 * needs no memory for customers, facts or distinct values.
 */
public final class CustomerDays {
  private static final String KEY = "_key";
  private static final String HASH = "_hash";

  /** Bits of the sorting key that tell the days of a month apart. */
  private static final int DAY_BITS = 5;

  private static final int CUSTOMER_SHIFT = DayFold.SESSION_BITS + DAY_BITS;

  private CustomerDays() {}

  /**
   * The customer days of conformed tables; what is absent adds nothing.
   *
   * @param conformed at least one table with facts
   */
  public static Dataset<Row> from(Map<TableSpec, Dataset<Row>> conformed) {
    return fold(Facts.of(conformed), 2, 1, DayFold.Tally.NONE);
  }

  /**
   * The customer days of facts in the shape of {@link FactRows}.
   *
   * @param partitions among which the facts are divided
   * @param places parts into which the facts of a month are divided, by customer
   * @param tally hears of every customer day
   */
  static Dataset<Row> fold(Dataset<Row> facts, int partitions, int places, DayFold.Tally tally) {
    Column customer = xxhash64(col(FactRows.CUSTOMER));
    Column month = trunc(date_from_unix_date(col(FactRows.DAY)), "month");
    Dataset<Row> placed =
        facts
            .withColumn(HASH, Fingerprint.hash())
            .repartition(partitions, month, pmod(customer, lit(places)))
            .withColumn(KEY, key(customer))
            .sortWithinPartitions(KEY);
    return facts
        .sparkSession()
        .internalCreateDataFrame(
            placed.queryExecution().toRdd().toJavaRDD().mapPartitions(new DayFold(tally)).rdd(),
            folded(),
            false)
        .select(columns());
  }

  /** Customer, day and session in one number: days of one customer are neighbours in a file. */
  private static Column key(Column customer) {
    Column day = pmod(col(FactRows.DAY), lit(1 << DAY_BITS)).cast("long");
    Column session =
        pmod(xxhash64(col(FactRows.text(FactKind.SESSION))), lit(1L << DayFold.SESSION_BITS));
    return shiftleft(shiftright(customer, CUSTOMER_SHIFT), CUSTOMER_SHIFT)
        .plus(shiftleft(day, DayFold.SESSION_BITS))
        .plus(session);
  }

  /** What the fold gives: whole numbers, before they become money. */
  private static StructType folded() {
    StructType schema =
        new StructType()
            .add(FactRows.CUSTOMER, DataTypes.StringType, false)
            .add(FactRows.DAY, DataTypes.IntegerType, false);
    for (ColumnSpec figure : CustomerDay.FACTS) {
      schema =
          schema.add(
              figure.name(), OpenDay.isMap(figure) ? figure.type() : DataTypes.LongType, true);
    }
    return schema;
  }

  private static Column[] columns() {
    return CustomerDay.TABLE.body().stream()
        .map(c -> column(c).as(c.name()))
        .toArray(Column[]::new);
  }

  private static Column column(ColumnSpec c) {
    if (c.equals(CustomerDay.CUSTOMER_ID)) {
      return col(FactRows.CUSTOMER);
    }
    if (c.equals(CustomerDay.DAY)) {
      return date_from_unix_date(col(FactRows.DAY));
    }
    // The fold has seen to it that the units fit.
    return c.type() instanceof DecimalType money
        ? new Column(new MakeDecimal(c.col().expr(), money.precision(), money.scale(), false))
        : c.col();
  }
}
