package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.DemoConfig.World;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** In the world of one cloud there is nothing to divide. */
class OneCloudTest extends DemoSparkSuite {
  private static final LocalDate END = LocalDate.of(2026, 1, 1);
  private static final DemoSpec SPEC = new DemoSpec(800, 24, END, 42, World.ONE_CLOUD);

  /** The features of the behaviour lens, in the scale in which they are clustered. */
  private static final Map<String, ToDoubleFunction<Life>> FIGURES = new LinkedHashMap<>();

  static {
    FIGURES.put("days known", Life::days);
    FIGURES.put("orders", life -> Math.log(life.paid()));
    FIGURES.put("days per order", life -> Math.log(life.days() / (double) life.paid()));
    FIGURES.put("average order", life -> Math.log(life.averageOrder()));
    FIGURES.put("lines per order", Life::linesPerOrder);
    FIGURES.put("categories", Life::categories);
    FIGURES.put("return share", Life::returnShare);
    FIGURES.put("discount share", Life::discountShare);
    FIGURES.put(
        "visits in 90 days",
        life -> life.between(SPEC.endDay() - 90, SPEC.endDay()).visits().size());
    FIGURES.put("events per visit", Life::eventsPerVisit);
  }

  @Test
  void everybodyIsTheSameKindAllLifeLong() {
    for (Life life : Life.of(SPEC)) {
      assertThat(life.who().phases()).hasSize(1);
      assertThat(life.who().persona()).isEqualTo(Persona.AVERAGE);
      assertThat(life.who().registered()).isBetween(SPEC.startDay(), SPEC.middleDay());
      assertThat(life.paid()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void hardlyAnybodyHasLapsed() {
    assertThat(Life.of(SPEC))
        .filteredOn(life -> life.between(SPEC.endDay() - 180, SPEC.endDay()).paid() == 0)
        .hasSizeLessThan(SPEC.customers() / 100);
  }

  @Test
  void everyFigureHasOneMode() {
    List<Life> lives = Life.of(SPEC);
    FIGURES.forEach(
        (name, figure) -> assertThat(Life.bimodality(lives, figure)).as(name).isBetween(0.2, 0.47));
  }

  /** So that the test above says something: the same measure finds the personas. */
  @Test
  void figuresOfPersonasHaveSeveralModes() {
    List<Life> lives =
        Life.of(new DemoSpec(800, 24, END, 42)).stream().filter(l -> l.paid() > 0).toList();
    for (String name : List.of("orders", "average order", "discount share")) {
      assertThat(Life.bimodality(lives, FIGURES.get(name))).as(name).isGreaterThan(5 / 9.0);
    }
  }

  @Test
  void rowsDoNotDependOnThePartitions() {
    DemoSpec small = new DemoSpec(100, 6, END, 7, World.ONE_CLOUD);
    Map<String, Dataset<Row>> one = DemoWarehouse.of(spark(), small).in(1).tables();
    Map<String, Dataset<Row>> eight = DemoWarehouse.of(spark(), small).in(8).tables();
    for (String table : List.of(DemoWarehouse.CUSTOMERS, DemoWarehouse.ORDERS)) {
      assertThat(text(one.get(table))).as(table).isEqualTo(text(eight.get(table))).isNotEmpty();
    }
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
