package io.stratify.jobs;

import io.stratify.common.tables.TableSpec;

/** How much money the facts of one customer may sum up to. */
public final class MoneyLimit {
  /** The least sum that a column of money cannot hold, in units of its last decimal. */
  public static final long LEAST_TOO_MUCH = (long) Math.pow(10, TableSpec.MONEY.precision());

  /** What to do about more. */
  public static final String REMEDY =
      "Let a rule quarantine amounts that cannot be meant: inputs.orders.rules = [{ rule = range,"
          + " column = amount, max = 1000000, action = quarantine }], and likewise for order_lines"
          + " or whatever they come from";

  private MoneyLimit() {}
}
