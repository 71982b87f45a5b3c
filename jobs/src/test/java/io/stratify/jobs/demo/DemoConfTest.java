package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import java.io.File;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class DemoConfTest extends DemoSparkSuite {
  private static final List<TableSpec> CANONICAL =
      List.of(Customers.TABLE, Products.TABLE, Orders.TABLE, OrderLines.TABLE, Events.TABLE);

  private final Config conf =
      ConfigFactory.parseFile(new File("../conf/demo.conf")).resolve().getConfig("stratify");

  @Test
  void everyInputMapsKnownColumnsFromColumnsThatExist() {
    Map<String, Dataset<Row>> tables = warehouse().tables();
    assertThat(conf.getConfig("inputs").root()).hasSize(CANONICAL.size());
    for (TableSpec table : CANONICAL) {
      Config input = conf.getConfig("inputs." + table.name());
      Dataset<Row> source = tables.get(input.getString("source"));
      for (var column : input.getConfig("columns").root().entrySet()) {
        var declared = table.column(column.getKey());
        assertThat(declared).as("%s.%s", table, column.getKey()).isPresent();
        String expression = (String) column.getValue().unwrapped();
        source.select(functions.expr(expression).cast(declared.get().type())).schema();
      }
    }
  }

  @Test
  void sourcesLieBelowTheOutputRoot() {
    for (String table : warehouse().tables().keySet()) {
      assertThat(conf.getString("sources." + table + ".path"))
          .isEqualTo("target/warehouse/demo/source/" + table);
    }
  }

  @Test
  void statesBecomeStatuses() {
    String status = conf.getString("inputs.orders.columns.status");
    List<Row> states =
        warehouse()
            .tables()
            .get(DemoWarehouse.ORDERS)
            .selectExpr(status)
            .distinct()
            .collectAsList();
    assertThat(states)
        .extracting(r -> r.getString(0))
        .containsExactlyInAnyOrderElementsOf(Orders.STATUSES);
  }

  private DemoWarehouse warehouse() {
    return DemoWarehouse.of(spark(), new DemoSpec(300, 12, LocalDate.of(2026, 1, 1), 42));
  }
}
