package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Warehouses of some of the customers make a whole one together. */
class DemoRangeTest extends DemoSparkSuite {
  private static final LocalDate END = LocalDate.of(2026, 1, 1);
  private static final DemoSpec SPEC = new DemoSpec(450, 6, END, 7);

  @Test
  void rangesMakeTheWholeTogether() {
    DemoWarehouse whole = DemoWarehouse.of(spark(), SPEC).in(1);
    List<DemoWarehouse> parts =
        List.of(whole.only(0, 200).in(1), whole.only(200, 201).in(1), whole.only(201, 450).in(1));
    whole
        .tables()
        .forEach(
            (name, rows) ->
                assertThat(text(parts.stream().map(p -> p.tables().get(name))))
                    .as(name)
                    .isEqualTo(text(Stream.of(rows))));
    whole
        .answers()
        .forEach(
            (name, rows) ->
                assertThat(text(parts.stream().map(p -> p.answers().get(name))))
                    .as(name)
                    .isEqualTo(text(Stream.of(rows))));
  }

  /** Ids follow from the position alone, so that seeds can be mixed as long as positions differ. */
  @Test
  void noIdOfACustomerIsOneOfAnotherSeedsCustomer() {
    Stream.concat(LifeTables.SOURCES.stream(), LifeTables.ANSWERS.stream())
        .forEach(
            table -> {
              Map<String, Long> owners = new HashMap<>();
              for (long customer = 0; customer < 450; customer++) {
                long seed = customer / 30;
                DemoSpec spec = new DemoSpec(450, 6, END, seed);
                for (String id : ids(table, spec, customer)) {
                  assertThat(owners.put(id, seed)).as("%s %s", table.name(), id).isNull();
                }
              }
              assertThat(owners).as(table.name()).isNotEmpty();
            });
  }

  @Test
  void companiesOfMixedSeedsAreThere() {
    Set<String> named = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (long customer = 0; customer < 450; customer++) {
      DemoSpec spec = new DemoSpec(450, 6, END, customer / 30);
      String company = Companies.of(spec, Profile.of(spec, customer));
      Stream.ofNullable(company).forEach(named::add);
      known.addAll(ids(table(DemoWarehouse.ACCOUNTS), spec, customer));
    }
    assertThat(known).containsAll(named);
  }

  @Test
  void refusesARangeThatIsNone() {
    DemoWarehouse warehouse = DemoWarehouse.of(spark(), SPEC);
    assertThatThrownBy(() -> warehouse.only(100, 451))
        .hasMessage("Cannot take customers 100 to 451; positions go from 0 to 450");
    assertThatThrownBy(() -> warehouse.only(7, 7)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> warehouse.only(-1, 7)).isInstanceOf(IllegalArgumentException.class);
  }

  private static CustomerTable table(String name) {
    return LifeTables.SOURCES.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  /** The first column, without what is blank on purpose. */
  private static Set<String> ids(CustomerTable table, DemoSpec spec, long customer) {
    Set<String> ids = new HashSet<>();
    for (Row row : table.rowsOf(spec, customer)) {
      if (!row.isNullAt(0) && !row.getString(0).isBlank()) {
        ids.add(row.getString(0));
      }
    }
    return ids;
  }

  private static List<String> text(Stream<Dataset<Row>> parts) {
    return parts
        .flatMap(rows -> rows.collectAsList().stream())
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
