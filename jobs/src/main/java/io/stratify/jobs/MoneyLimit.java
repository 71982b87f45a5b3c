package io.stratify.jobs;

import io.stratify.common.tables.TableSpec;
import org.apache.spark.sql.Column;

/** How much money a column can hold, and what to do about more. */
public final class MoneyLimit {
  /** The least sum that a column of money cannot hold, in units of its last decimal. */
  public static final long LEAST_TOO_MUCH = (long) Math.pow(10, TableSpec.MONEY.precision());

  /** What to do about more. */
  public static final String REMEDY =
      remedy("orders") + ", and likewise for order_lines or whatever they come from";

  private MoneyLimit() {}

  /** What to do about more, where it is known which input it comes from. */
  public static String remedy(String input) {
    return "Let a rule quarantine amounts that cannot be meant: inputs."
        + input
        + ".rules = [{ rule = range, column = amount, max = 1000000, action = quarantine }]";
  }

  /** Whether a value is there, and has more digits than money has. */
  public static Column isExceededBy(Column value) {
    return value.isNotNull().and(value.cast(TableSpec.MONEY).isNull());
  }
}
