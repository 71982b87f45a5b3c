package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWarehouseTest extends DemoSparkSuite {
  private static final DemoSpec SPEC = new DemoSpec(3000, 24, LocalDate.of(2026, 1, 1), 42);
  private static final DemoSpec SMALL = new DemoSpec(300, 6, LocalDate.of(2025, 8, 15), 7);

  @Test
  void rowsDoNotDependOnThePartitions() {
    Map<String, Dataset<Row>> one = warehouse(SMALL).in(1).tables();
    Map<String, Dataset<Row>> eight = warehouse(SMALL).in(8).tables();
    one.forEach((name, rows) -> assertThat(text(rows)).as(name).isEqualTo(text(eight.get(name))));
    Map<String, Dataset<Row>> answers = warehouse(SMALL).in(8).answers();
    warehouse(SMALL)
        .in(1)
        .answers()
        .forEach(
            (name, rows) -> assertThat(text(rows)).as(name).isEqualTo(text(answers.get(name))));
  }

  @Test
  void anotherSeedGivesOtherRows() {
    DemoSpec other = new DemoSpec(SMALL.customers(), SMALL.months(), SMALL.end(), 8);
    Map<String, Dataset<Row>> tables = warehouse(other).tables();
    tables.remove(DemoWarehouse.PRODUCTS);
    Map<String, Dataset<Row>> first = warehouse(SMALL).tables();
    tables.forEach(
        (name, rows) -> assertThat(text(rows)).as(name).isNotEqualTo(text(first.get(name))));
  }

  @Test
  void aCustomerIsTheSameInALargerWarehouse() {
    DemoSpec larger = new DemoSpec(600, SMALL.months(), SMALL.end(), SMALL.seed());
    for (String table : List.of(DemoWarehouse.ORDERS, DemoWarehouse.EVENTS)) {
      assertThat(text(warehouse(larger).tables().get(table)))
          .containsAll(text(warehouse(SMALL).tables().get(table)));
    }
  }

  @Test
  void totalsAndDiscountsAgreeWithTheLines() {
    views(SPEC);
    assertThat(count("orders WHERE order_no NOT LIKE 'D%'")).isGreaterThan(20_000);
    assertThat(
            count(
                """
                (SELECT DISTINCT order_no, cast(total AS decimal(12,2)) t, discount FROM orders
                  WHERE order_no NOT LIKE 'D%') o
                FULL JOIN
                (SELECT order_no, sum(qty * price - discount) t, sum(discount) discount
                  FROM (SELECT DISTINCT * FROM lines WHERE order_no IS NOT NULL) GROUP BY order_no) l
                ON o.order_no = l.order_no
                WHERE NOT (o.t <=> l.t AND o.discount <=> l.discount)"""))
        .isZero();
  }

  @Test
  void refundsGiveBackNoMoreThanWasPaidAndComeLater() {
    views(SPEC);
    String refunds =
        """
        (SELECT DISTINCT * FROM orders WHERE state = 'refund') r LEFT JOIN
        (SELECT DISTINCT * FROM orders WHERE state = 'paid' AND order_no LIKE 'O%') o
        ON substring(o.order_no, 2) = substring(r.order_no, 2)""";
    assertThat(count(refunds)).isGreaterThan(1000);
    assertThat(
            count(
                refunds
                    + " WHERE o.order_no IS NULL OR o.customer <> r.customer"
                    + " OR r.ordered_at <= o.ordered_at OR cast(r.total AS double) >= 0"
                    + " OR cast(o.total AS double) + cast(r.total AS double) < 0"))
        .isZero();
  }

  @Test
  void noFactLiesOutsideTheCustomersTime() {
    for (DemoSpec spec : List.of(SPEC, SMALL, new DemoSpec(200, 2, SPEC.end(), 1))) {
      views(spec);
      String facts =
          """
          (SELECT customer, try_to_timestamp(ordered_at) AS t FROM orders UNION ALL
           SELECT customer, try_to_timestamp(at) AS t FROM events)
          JOIN customers ON cust_id = customer WHERE t IS NOT NULL""";
      assertThat(count(facts)).isGreaterThan(spec.customers());
      assertThat(count(facts + " AND NOT (t >= registered AND t < '" + spec.end() + "')")).isZero();
      assertThat(count("customers WHERE registered < '" + spec.start() + "'")).isZero();
    }
  }

  @Test
  void personasHaveTheirShares() {
    Dataset<Row> answers = warehouse(SPEC).answers().get(DemoWarehouse.ANSWERS);
    for (Persona persona : Persona.USUAL) {
      long customers = answers.filter("persona = '" + persona.id() + "'").count();
      assertThat(customers / 3000.0).as(persona.id()).isBetween(0.15, 0.25);
    }
    assertThat(answers.filter("persona <> first_persona").count() / 3000.0)
        .isCloseTo(0.05, within(0.015));
    assertThat(answers.filter("(changed_on IS NULL) <> (persona = first_persona)").count())
        .isZero();
  }

  @Test
  void someCustomersNeverOrder() {
    views(SPEC);
    double never = count("customers LEFT ANTI JOIN orders ON customer = cust_id") / 3000.0;
    assertThat(never).isCloseTo(0.03, within(0.015));
  }

  @Test
  void writesEveryTableAndTellsItsRows(@TempDir Path folder) {
    List<DemoWriter.Written> written = new ArrayList<>();
    DemoWriter writer = new DemoWriter(written::add);
    writer.write(warehouse(SMALL).tables(), folder + "/");
    writer.write(warehouse(SMALL).tables(), folder.toString());
    assertThat(written).hasSize(2 * 15);
    for (DemoWriter.Written table : written) {
      Dataset<Row> read = spark().read().parquet(table.path());
      assertThat(table.path()).isEqualTo(folder + "/" + table.table());
      assertThat(read.count()).isEqualTo(table.rows()).isPositive();
      assertThat(text(read)).isEqualTo(text(warehouse(SMALL).tables().get(table.table())));
    }
  }

  private DemoWarehouse warehouse(DemoSpec spec) {
    return DemoWarehouse.of(spark(), spec);
  }

  private void views(DemoSpec spec) {
    Map<String, Dataset<Row>> tables = warehouse(spec).tables();
    tables.get(DemoWarehouse.CUSTOMERS).createOrReplaceTempView("customers");
    tables.get(DemoWarehouse.ORDERS).createOrReplaceTempView("orders");
    tables.get(DemoWarehouse.ORDER_LINES).createOrReplaceTempView("lines");
    tables.get(DemoWarehouse.EVENTS).createOrReplaceTempView("events");
  }

  private long count(String from) {
    return spark().sql("SELECT count(*) FROM " + from).head().getLong(0);
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
