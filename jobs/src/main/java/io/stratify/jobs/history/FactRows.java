package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;

/**
 * The one narrow shape in which facts of all kinds are brought together: customer, day, kind, a few
 * texts and a few whole numbers, whose meaning {@link FactKind} declares. Money is counted in units
 * of its last decimal, so that sums are exact, fast and the same in any order.
 */
final class FactRows {
  static final String CUSTOMER = "customer_id";

  /** Days since 1970-01-01. */
  static final String DAY = "day_number";

  static final String KIND = "kind";
  static final int TEXTS = 4;
  static final int NUMBERS = 7;

  /** Places in a row. */
  static final int AT_CUSTOMER = 0;

  static final int AT_DAY = 1;
  static final int AT_KIND = 2;
  static final int AT_TEXTS = 3;
  static final int AT_NUMBERS = AT_TEXTS + TEXTS;

  static final Column ONE = lit(1L);
  static final Column NONE = lit(0L);

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final String WHEN = "_when";

  private FactRows() {}

  /** The day of a time, in UTC whatever the session's time zone. */
  static Column day(Column time) {
    Column micros = unix_micros(time);
    Column dayInMicros = lit(MICROS_PER_DAY);
    // Division of doubles would do, but this is exact by its form, before 1970 too.
    return wholeQuotient(micros.minus(pmod(micros, dayInMicros)), MICROS_PER_DAY).cast("int");
  }

  /** The day of a date. */
  static Column dayOf(Column date) {
    return unix_date(date);
  }

  /** A whole number divided by another, towards zero. */
  static Column wholeQuotient(Column number, long by) {
    return new Column(
        new org.apache.spark.sql.catalyst.expressions.IntegralDivide(
            number.expr(), lit(by).expr()));
  }

  /** Money, or another number with decimals, in units of its last decimal; null is nothing. */
  static Column units(Column number) {
    return coalesce(new Column(new UnscaledValue(number.cast(TableSpec.MONEY).expr())), NONE);
  }

  /** One where it holds, zero where it does not or nobody knows. */
  static Column one(Column holds) {
    return coalesce(holds.cast("long"), NONE);
  }

  static String text(int i) {
    return "t" + i;
  }

  static String number(int i) {
    return "n" + i;
  }

  /** One fact per row. */
  static Dataset<Row> of(
      Dataset<Row> rows,
      Column kind,
      Column customer,
      Column day,
      List<Column> texts,
      List<Column> numbers) {
    List<Column> all = new ArrayList<>();
    all.add(customer.as(CUSTOMER));
    all.add(day.as(DAY));
    all.add(kind.as(KIND));
    for (int i = 0; i < TEXTS; i++) {
      all.add((i < texts.size() ? texts.get(i) : lit(null).cast("string")).as(text(i)));
    }
    for (int i = 0; i < NUMBERS; i++) {
      all.add((i < numbers.size() ? numbers.get(i) : NONE).as(number(i)));
    }
    return rows.select(all.toArray(Column[]::new))
        .where(col(CUSTOMER).isNotNull().and(col(DAY).isNotNull()));
  }

  /**
   * A fact per thing that happened in a row: the row is read once, and each is dated on its day.
   *
   * @param things days, each with the numbers of that day
   */
  static Dataset<Row> ofEach(
      Dataset<Row> rows, FactKind kind, Column customer, List<Column> texts, List<Thing> things) {
    List<Column> kept = new ArrayList<>();
    kept.add(customer.as(CUSTOMER));
    for (int i = 0; i < texts.size(); i++) {
      kept.add(texts.get(i).as(text(i)));
    }
    Column[] structs = things.stream().map(Thing::asStruct).toArray(Column[]::new);
    kept.add(inline(array(structs)));
    List<Column> keptTexts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      keptTexts.add(col(text(i)));
    }
    List<Column> numbers = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      numbers.add(col(number(i)));
    }
    return of(
        rows.select(kept.toArray(Column[]::new)),
        lit(kind.code()),
        col(CUSTOMER),
        col(WHEN),
        keptTexts,
        numbers);
  }

  /** A thing that happened on a day; it did not where the day is null. */
  record Thing(Column day, List<Column> numbers) {
    private Column asStruct() {
      List<Column> all = new ArrayList<>();
      all.add(day.as(WHEN));
      for (int i = 0; i < NUMBERS; i++) {
        all.add((i < numbers.size() ? numbers.get(i) : NONE).as(number(i)));
      }
      return struct(all.toArray(Column[]::new));
    }
  }
}
