package io.stratify.jobs.conform;

import static io.stratify.common.spark.Facts.line;
import static io.stratify.common.spark.Facts.order;
import static io.stratify.common.spark.Facts.product;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.spark.Facts.LineRow;
import io.stratify.common.spark.Facts.OrderRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OrderAmountsTest extends SparkSuite {
  private static final String[] FIGURES = {"status", "amount", "gross_amount", "returned_amount"};

  @Test
  void aCompletedOrderIsAllBought() {
    assertThat(net("completed", "20")).isEqualTo("[completed,20.0000,20.0000,0.0000]");
  }

  @Test
  void cancelledAndReturnedOrdersAreBoughtAndGivenBack() {
    assertThat(net("cancelled", "20")).isEqualTo("[cancelled,20.0000,20.0000,20.0000]");
    assertThat(net("returned", "20")).isEqualTo("[returned,20.0000,20.0000,20.0000]");
  }

  @Test
  void aNegativeAmountIsACreditNoteWhateverItsStatus() {
    for (String status : new String[] {null, "completed", "returned"}) {
      assertThat(net(status, "-7.5")).as(status).isEqualTo("[returned,-7.5000,0.0000,7.5000]");
    }
  }

  @Test
  void anOrderWithoutAStatusIsCompleted() {
    assertThat(net(null, "20")).isEqualTo("[completed,20.0000,20.0000,0.0000]");
    assertThat(net(null, "0")).isEqualTo("[completed,0.0000,0.0000,0.0000]");
  }

  @Test
  void ordersWithoutAnAmountTakeTheSumOfTheirLines() {
    Dataset<Row> orders =
        table(
            Orders.TABLE,
            unpriced("o1"),
            unpriced("o2"),
            order("c1").id("o3").worth(99).discount(1));
    Dataset<Row> lines =
        table(
            OrderLines.TABLE,
            line("c1").order("o1").worth("10.25").with(OrderLines.DISCOUNT, 2),
            line("c1").order("o1").worth("5.5"),
            line("c1").order("o3").worth(1).with(OrderLines.DISCOUNT, 50));
    Dataset<Row> filled = OrderAmounts.netFromLines(orders, lines, false).rows();
    assertThat(sorted(filled.select("order_id", "amount", "discount")))
        .containsExactly("[o1,15.7500,2.0000]", "[o2,0.0000,null]", "[o3,99.0000,1.0000]");
  }

  @Test
  void aReturnedLineOfAnOrderThatTakesItsAmountFromLinesIsBoughtAndGivenBack() {
    Dataset<Row> orders =
        table(
            Orders.TABLE,
            unpriced("o1"),
            unpriced("o2"),
            unpriced("o3").undone(Orders.CANCELLED),
            order("c1").id("o4").worth(7));
    Dataset<Row> lines =
        table(
            OrderLines.TABLE,
            line("c1").order("o1").worth(30),
            line("c1").order("o1").worth(12).status(Orders.RETURNED),
            line("c1").order("o2").worth(50).status(Orders.RETURNED),
            line("c1").order("o3").worth(8).status(Orders.CANCELLED),
            line("c1").order("o4").worth(7).status(Orders.RETURNED));
    assertThat(
            sorted(
                OrderAmounts.netFromLines(orders, lines, false)
                    .rows()
                    .select("order_id", "status", "amount", "gross_amount", "returned_amount")))
        .containsExactly(
            "[o1,completed,42.0000,42.0000,12.0000]",
            "[o2,returned,50.0000,50.0000,50.0000]",
            "[o3,cancelled,8.0000,8.0000,8.0000]",
            "[o4,completed,7.0000,7.0000,0.0000]");
  }

  @Test
  void theDiscountOfAnOrderDoesNotDependOnAnotherOne() {
    Dataset<Row> lines =
        table(OrderLines.TABLE, line("c1").order("o3").worth(9).with(OrderLines.DISCOUNT, 1));
    for (OrderRow other : List.of(unpriced("o1"), order("c1").id("o1").worth(1))) {
      Dataset<Row> orders = table(Orders.TABLE, other, order("c1").id("o3").worth(9));
      assertThat(
              OrderAmounts.netFromLines(orders, lines, false)
                  .rows()
                  .where("order_id = 'o3' AND discount IS NULL")
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void ordersThatHaveNoDiscountOfTheirOwnHaveThatOfTheirLines() {
    Dataset<Row> orders = table(Orders.TABLE, order("c1").id("o3").worth(9), unpriced("o4"));
    Dataset<Row> lines =
        table(
            OrderLines.TABLE,
            line("c1").order("o3").worth(4).with(OrderLines.DISCOUNT, 1),
            line("c1").order("o3").worth(5).with(OrderLines.DISCOUNT, 2));
    assertThat(
            sorted(
                OrderAmounts.netFromLines(orders, lines, true)
                    .rows()
                    .select("order_id", "amount", "discount")))
        .containsExactly("[o3,9.0000,3.0000]", "[o4,0.0000,null]");
  }

  @Test
  void withoutOrdersAnOrderIsTheSumOfItsLines() {
    // Bought 30 + 12 = 42, of which the line of 12 came back; net 30. The 30 stand.
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(30).with(OrderLines.DISCOUNT, 3),
                line("c1").order("o1").on("2026-04-29").worth(12).status(Orders.RETURNED)))
        .containsExactly("[o1,c1,2026-04-29,completed,42.0000,42.0000,12.0000,3.0000]");
  }

  @Test
  void aNegativeLineIsGivenBack() {
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(30),
                line("c1").order("o1").on("2026-04-30").worth(-10)))
        .containsExactly("[o1,c1,2026-04-30,completed,20.0000,30.0000,10.0000,null]");
  }

  @Test
  void anOrderOfWhichNoLineStandsIsReturned() {
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(30).status(Orders.CANCELLED),
                line("c1").order("o1").on("2026-04-30").worth(-5)))
        .containsExactly("[o1,c1,2026-04-30,returned,25.0000,30.0000,35.0000,null]");
  }

  @Test
  void anOrderThatIsUndoneAsAWholeLeavesNothing() {
    // With a voucher of 9 in it: 45 - 9 = 36 are bought and given back.
    for (String status : List.of(Orders.CANCELLED, Orders.RETURNED)) {
      assertThat(
              fromLines(
                  line("c1").order("o1").on("2026-04-30").worth(45).status(status),
                  line("c1").order("o1").on("2026-04-30").worth(-9).status(status)))
          .containsExactly("[o1,c1,2026-04-30," + status + ",36.0000,36.0000,36.0000,null]");
    }
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(-9).status(Orders.RETURNED),
                line("c1").order("o1").on("2026-04-30").worth(-1).status(Orders.RETURNED)))
        .as("a record of what came back")
        .containsExactly("[o1,c1,2026-04-30,returned,-10.0000,0.0000,10.0000,null]");
  }

  @Test
  void aCreditNoteIsNoPurchaseWhateverStandsBesideIt() {
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(-32),
                line("c1").order("o1").on("2026-04-30").worth(0)))
        .containsExactly("[o1,c1,2026-04-30,returned,-32.0000,0.0000,32.0000,null]");
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(-15),
                line("c1").order("o1").on("2026-04-30").worth(40),
                line("c1").order("o1").on("2026-04-30").worth(-37)))
        .containsExactly("[o1,c1,2026-04-30,returned,-12.0000,40.0000,52.0000,null]");
    assertThat(fromLines(line("c1").order("o1").on("2026-04-30").worth(0)))
        .as("for nothing, but bought")
        .containsExactly("[o1,c1,2026-04-30,completed,0.0000,0.0000,0.0000,null]");
  }

  @Test
  void anOrderIdOfTwoCustomersIsTwoOrders() {
    assertThat(
            fromLines(
                line("c1").order("o1").on("2026-04-30").worth(30),
                line("c2").order("o1").on("2026-04-30").worth(4)))
        .extracting(text -> text.substring(0, 7))
        .containsExactly("[o1,c1,", "[o1,c2,");
  }

  @Test
  void aLineWithoutAnAmountIsQuantityTimesPriceLessDiscount() {
    // 3 * 2.50 - 1 = 6.5, with the price of the line before that of the product.
    LineRow line =
        line("c1")
            .product("p1")
            .units(3)
            .with(OrderLines.UNIT_PRICE, "2.5")
            .with(OrderLines.DISCOUNT, 1);
    assertThat(priced(line)).isEqualTo("[6.5000,books,null]");
  }

  @Test
  void priceAndCategoryComeFromTheProductWhereTheLineHasNone() {
    assertThat(priced(line("c1").product("p1").units(2))).isEqualTo("[20.0000,books,null]");
    assertThat(priced(line("c1").product("p1").units(-2))).isEqualTo("[-20.0000,books,null]");
    assertThat(priced(line("c1").product("p1").units(2).of("gifts").worth(7)))
        .isEqualTo("[7.0000,gifts,null]");
  }

  @Test
  void aLineThatHasNoValueBreaksARule() {
    String rule = "amount is missing, and so is quantity or a price";
    assertThat(priced(line("c1").product("p9").units(2))).isEqualTo("[null,null," + rule + "]");
    assertThat(priced(line("c1").product("p1"))).isEqualTo("[null,books," + rule + "]");
  }

  @Test
  void anAmountOfMoreDigitsThanMoneyHasIsNotTakenForNone() {
    assertThat(
            priced(
                line("c1")
                    .product("p9")
                    .with(OrderLines.AMOUNT, null)
                    .with(OrderLines.QUANTITY, 3)
                    .with(OrderLines.UNIT_PRICE, new BigDecimal("90000000000000"))))
        .isEqualTo("[null,null,amount is too large: quantity times price, less discount]");
    Dataset<Row> orders = table(Orders.TABLE, unpriced("o1"));
    Dataset<Row> lines =
        table(
            OrderLines.TABLE,
            line("c1").order("o1").worth("90000000000000"),
            line("c1").order("o1").worth("90000000000000"));
    assertThatThrownBy(() -> OrderAmounts.netFromLines(orders, lines, false).rows().collectAsList())
        .hasStackTraceContaining("the lines of one order sum up to more than money has digits for");
    assertThatThrownBy(() -> OrderAmounts.ordersFromLines(lines).collectAsList())
        .hasStackTraceContaining("the lines of one order sum up to more than money has digits for");
  }

  @Test
  void aLineThatIsBadAlreadyKeepsItsRule() {
    Dataset<Row> lines =
        table(OrderLines.TABLE, line("c1").product("p9")).withColumn("_rule", lit("earlier"));
    assertThat(OrderAmounts.priceLines(lines, products()).first().<String>getAs("_rule"))
        .isEqualTo("earlier");
  }

  private static OrderRow unpriced(String id) {
    return order("c1").id(id).with(Orders.AMOUNT, null);
  }

  private String net(String status, String amount) {
    OrderRow order = order("c1").worth(amount).with(Orders.STATUS, status);
    Dataset<Row> netted =
        OrderAmounts.net(table(Orders.TABLE, order).drop("gross_amount", "returned_amount"));
    return netted.selectExpr(FIGURES).first().toString();
  }

  private List<String> fromLines(LineRow... lines) {
    return sorted(
        OrderAmounts.ordersFromLines(table(OrderLines.TABLE, Arrays.asList(lines)))
            .selectExpr(
                "order_id",
                "customer_id",
                "to_date(ordered_at)",
                "status",
                "amount",
                "gross_amount",
                "returned_amount",
                "discount"));
  }

  private Dataset<Row> products() {
    return table(Products.TABLE, product("p1").of("books").at(10), product("p2").of("toys").at(4));
  }

  private String priced(LineRow line) {
    Dataset<Row> lines =
        table(OrderLines.TABLE, line).withColumn("_rule", lit(null).cast("string"));
    return OrderAmounts.priceLines(lines, products())
        .select("amount", "category", "_rule")
        .first()
        .toString();
  }
}
