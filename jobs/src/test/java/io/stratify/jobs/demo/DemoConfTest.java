package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import java.io.File;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class DemoConfTest extends DemoSparkSuite {
  private final Config conf =
      ConfigFactory.parseFile(new File("../conf/demo.conf")).resolve().getConfig("stratify");

  @Test
  void everyInputMapsKnownColumnsFromColumnsThatExist() {
    Map<String, Dataset<Row>> tables = warehouse().tables();
    assertThat(conf.getConfig("inputs").root()).hasSize(Inputs.ALL.size());
    for (TableSpec table : Inputs.ALL) {
      Config input = input(table);
      if (input.hasPath("rows")) {
        assertThat(Inputs.spec(table).human()).as("%s is written by people", table).isTrue();
        continue;
      }
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
  void everyInputOfASourceHasRulesThatFitItsTable() {
    for (TableSpec table : Inputs.ALL) {
      Config input = input(table);
      assertThat(input.hasPath("rows") || input.hasPath("rules")).as("%s", table).isTrue();
      Dataset<Row> none = spark().createDataFrame(List.of(), table.bodySchema());
      for (Config rule :
          input.hasPath("rules") ? input.getConfigList("rules") : List.<Config>of()) {
        if (rule.hasPath("sql")) {
          assertThat(none.selectExpr(rule.getString("sql")).schema().fields()[0].dataType())
              .as("%s: %s", table, rule.getString("sql"))
              .isEqualTo(DataTypes.BooleanType);
        }
      }
    }
  }

  @Test
  void whatPeopleWriteFitsTogether() {
    assertThat(column("value_drivers", "driver_id")).isEqualTo(Temper.DRIVERS);
    assertThat(Temper.DRIVERS)
        .containsAll(column("competitor_scores", "driver_id"))
        .containsAll(column("initiatives", "driver_id"));
    List<String> features =
        CustomerFeatures.TABLE.columns().stream().map(ColumnSpec::name).toList();
    assertThat(features).containsAll(column("value_drivers", "feature"));
    List<String> experiments =
        warehouse()
            .tables()
            .get(DemoWarehouse.EXPOSURES)
            .filter("exposure_no LIKE 'Q%'")
            .select("experiment")
            .distinct()
            .collectAsList()
            .stream()
            .map(r -> r.getString(0))
            .toList();
    assertThat(column("hypotheses", "experiment_id"))
        .containsExactlyInAnyOrderElementsOf(experiments);
  }

  private List<String> column(String table, String column) {
    return conf.getConfigList("inputs." + table + ".rows").stream()
        .filter(row -> row.hasPath(column))
        .map(row -> row.getString(column))
        .toList();
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

  private Config input(TableSpec table) {
    return conf.getConfig("inputs." + table.name());
  }

  private DemoWarehouse warehouse() {
    return DemoWarehouse.of(spark(), new DemoSpec(300, 12, LocalDate.of(2026, 1, 1), 42));
  }
}
