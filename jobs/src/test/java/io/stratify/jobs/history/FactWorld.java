package io.stratify.jobs.history;

import static io.stratify.common.spark.Facts.event;
import static io.stratify.common.spark.Facts.line;
import static io.stratify.common.spark.Facts.order;
import static io.stratify.common.spark.Facts.row;

import io.stratify.common.spark.FactRow;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.SupportTickets;
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
  private static final String[] STATUSES = {Orders.COMPLETED, Orders.COMPLETED, Orders.RETURNED};
  private static final int CUSTOMERS = 6;

  final Map<TableSpec, List<FactRow<?>>> tables = new LinkedHashMap<>();
  private final Map<TableSpec, List<Row>> seen = new HashMap<>();
  private final Random random;
  private LocalDate today;

  FactWorld(long seed, LocalDate first) {
    this.random = new Random(seed);
    this.today = first;
    for (TableSpec t :
        List.of(
            Orders.TABLE, OrderLines.TABLE, Events.TABLE, SupportTickets.TABLE, Products.TABLE)) {
      tables.put(t, new ArrayList<>());
    }
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

  private void add(LocalDate day, int facts) {
    for (int i = 0; i < facts; i++) {
      String customer = "c" + random.nextInt(CUSTOMERS);
      String at = day.atTime(random.nextInt(24), 30) + ":00Z";
      switch (random.nextInt(4)) {
        case 0 -> add(order(customer).at(at).worth(random.nextInt(400) / 4.0));
        case 1 ->
            add(
                line(customer)
                    .at(at)
                    .product("p" + random.nextInt(4))
                    .units(random.nextInt(4))
                    .worth(random.nextInt(90))
                    .of("category " + random.nextInt(3)));
        case 2 ->
            add(
                event(customer)
                    .at(at)
                    .session("s" + random.nextInt(3))
                    .with(Events.EVENT_TYPE, random.nextBoolean() ? "view" : null)
                    .with(Events.FEATURE, random.nextBoolean() ? "view" : null));
        default ->
            add(
                row(SupportTickets.TABLE)
                    .with(SupportTickets.TICKET_ID, "t" + random.nextInt())
                    .with(SupportTickets.CUSTOMER_ID, customer)
                    .with(SupportTickets.OPENED_AT, at)
                    .with(SupportTickets.SATISFACTION, random.nextInt(5)));
      }
    }
  }

  private void add(FactRow<?> fact) {
    tables.get(fact.table()).add(fact);
  }

  /** Another value in rows that are there: a status, a type, a cost, the end of a ticket. */
  void correct() {
    change(Orders.TABLE, Orders.STATUS, STATUSES[random.nextInt(STATUSES.length)]);
    change(OrderLines.TABLE, OrderLines.CATEGORY, "category " + random.nextInt(4));
    change(Events.TABLE, Events.EVENT_TYPE, random.nextBoolean() ? "pay" : null);
    change(Products.TABLE, Products.COST, random.nextInt(9));
    change(SupportTickets.TABLE, SupportTickets.CLOSED_AT, today + "T23:59:59Z");
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

  /** The tables that are not as they were when this was asked last. */
  List<TableSpec> changed() {
    List<TableSpec> changed = new ArrayList<>();
    tables.forEach(
        (table, rows) -> {
          List<Row> now = rows.stream().<Row>map(FactRow::row).toList();
          if (!now.equals(seen.put(table, now))) {
            changed.add(table);
          }
        });
    return changed;
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
