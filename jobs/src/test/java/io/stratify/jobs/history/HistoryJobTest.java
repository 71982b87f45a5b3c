package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.event;
import static io.stratify.common.spark.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.stratify.common.config.ErasureConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Months;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.erasure.Erasure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryJobTest extends SparkSuite {
  @TempDir Path folder;
  private JobContext context;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() {
    context = context(0);
  }

  private JobContext context(int reReadDays) {
    return context(Map.of("history.re-read-days", String.valueOf(reReadDays)));
  }

  private JobContext context(int reReadDays, String asOf) {
    return Defaults.context(
        spark(),
        folder,
        LocalDate.parse(asOf),
        Defaults.config(Map.of("history.re-read-days", String.valueOf(reReadDays))),
        new ArrayList<>());
  }

  private JobContext context(Map<String, String> settings) {
    return Defaults.context(spark(), folder, Defaults.config(settings), new ArrayList<>());
  }

  /**
   * Every kind of change, in an order that follows from the seed, a few of them per run; and after
   * some such runs one of tables that have only grown.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRefreshGivesWhatARebuildGives(long seed) {
    FactWorld world = new FactWorld(seed, LocalDate.of(2024, 1, 15));
    world.append(60);
    refresh(world);
    List<Runnable> changes =
        world.shuffled(
            () -> world.append(1),
            world::late,
            world::correct,
            world::move,
            world::delete,
            () -> world.merge(true),
            () -> world.merge(false),
            () -> eraseFromHistory(world.remove()),
            () -> world.lose(Events.TABLE));
    for (int i = 0; i < changes.size(); i++) {
      changes.get(i).run();
      if (i % 3 == 2) {
        refresh(world);
      }
      if (i % 6 == 2) {
        world.grow();
        refresh(world);
      }
    }
  }

  private void erase(String customer) {
    erase(context.lake(), customer);
  }

  private static void erase(Lake lake, String customer) {
    new Erasure(lake, new ErasureConfig(Optional.of("the key of the hashes")), Instant.EPOCH)
        .erase(List.of(customer));
  }

  /**
   * As {@code forget} does, which takes long, on the history alone: conform makes the rest anew.
   */
  private void eraseFromHistory(String customer) {
    Path history = folder.resolve("history");
    try {
      Files.createDirectory(history);
      for (TableSpec table : new HistoryJob().writes()) {
        Files.createSymbolicLink(history.resolve(table.name()), folder.resolve(table.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    erase(new Lake(spark(), history.toString(), new CommitStamp("test", "none", "0")), customer);
  }

  private void refresh(FactWorld world) {
    for (FactWorld.Change change : world.changes()) {
      Dataset<Row> rows = table(change.table(), change.rows());
      if (change.grown()) {
        append(change.table(), rows);
      } else {
        write(change.table(), rows);
      }
    }
    HistoryResult result = run(context);
    Map<TableSpec, Dataset<Row>> conformed = new HashMap<>();
    world.tables.forEach((t, rows) -> conformed.put(t, table(t, rows)));
    assertThat(sorted(history().drop(TableSpec.MONTH.name())))
        .as("after %s", result.sentence())
        .isEqualTo(sorted(CustomerDays.from(conformed)));
  }

  @Test
  void onlyDaysWithOtherFactsAreComputedAgain() {
    write(Orders.TABLE, order("a").on("2026-01-05").worth(1), order("b").on("2026-01-06").worth(2));
    write(Events.TABLE, event("a").on("2026-01-06"), event("a").on("2026-02-07"));
    assertThat(run(context).sentence())
        .isEqualTo("3 of 3 days recomputed (4 customer days), first build");
    assertThat(run(context).sentence()).isEqualTo("0 of 3 days recomputed (0 customer days)");
    write(
        Events.TABLE,
        event("a").on("2026-01-06"),
        event("c").on("2026-01-06"),
        event("a").on("2026-02-08"));
    // Three customers on 6 January, one on 8 February, and nobody any more on the 7th.
    assertThat(run(context).sentence()).isEqualTo("3 of 3 days recomputed (4 customer days)");
    assertThat(days())
        .containsExactly(
            "a 2026-01-05", "a 2026-01-06", "a 2026-02-08", "b 2026-01-06", "c 2026-01-06");
    assertThat(new HistoryJob(true).run(context).sentence())
        .isEqualTo("3 of 3 days recomputed (5 customer days), rebuilt as told");
  }

  @Test
  void monthsWithoutAChangeKeepTheirFiles() {
    write(Events.TABLE, event("a").on("2026-01-06"), event("a").on("2026-02-07"));
    run(context);
    List<String> before = files("2026-01-01");
    write(Events.TABLE, event("a").on("2026-01-06"), event("b").on("2026-02-07"));
    run(context);
    assertThat(files("2026-01-01")).isEqualTo(before).isNotEmpty();
    assertThat(days()).containsExactly("a 2026-01-06", "b 2026-02-07");
  }

  private List<String> files(String month) {
    return List.of(history().where("month = '" + month + "'").inputFiles());
  }

  /** Texts of chance, so that files are not small for being alike. */
  private Dataset<Row> many(TableSpec table, long rows, Map<ColumnSpec, String> columns) {
    return spark()
        .range(rows)
        .selectExpr(
            table.body().stream()
                .map(
                    c ->
                        String.format(
                            Locale.ROOT,
                            "CAST(%s AS %s) AS %s",
                            columns.getOrDefault(c, "NULL"),
                            c.type().sql(),
                            c.name()))
                .toArray(String[]::new));
  }

  @Test
  void aMonthOfFewFactsIsOneFileHoweverManyProductsThereAre() {
    write(
        OrderLines.TABLE,
        many(
            OrderLines.TABLE,
            3000,
            Map.of(
                OrderLines.ORDER_ID, "sha2(string(id), 256)",
                OrderLines.CUSTOMER_ID, "'c' || id % 9",
                OrderLines.ORDERED_AT, "TIMESTAMP'2026-01-05 12:00:00'",
                OrderLines.PRODUCT_ID, "sha2(string(id % 1000), 224)",
                OrderLines.QUANTITY, "1")));
    write(
        Products.TABLE,
        many(
            Products.TABLE,
            1000,
            Map.of(Products.PRODUCT_ID, "sha2(string(id), 224)", Products.COST, "2")));
    run(context);
    assertThat(files("2026-01-01")).hasSize(1);
    assertThat(history().selectExpr("sum(units)", "count(*)").first()).hasToString("[3000.0000,9]");
  }

  @Test
  void whatWasAddedToTablesIsAddedToTheirDays() {
    write(Orders.TABLE, order("a").on("2026-01-05").worth(1));
    write(Events.TABLE, event("a").on("2026-01-06").session("s"));
    run(context);
    List<String> before = files("2026-01-01");
    append(
        Orders.TABLE, order("b").on("2026-01-05").worth(2), order("a").on("2026-02-01").worth(4));
    assertThat(run(context).sentence()).isEqualTo("2 of 3 days recomputed (2 customer days)");
    assertThat(files("2026-01-01")).containsAll(before).hasSize(before.size() + 1);
    assertIsARebuild();
    assertThat(run(context).sentence()).isEqualTo("0 of 3 days recomputed (0 customer days)");
  }

  /** The session of the late event is one that was counted: only all facts of the day show it. */
  @Test
  void aDayOfACustomerThatGetsMoreFactsIsComputedAgain() {
    write(Orders.TABLE, order("a").on("2026-01-05").worth(1));
    write(Events.TABLE, event("a").on("2026-01-06").session("s"), event("b").on("2026-01-06"));
    run(context);
    append(Events.TABLE, event("a").on("2026-01-06").session("s"));
    assertThat(run(context).sentence()).isEqualTo("1 of 2 days recomputed (2 customer days)");
    Row day = history().where("customer_id = 'a' AND day = '2026-01-06'").first();
    assertThat(day.<Long>getAs("events")).isEqualTo(2);
    assertThat(day.<Long>getAs("sessions")).isEqualTo(1);
    assertIsARebuild();
  }

  @Test
  void aTableThatLostRowsAsWellIsComparedAsAWhole() {
    write(Events.TABLE, event("a").on("2026-01-05"), event("b").on("2026-01-06"));
    run(context);
    append(Events.TABLE, event("c").on("2026-01-07"));
    DeltaTable.forPath(spark(), context.lake().path(Events.TABLE)).delete("customer_id = 'a'");
    assertThat(run(context).sentence()).isEqualTo("2 of 2 days recomputed (1 customer day)");
    assertThat(days()).containsExactly("b 2026-01-06", "c 2026-01-07");
    append(Events.TABLE, event("c").on("2026-01-08"));
    assertThat(run(context).sentence()).isEqualTo("1 of 3 days recomputed (1 customer day)");
    assertIsARebuild();
  }

  private void assertIsARebuild() {
    List<String> refreshed = sorted(history());
    List<String> prints = sorted(prints());
    new HistoryJob(true).run(context);
    assertThat(refreshed).isEqualTo(sorted(history()));
    assertThat(prints).isEqualTo(sorted(prints()));
  }

  private Dataset<Row> prints() {
    return context
        .lake()
        .read(HistoryDay.TABLE, "test")
        .select(
            HistoryDay.DAY.col(),
            HistoryDay.FACTS.col(),
            HistoryDay.LOW_SUM.col(),
            HistoryDay.HIGH_SUM.col());
  }

  private void append(TableSpec table, FactRow<?>... rows) {
    append(table, table(table, List.of(rows)));
  }

  private void append(TableSpec table, Dataset<Row> rows) {
    rows.select(table.cols())
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(context.lake().path(table));
  }

  @Test
  void aRunThatEndedBetweenItsTwoWritesIsMadeGood() {
    FactRow<?> first = order("a").on("2026-01-05").worth(1);
    write(Orders.TABLE, first);
    run(context);
    Dataset<Row> remembered =
        spark()
            .createDataFrame(
                context.lake().read(HistoryDay.TABLE, "t").collectAsList(),
                HistoryDay.TABLE.bodySchema());
    write(Orders.TABLE, first, order("a").on("2026-01-05").worth(5));
    run(context);
    // The run was killed before it could write what it remembers, and then the source took the
    // order back: the facts are again those that are remembered, and the table is not theirs.
    write(HistoryDay.TABLE, remembered);
    write(Orders.TABLE, first);
    assertThat(run(context).sentence())
        .isEqualTo(
            "1 of 1 day recomputed (1 customer day), made anew: the last run did not finish");
    assertThat(history().first().<Long>getAs("orders")).isEqualTo(1);
  }

  @Test
  void aTableThatWasDeclaredOtherwiseIsMadeAnew() {
    DeltaTable.create(spark())
        .location(context.lake().path(CustomerDay.TABLE))
        .addColumn("customer_id", "STRING")
        .property("stratify.table", CustomerDay.TABLE.name())
        .execute();
    write(Events.TABLE, event("a").on("2026-01-06"));
    context.lake().preflight(new HistoryJob().writes());
    assertThat(run(context).sentence()).contains("1 of 1 day", "made anew: it is declared");
    assertThat(history().schema().fieldNames()).isEqualTo(CustomerDay.TABLE.schema().fieldNames());
    assertThat(run(context).sentence()).isEqualTo("0 of 1 day recomputed (0 customer days)");
  }

  @Test
  void otherMeaningsOfTheColumnsAreSeen() {
    write(Events.TABLE, event("a").on("2026-01-06"));
    run(context);
    Column[] columns = HistoryDay.TABLE.cols();
    columns[List.of(HistoryDay.TABLE.schema().fieldNames()).indexOf(HistoryDay.DEFINITION.name())] =
        org.apache.spark.sql.functions.lit("another").as(HistoryDay.DEFINITION.name());
    List<Row> other = context.lake().read(HistoryDay.TABLE, "t").select(columns).collectAsList();
    write(HistoryDay.TABLE, spark().createDataFrame(other, HistoryDay.TABLE.bodySchema()));
    assertThat(run(context).sentence())
        .endsWith("made anew: its columns are declared otherwise now");
  }

  @Test
  void aWindowTrustsTheDaysBeforeIt() {
    // The as-of date is 1 May 2026, so the window begins on 24 April.
    write(Events.TABLE, april("a", "a"));
    run(context(7));
    write(Events.TABLE, april("b", "b"));
    assertThat(run(context(7)).sentence()).startsWith("1 of 3 days");
    assertThat(days()).containsExactly("a 2026-04-23", "b 2026-04-24", "c 2026-05-03");
    assertThat(run(context(0)).sentence()).startsWith("1 of 3 days");
    assertThat(days()).containsExactly("b 2026-04-23", "b 2026-04-24", "c 2026-05-03");
  }

  private static List<FactRow<?>> april(String before, String within) {
    return List.of(
        event(before).on("2026-04-23"),
        event(within).on("2026-04-24"),
        event("c").on("2026-05-03"));
  }

  /** The run before was of an earlier date: no run has looked at the days in between. */
  @Test
  void aWindowReachesBackToTheRunBefore() {
    write(Events.TABLE, event("a").on("2026-03-24"), event("a").on("2026-12-31"));
    run(context(7, "2026-04-01"));
    write(
        Events.TABLE,
        event("b").on("2026-03-24"),
        event("b").on("2026-03-25"),
        event("a").on("2026-04-10"),
        event("a").on("2026-12-31"));
    assertThat(run(context(7)).sentence()).startsWith("2 of 4 days");
    assertThat(days())
        .containsExactly("a 2026-03-24", "a 2026-04-10", "a 2026-12-31", "b 2026-03-25");
  }

  @Test
  void aWindowTrustsNoDaysOfAnotherMapping() {
    write(Events.TABLE, april("a", "a"));
    run(context(7));
    write(Events.TABLE, april("b", "b"));
    JobContext other = context(Map.of("history.re-read-days", "7", "conform.currency.base", "JPY"));
    assertThat(run(other).sentence())
        .endsWith(
            "made anew: its inputs are mapped otherwise now, also the days before"
                + " history.re-read-days");
    assertThat(days()).containsExactly("b 2026-04-23", "b 2026-04-24", "c 2026-05-03");
    assertThat(run(other).sentence()).startsWith("0 of 3 days");
  }

  @Test
  void whoIsForgottenIsInNoFingerprintAndDoesNotComeBack() {
    write(Events.TABLE, event("a").on("2026-01-06"), event("b").on("2026-01-07"));
    run(context);
    erase("a");
    assertThat(days()).containsExactly("b 2026-01-07");
    assertThat(sorted(context.lake().read(HistoryDay.TABLE, "t").select("day")))
        .containsExactly("[2026-01-07]");
    assertThat(run(context).sentence()).isEqualTo("0 of 1 day recomputed (0 customer days)");
    assertThat(days()).containsExactly("b 2026-01-07");
  }

  /** Nothing is remembered of a day on which somebody who was forgotten had facts, too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 400})
  void aDayOfSomebodyForgottenThatLosesItsOtherFactsIsGone(int reReadDays) {
    context = context(reReadDays);
    write(Events.TABLE, event("a").on("2026-01-06"), event("b").on("2026-01-06"));
    run(context);
    erase("a");
    write(Events.TABLE, event("b").on("2026-01-07"));
    run(context);
    assertThat(days()).containsExactly("b 2026-01-07");
    assertThat(run(context).sentence()).isEqualTo("0 of 1 day recomputed (0 customer days)");
  }

  @Test
  void withoutFactsTheTableIsEmptyAndWithoutTablesThereIsNoHistory() {
    assertThatThrownBy(() -> run(context))
        .hasMessageStartingWith("Cannot compute history: there are no conformed tables in ")
        .hasMessageEndingWith("./stratify conform --as-of 2026-05-01");
    write(Orders.TABLE);
    assertThat(run(context).sentence())
        .isEqualTo("0 of 0 days recomputed (0 customer days), first build");
    assertThat(history().isEmpty()).isTrue();
    assertThat(new Months(context.lake(), CustomerDay.TABLE).generation()).isEqualTo(1);
  }

  private static HistoryResult run(JobContext context) {
    return (HistoryResult) new HistoryJob().run(context);
  }

  private void write(TableSpec table, FactRow<?>... rows) {
    write(table, List.of(rows));
  }

  private void write(TableSpec table, List<FactRow<?>> rows) {
    write(table, table(table, rows));
  }

  private void write(TableSpec table, Dataset<Row> rows) {
    context.lake().replace(table, new Snapshot(Defaults.AS_OF, 1), rows.coalesce(1), "test");
  }

  private Dataset<Row> history() {
    return context.lake().read(CustomerDay.TABLE, "test");
  }

  private List<String> days() {
    return history().collectAsList().stream()
        .map(r -> r.getAs("customer_id") + " " + r.getAs("day"))
        .sorted()
        .toList();
  }
}
