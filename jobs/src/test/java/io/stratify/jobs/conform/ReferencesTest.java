package io.stratify.jobs.conform;

import static io.stratify.common.spark.Facts.line;
import static io.stratify.common.spark.Facts.order;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.LineRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ReferencesTest extends SparkSuite {
  @Test
  void aRowThatNamesNobodyBreaksARule() {
    assertThat(required(RowFactory.create("c1", null), RowFactory.create("c9", null)))
        .isEqualTo("[c1,null] [c9,customer_id is not in customers]");
  }

  @Test
  void aRowThatIsBadAlreadyKeepsItsRule() {
    assertThat(required(RowFactory.create("c9", "amount is missing")))
        .isEqualTo("[c9,amount is missing]");
  }

  @Test
  void aNullNamesNothing() {
    assertThat(required(RowFactory.create(null, null))).isEqualTo("[null,null]");
  }

  @Test
  void rowsThatBrokeALateRuleAreDescribedByTheirMappedColumns() {
    Dataset<Row> rows =
        text("customer_id", RowFactory.create("c1"), RowFactory.create("c2"))
            .select(
                Customers.TABLE.columns().stream()
                    .map(
                        c ->
                            c.equals(Customers.CUSTOMER_ID)
                                ? c.col()
                                : lit(null).cast(c.type()).as(c.name()))
                    .toArray(org.apache.spark.sql.Column[]::new))
            .withColumn("_rule", when(col("customer_id").equalTo("c2"), "late"))
            .withColumn("_row", lit(null).cast("string"));
    assertThat(
            sorted(
                References.describeBadRows(Customers.TABLE, rows)
                    .select("customer_id", "_rule", "_row")))
        .containsExactly("[c1,null,null]", "[c2,late,{\"customer_id\":\"c2\"}]");
  }

  @Test
  void aLineTakesCustomerTimeAndStatusOfItsOrder() {
    Row owned = owned(line("wrong").order("o1").with(OrderLines.STATUS, null)).first();
    assertThat(owned.<String>getAs("customer_id")).isEqualTo("c1");
    assertThat(owned.<Object>getAs("ordered_at")).hasToString("2026-04-30 06:00:00.0");
    assertThat(owned.<String>getAs("status")).isEqualTo("cancelled");
    assertThat(owned.<String>getAs("_rule")).isNull();
  }

  @Test
  void aLineThatSaysItsStatusKeepsIt() {
    Row owned = owned(line("c2").order("o2").status(Orders.RETURNED)).first();
    assertThat(owned.<String>getAs("status")).isEqualTo("returned");
  }

  @Test
  void aLineWithoutItsOrderBreaksARule() {
    Row owned = owned(line("c1").order("o9")).first();
    assertThat(owned.<String>getAs("_rule")).isEqualTo("order_id is not in orders");
    assertThat(owned.<String>getAs("customer_id")).as("whom it names itself").isEqualTo("c1");
  }

  @Test
  void linesAreNeitherLostNorMultiplied() {
    assertThat(
            owned(line("c1").order("o1"), line("c1").order("o1"), line("c1").order("o9")).count())
        .isEqualTo(3);
  }

  @Test
  void linesOfAWithheldOrderAreWithheldEvenIfItsIdIsUsedTwice() {
    Dataset<Row> orders = ordersOfWhichOneIdIsUsedTwice();
    Dataset<Row> lines =
        table(OrderLines.TABLE, line("x").order("o1"), line("x").order("o2"))
            .withColumn("_rule", lit(null).cast("string"));
    assertThat(
            sorted(
                LineOwner.fromOrders(lines, LineOwner.unique(orders))
                    .select("order_id", "customer_id", "_rule")))
        .containsExactly("[o1,c2,withheld]", "[o2,c3,null]");
  }

  @Test
  void aBadLineOfAWithheldOrderIsWithheldAndNotQuarantined() {
    Dataset<Row> lines =
        table(OrderLines.TABLE, line("x").order("o1"), line("x").order("o2"))
            .withColumn("_rule", lit("quantity is not a DECIMAL"));
    assertThat(
            sorted(
                LineOwner.fromOrders(lines, LineOwner.unique(ordersOfWhichOneIdIsUsedTwice()))
                    .select("order_id", "_rule")))
        .containsExactly("[o1,withheld]", "[o2,quantity is not a DECIMAL]");
  }

  @Test
  void ordersThatAreGoodAndApartOwnLinesAsIfAllWereGrouped() {
    Dataset<Row> orders = ordersOfWhichOneIdIsUsedTwice();
    Dataset<Row> good = orders.where("_rule IS NULL");
    Dataset<Row> withheld = orders.where("_rule IS NOT NULL");
    assertThat(sorted(LineOwner.unique(good, withheld)))
        .isEqualTo(sorted(LineOwner.unique(orders)));
  }

  @Test
  void aLineIsUndoneWithItsOrderWhateverItSaysItself() {
    Dataset<Row> orders =
        table(
                Orders.TABLE,
                order("c1").id("o1").worth(5).undone(Orders.CANCELLED),
                order("c1").id("o2").worth(-5).with(Orders.STATUS, null),
                order("c1").id("o3").worth(5))
            .withColumn("_rule", lit(null).cast("string"));
    Dataset<Row> lines =
        table(
                OrderLines.TABLE,
                line("x").order("o1").status(Orders.COMPLETED),
                line("x").order("o2").status(Orders.COMPLETED),
                line("x").order("o3").status(Orders.RETURNED),
                line("x").order("o3").status(Orders.COMPLETED))
            .withColumn("_rule", lit(null).cast("string"));
    assertThat(
            sorted(
                LineOwner.fromOrders(lines, LineOwner.unique(orders)).select("order_id", "status")))
        .containsExactly("[o1,cancelled]", "[o2,returned]", "[o3,completed]", "[o3,returned]");
  }

  private Dataset<Row> ordersOfWhichOneIdIsUsedTwice() {
    return table(
            Orders.TABLE,
            order("c1").id("o1").on("2026-04-30"),
            order("c2").id("o1").on("2026-04-29"),
            order("c2").id("o1").on("2026-04-29"),
            order("c3").id("o2").on("2026-04-29"))
        .withColumn("_rule", when(col("customer_id").equalTo("c2"), "withheld"));
  }

  private String required(Row... rows) {
    Dataset<Row> known = text("customer_id", RowFactory.create("c1"), RowFactory.create("c2"));
    Dataset<Row> checked =
        References.require(text("customer_id, _rule", rows), "customer_id", known, "customers");
    return String.join(" ", sorted(checked));
  }

  private Dataset<Row> owned(LineRow... lines) {
    // The JVM of the tests is in New York: the clock there shows six when it is ten in UTC.
    Dataset<Row> orders =
        table(
            Orders.TABLE,
            order("c1").id("o1").at("2026-04-30T10:00:00Z").worth(5).undone(Orders.CANCELLED),
            order("c2").id("o2").on("2026-04-29").worth(5));
    return LineOwner.fromOrders(
        table(OrderLines.TABLE, lines).withColumn("_rule", lit(null).cast("string")),
        orders.withColumn("_rule", lit(null).cast("string")));
  }
}
