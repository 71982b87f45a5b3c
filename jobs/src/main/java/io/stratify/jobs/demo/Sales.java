package io.stratify.jobs.demo;

import static io.stratify.jobs.demo.DirtyRow.BAD_TIME;
import static io.stratify.jobs.demo.DirtyRow.BAD_TOTAL;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.Catalogue.Product;
import io.stratify.jobs.demo.CustomerTable.Sink;
import io.stratify.jobs.demo.Order.Line;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of products, orders and order lines. */
final class Sales {
  private static final DataType MONEY = DataTypes.createDecimalType(12, 2);

  static final StructType PRODUCTS =
      new StructType()
          .add("sku", StringType)
          .add("title", StringType)
          .add("category", StringType)
          .add("price", MONEY)
          .add("cost", MONEY);

  /** Times and totals are text, as in many a shop. */
  static final StructType ORDERS =
      new StructType()
          .add("order_no", StringType)
          .add("customer", StringType)
          .add("ordered_at", StringType)
          .add("state", StringType)
          .add("total", StringType)
          .add("discount", MONEY)
          .add("channel", StringType)
          .add("currency", StringType);

  static final StructType LINES =
      new StructType()
          .add("order_no", StringType)
          .add("line_no", IntegerType)
          .add("sku", StringType)
          .add("qty", IntegerType)
          .add("price", MONEY)
          .add("discount", MONEY)
          .add("currency", StringType);

  private Sales() {}

  static List<Row> products() {
    return Catalogue.PRODUCTS.stream().map(Sales::product).toList();
  }

  static void orders(DemoSpec spec, long customer, Sink sink) {
    Profile who = Profile.of(spec, customer);
    for (Booking booking : Booking.of(spec, who)) {
      Order order = booking.order();
      sink.clean(
          order.number(),
          booking.customer(),
          Text.time(order.second()),
          order.state().text(),
          Text.money(order.total()).toPlainString(),
          Text.money(order.discount()),
          order.channel(),
          booking.currency());
    }
    Set<DirtyRow> dirt = DirtyRow.of(spec, customer);
    if (dirt.contains(DirtyRow.DUPLICATE_ORDER)) {
      sink.repeatFirst(DirtyRow.DUPLICATE_ORDER);
    }
    dirt.forEach(kind -> dirtyOrder(kind, who, sink));
  }

  private static void dirtyOrder(DirtyRow kind, Profile who, Sink sink) {
    String id = who.customerId();
    String unknown = Text.numbered("X", who.index(), 7);
    String noon = Text.noon(who.registered());
    String euros = Currencies.BASE;
    switch (kind) {
      case ORDER_WITHOUT_CUSTOMER -> sink.dirty(kind, strange(who, 1, null, noon, "25.00", euros));
      case ORDER_WITH_BAD_TIME -> sink.dirty(kind, strange(who, 2, id, BAD_TIME, "25.00", euros));
      case ORDER_WITH_BAD_TOTAL -> sink.dirty(kind, strange(who, 3, id, noon, BAD_TOTAL, euros));
      case ORDER_OF_UNKNOWN_CUSTOMER ->
          sink.dirty(kind, strange(who, 4, unknown, noon, "25.00", euros));
      case ORDER_IN_UNKNOWN_CURRENCY ->
          sink.dirty(kind, strange(who, 5, id, noon, "25.00", Currencies.UNKNOWN));
      default -> {}
    }
  }

  /** An order without lines; its number starts with {@code D}. */
  private static Object[] strange(
      Profile who, int number, String customer, String time, String total, String currency) {
    String order = Text.owned("D", who.index(), number);
    return new Object[] {
      order, customer, time, Order.State.PAID.text(), total, Text.money(0), "web", currency
    };
  }

  static void lines(DemoSpec spec, long customer, Sink sink) {
    for (Booking booking : Booking.of(spec, Profile.of(spec, customer))) {
      for (Line line : booking.order().lines()) {
        sink.clean(line(booking.order().number(), line, booking.currency()));
      }
    }
    Set<DirtyRow> dirt = DirtyRow.of(spec, customer);
    if (dirt.contains(DirtyRow.DUPLICATE_LINE)) {
      sink.repeatFirst(DirtyRow.DUPLICATE_LINE);
    }
    if (dirt.contains(DirtyRow.LINE_WITHOUT_ORDER)) {
      Product product = Catalogue.PRODUCTS.get((int) (customer % Catalogue.PRODUCTS.size()));
      // A line number of its own keeps lost lines from being duplicates of each other.
      Line lost = new Line((int) customer + 1, product, 1, product.price(), 0);
      sink.dirty(DirtyRow.LINE_WITHOUT_ORDER, line(null, lost, Currencies.BASE));
    }
  }

  private static Object[] line(String order, Line line, String currency) {
    return new Object[] {
      order,
      line.number(),
      line.product().sku(),
      line.quantity(),
      Text.money(line.price()),
      Text.money(line.discount()),
      currency
    };
  }

  private static Row product(Product product) {
    return RowFactory.create(
        product.sku(),
        product.title(),
        product.category().title(),
        Text.money(product.price()),
        Text.money(product.cost()));
  }
}
