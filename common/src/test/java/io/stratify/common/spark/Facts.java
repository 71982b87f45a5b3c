package io.stratify.common.spark;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Rows of conformed tables that read like what they say. */
public final class Facts {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Facts() {}

  /** A customer. */
  public static CustomerRow customer(String id) {
    return new CustomerRow().with(Customers.CUSTOMER_ID, id);
  }

  /** A completed order with an id of its own, worth nothing yet. */
  public static OrderRow order(String customer) {
    return new OrderRow()
        .id("o" + NUMBER.incrementAndGet())
        .with(Orders.CUSTOMER_ID, customer)
        .with(Orders.STATUS, Orders.COMPLETED)
        .worth(0);
  }

  /** A line of a completed order. */
  public static LineRow line(String customer) {
    return new LineRow()
        .order("o" + NUMBER.incrementAndGet())
        .with(OrderLines.CUSTOMER_ID, customer)
        .with(OrderLines.STATUS, Orders.COMPLETED);
  }

  /** An event. */
  public static EventRow event(String customer) {
    return new EventRow().with(Events.CUSTOMER_ID, customer);
  }

  /** A product. */
  public static ProductRow product(String id) {
    return new ProductRow().with(Products.PRODUCT_ID, id);
  }

  /** A customer day without any fact. */
  public static DayRow day(String customer, String day) {
    return new DayRow().with(CustomerDay.CUSTOMER_ID, customer).with(CustomerDay.DAY, day);
  }

  /** A row of any table, with what is needed by the column. */
  public static AnyRow row(TableSpec table) {
    return new AnyRow(table);
  }

  /** A customer with features, none given yet. */
  public static FeatureRow features(String customer) {
    return new FeatureRow().with(CustomerFeatures.CUSTOMER_ID, customer);
  }

  /** A row of customers. */
  public static final class CustomerRow extends FactRow<CustomerRow> {
    CustomerRow() {
      super(Customers.TABLE);
    }

    @Override
    CustomerRow self() {
      return this;
    }

    /** Day of registration. */
    public CustomerRow signedUp(String day) {
      return with(Customers.SIGNED_UP_ON, day);
    }
  }

  /** A row of orders, with the derived amounts of the order. */
  public static final class OrderRow extends FactRow<OrderRow> {
    OrderRow() {
      super(Orders.TABLE);
    }

    @Override
    OrderRow self() {
      return this;
    }

    /** Another id. */
    public OrderRow id(String id) {
      return with(Orders.ORDER_ID, id);
    }

    /** Noon of a day in UTC. */
    public OrderRow on(String day) {
      return at(day + "T12:00:00Z");
    }

    /** An instant. */
    public OrderRow at(String instant) {
      return with(Orders.ORDERED_AT, instant);
    }

    /** Amount bought. */
    public OrderRow worth(Object amount) {
      return with(Orders.AMOUNT, amount)
          .with(Orders.GROSS_AMOUNT, amount)
          .with(Orders.RETURNED_AMOUNT, 0);
    }

    /** Discount given. */
    public OrderRow discount(Object amount) {
      return with(Orders.DISCOUNT, amount);
    }

    /** Undone as a whole; call it after {@link #worth}. */
    public OrderRow undone(String status) {
      return with(Orders.STATUS, status).with(Orders.RETURNED_AMOUNT, get(Orders.AMOUNT));
    }

    /** A credit note: negative amount, nothing bought. */
    public OrderRow credit(Object amount) {
      return with(Orders.STATUS, Orders.RETURNED)
          .with(Orders.AMOUNT, new BigDecimal(amount.toString()).negate())
          .with(Orders.GROSS_AMOUNT, 0)
          .with(Orders.RETURNED_AMOUNT, amount);
    }
  }

  /** A row of order_lines. */
  public static final class LineRow extends FactRow<LineRow> {
    LineRow() {
      super(OrderLines.TABLE);
    }

    @Override
    LineRow self() {
      return this;
    }

    /** The order it belongs to. */
    public LineRow order(String id) {
      return with(OrderLines.ORDER_ID, id);
    }

