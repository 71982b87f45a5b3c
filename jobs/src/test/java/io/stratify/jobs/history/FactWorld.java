package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.row;

import io.stratify.common.spark.FactRow;
import io.stratify.common.tables.CampaignTouches;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.ExperimentExposures;
import io.stratify.common.tables.Feedback;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.SurveyResponses;
import io.stratify.common.tables.TableSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;

/** Conformed tables that change as those of a warehouse do, by chance from a seed. */
final class FactWorld {
  private static final int CUSTOMERS = 6;

  final Map<TableSpec, List<FactRow<?>>> tables = new LinkedHashMap<>();
  private final Map<TableSpec, List<Row>> seen = new HashMap<>();
  private final Random random;
  private final FactDice dice;
  private LocalDate today;

  FactWorld(long seed, LocalDate first) {
    this.random = new Random(seed);
    this.today = first;
    this.dice = new FactDice(random);
    Facts.TABLES.forEach(t -> tables.put(t, new ArrayList<>()));
    for (int p = 0; p < 3; p++) {
      tables.get(Products.TABLE).add(row(Products.TABLE).with(Products.PRODUCT_ID, "p" + p));
    }
  }

  /** New facts on some new days. */
  void append(int days) {
    for (int d = 0; d < days; d++) {
      today = today.plusDays(1);
      add(today, 1 + random.nextInt(8));
    }
  }

  /** Facts of a day long past. */
  void late() {
    add(today.minusDays(random.nextInt(70)), 1 + random.nextInt(2));
  }

  /** New facts only, on a new day or on one long past. */
  void grow() {
    if (random.nextBoolean()) {
      append(1);
    } else {
      late();
    }
  }

  private void add(LocalDate day, int facts) {
    for (int i = 0; i < facts; i++) {
      FactRow<?> fact = dice.fact("c" + random.nextInt(CUSTOMERS), day);
      tables.get(fact.table()).add(fact);
    }
  }

  /** Another value in rows that are there: a status, a type, a cost, the end of a ticket. */
  void correct() {
    String now = today + "T23:59:59Z";
    change(Orders.TABLE, Orders.STATUS, dice.status());
    change(OrderLines.TABLE, OrderLines.CATEGORY, "category " + random.nextInt(4));
    change(Events.TABLE, Events.EVENT_TYPE, dice.any("pay", null));
    change(Products.TABLE, Products.COST, random.nextInt(9));
    change(SupportTickets.TABLE, SupportTickets.CLOSED_AT, now);
    change(Subscriptions.TABLE, Subscriptions.ENDED_ON, today);
    change(CampaignTouches.TABLE, CampaignTouches.CONVERTED_AT, now);
    change(ExperimentExposures.TABLE, ExperimentExposures.EXPOSED_AT, now);
    change(SurveyResponses.TABLE, SurveyResponses.SCORE, random.nextInt(12));
    change(Feedback.TABLE, Feedback.SENTIMENT, dice.sentiment());
  }

  private void change(TableSpec table, ColumnSpec column, Object value) {
    List<FactRow<?>> rows = tables.get(table);
    if (!rows.isEmpty()) {
      rows.get(random.nextInt(rows.size())).with(column, value);
    }
  }

  /** A value that moves to another column of the same row, which a careless hash does not see. */
  void move() {
    tables.get(Events.TABLE).stream()
        .skip(random.nextInt(5))
        .findFirst()
        .ifPresent(
            e -> {
              Object type = e.get(Events.EVENT_TYPE);
              e.with(Events.EVENT_TYPE, e.get(Events.FEATURE)).with(Events.FEATURE, type);
            });
  }

  /** Rows that are no more. */
  void delete() {
    facts().forEach(rows -> rows.removeIf(r -> random.nextInt(12) == 0));
  }

  /** A customer whose id another one has from now on, in all facts or in some. */
  void merge(boolean all) {
    String from = "c" + random.nextInt(CUSTOMERS);
    String to = "c" + random.nextInt(CUSTOMERS);
    facts()
        .forEach(
            rows ->
                rows.stream()
                    .filter(r -> from.equals(r.get(Customers.CUSTOMER_ID)))
                    .filter(r -> all || random.nextBoolean())
                    .forEach(r -> r.with(customer(r), to)));
  }

  /** A customer who is erased, or withheld; gives the id. */
  String remove() {
    String gone = "c" + random.nextInt(CUSTOMERS);
    facts().forEach(rows -> rows.removeIf(r -> gone.equals(r.get(customer(r)))));
    return gone;
  }

  /** An input that is no more. */
  void lose(TableSpec table) {
    tables.get(table).clear();
  }

  /** Changes in an order by chance. */
  List<Runnable> shuffled(Runnable... changes) {
    List<Runnable> all = new ArrayList<>(List.of(changes));
    Collections.shuffle(all, random);
    return all;
  }

  /**
   * A table that is not as it was.
   *
   * @param grown whether rows are to be added to it; otherwise all its rows are to be replaced
   */
  record Change(TableSpec table, List<FactRow<?>> rows, boolean grown) {}

  /**
   * What has changed since this was asked last. Tables that have only grown may be replaced too.
   */
  List<Change> changes() {
    boolean replaced = random.nextInt(5) == 0;
    List<Change> changes = new ArrayList<>();
    tables.forEach(
        (table, rows) -> {
          List<Row> now = rows.stream().<Row>map(FactRow::row).toList();
          List<Row> before = seen.put(table, now);
          if (!now.equals(before)) {
            changes.add(change(table, rows, replaced ? null : before, now));
          }
        });
    return changes;
  }

  private static Change change(
      TableSpec table, List<FactRow<?>> rows, List<Row> before, List<Row> now) {
    int n = before == null ? now.size() + 1 : before.size();
    return n <= now.size() && now.subList(0, n).equals(before)
        ? new Change(table, rows.subList(n, rows.size()), true)
        : new Change(table, rows, false);
  }

  private List<List<FactRow<?>>> facts() {
    return tables.entrySet().stream()
        .filter(t -> !t.getKey().equals(Products.TABLE))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static ColumnSpec customer(FactRow<?> row) {
    return row.table().column(Customers.CUSTOMER_ID.name()).orElseThrow();
  }
}
