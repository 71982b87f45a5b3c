package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import java.util.EnumSet;
import java.util.Set;

/**
 * The dirty rows of the warehouse, all of them here. Every one is a row more: the rows that are
 * left when they are taken away are the clean warehouse. Which customers have one depends on the
 * seed and the customer only.
 */
public enum DirtyRow {
  /** A customer whose id is blank. */
  BLANK_CUSTOMER_ID(DemoWarehouse.CUSTOMERS, 0.002),
  /** The customer's first order a second time, equal in every column. */
  DUPLICATE_ORDER(DemoWarehouse.ORDERS, 0.020),
  /** An order whose customer is null. */
  ORDER_WITHOUT_CUSTOMER(DemoWarehouse.ORDERS, 0.010),
  /** An order placed on {@link #BAD_TIME}. */
  ORDER_WITH_BAD_TIME(DemoWarehouse.ORDERS, 0.010),
  /** An order with the total {@link #BAD_TOTAL}. */
  ORDER_WITH_BAD_TOTAL(DemoWarehouse.ORDERS, 0.006),
  /** A sound order of a customer, {@code X...}, whom the customer table does not know. */
  ORDER_OF_UNKNOWN_CUSTOMER(DemoWarehouse.ORDERS, 0.008),
  /** The first line of the customer's first order a second time, equal in every column. */
  DUPLICATE_LINE(DemoWarehouse.ORDER_LINES, 0.020),
  /** A line whose order number is null. */
  LINE_WITHOUT_ORDER(DemoWarehouse.ORDER_LINES, 0.010),
  /** The customer's first event a second time, equal in every column. */
  DUPLICATE_EVENT(DemoWarehouse.EVENTS, 0.040),
  /** An event of nobody in particular. */
  EVENT_WITHOUT_CUSTOMER(DemoWarehouse.EVENTS, 0.050);

  /** A time that is none. */
  public static final String BAD_TIME = "2025-13-41";

  /** A total that is none. */
  public static final String BAD_TOTAL = "n/a";

  private final String table;
  private final double shareOfCustomers;

  DirtyRow(String table, double shareOfCustomers) {
    this.table = table;
    this.shareOfCustomers = shareOfCustomers;
  }

  /** The table it is found in. */
  public String table() {
    return table;
  }

  /** Share of the customers who have one (a duplicate only where there is a row to repeat). */
  public double shareOfCustomers() {
    return shareOfCustomers;
  }

  /** The kinds that a customer has, at most one row of each. */
  static Set<DirtyRow> of(DemoSpec spec, long customer) {
    Draws draws = new Draws(spec.seed(), customer, Stream.DIRT);
    Set<DirtyRow> kinds = EnumSet.noneOf(DirtyRow.class);
    for (DirtyRow kind : values()) {
      if (draws.chance(kind.shareOfCustomers)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