    /** Noon of a day in UTC. */
    public LineRow on(String day) {
      return with(OrderLines.ORDERED_AT, day + "T12:00:00Z");
    }

    /** Category. */
    public LineRow of(String category) {
      return with(OrderLines.CATEGORY, category);
    }

    /** Product. */
    public LineRow product(String id) {
      return with(OrderLines.PRODUCT_ID, id);
    }

    /** An instant. */
    public LineRow at(String instant) {
      return with(OrderLines.ORDERED_AT, instant);
    }

    /** Quantity. */
    public LineRow units(Object quantity) {
      return with(OrderLines.QUANTITY, quantity);
    }

    /** Amount. */
    public LineRow worth(Object amount) {
      return with(OrderLines.AMOUNT, amount);
    }

    /** Status. */
    public LineRow status(String status) {
      return with(OrderLines.STATUS, status);
    }
  }

  /** A row of events. */
  public static final class EventRow extends FactRow<EventRow> {
    EventRow() {
      super(Events.TABLE);
    }

    @Override
    EventRow self() {
      return this;
    }

    /** Noon of a day in UTC. */
    public EventRow on(String day) {
      return at(day + "T12:00:00Z");
    }

    /** An instant. */
    public EventRow at(String instant) {
      return with(Events.OCCURRED_AT, instant);
    }

    /** Session. */
    public EventRow session(String id) {
      return with(Events.SESSION_ID, id);
    }

    /** Seconds. */
    public EventRow lasting(Object seconds) {
      return with(Events.DURATION_SECONDS, seconds);
    }
  }

  /** A row of products. */
  public static final class ProductRow extends FactRow<ProductRow> {
    ProductRow() {
      super(Products.TABLE);
    }

    @Override
    ProductRow self() {
      return this;
    }

    /** Category. */
    public ProductRow of(String category) {
      return with(Products.CATEGORY, category);
    }

    /** Price of a unit. */
    public ProductRow at(Object price) {
      return with(Products.PRICE, price);
    }
  }

  /** A row of customer_day. */
  public static final class DayRow extends FactRow<DayRow> {
    DayRow() {
      super(CustomerDay.TABLE);
    }

    @Override
    DayRow self() {
      return this;
    }

    /** Completed orders. */
    public DayRow orders(long n) {
      return with(CustomerDay.ORDERS, n);
    }

    /** Value bought, all of it in completed orders. */
    public DayRow gross(Object amount) {
      return with(CustomerDay.GROSS_AMOUNT, amount).completed(amount);
    }

    /** Value bought in completed orders. */
    public DayRow completed(Object amount) {
      return with(CustomerDay.COMPLETED_AMOUNT, amount);
    }

    /** Value undone. */
    public DayRow returned(Object amount) {
      return with(CustomerDay.RETURNED_AMOUNT, amount);
    }

    /** Discount given. */
    public DayRow discount(Object amount) {
      return with(CustomerDay.DISCOUNT_AMOUNT, amount);
    }

    /** Units bought. */
    public DayRow units(Object n) {
      return with(CustomerDay.UNITS, n);
    }

    /** Categories bought from, a unit of each. */
    public DayRow categories(String... names) {
      return with(
          CustomerDay.CATEGORY_UNITS,
          Arrays.stream(names).collect(Collectors.toMap(n -> n, n -> 1)));
    }

    /** Events. */
    public DayRow events(long n) {
      return with(CustomerDay.EVENTS, n);
    }

    /** Sessions. */
    public DayRow sessions(long n) {
      return with(CustomerDay.SESSIONS, n);
    }

    /** Seconds of usage. */
    public DayRow seconds(Object n) {
      return with(CustomerDay.EVENT_SECONDS, n);
    }
  }

  /** A row of a table whose columns are all given by {@link #with}. */
  public static final class AnyRow extends FactRow<AnyRow> {
    AnyRow(TableSpec table) {
      super(table);
    }

    @Override
    AnyRow self() {
      return this;
    }
  }

  /** A row of customer_features. */
  public static final class FeatureRow extends FactRow<FeatureRow> {
    FeatureRow() {
      super(CustomerFeatures.TABLE);
    }

    @Override
    FeatureRow self() {
      return this;
    }
  }
}
