package io.stratify.common.tables;

import java.util.List;
import java.util.Optional;

/**
 * What conform needs to know of a canonical table that a source can feed.
 *
 * @param table declaration
 * @param key columns that identify a row where all of them are given; may be empty
 * @param time when a row happened, if it did: the latest of contradicting rows, and the age of the
 *     newest row, go by it
 * @param references columns that name a row of another input
 * @param human whether people write it, so that a list in the configuration may stand for a source
 */
public record InputSpec(
    TableSpec table,
    List<String> key,
    Optional<ColumnSpec> time,
    List<Reference> references,
    boolean human) {
  private static final List<TableSpec> LOOKED_UP =
      List.of(Customers.TABLE, Accounts.TABLE, Products.TABLE);

  /**
   * A column that names a row of another input.
   *
   * @param column the column
   * @param input the other input
   * @param target its column
   */
  public record Reference(ColumnSpec column, TableSpec input, ColumnSpec target) {}

  /** Makes the lists immutable. */
  public InputSpec {
    key = List.copyOf(key);
    references = List.copyOf(references);
  }

  /** Whether rows belong to a customer, and so follow his identity and his consent. */
  public boolean ofCustomer() {
    return table.column(Customers.CUSTOMER_ID.name()).isPresent();
  }

  /** When a row happened, if it did; order lines have the time of their order. */
  public Optional<ColumnSpec> occurredAt() {
    return table.equals(OrderLines.TABLE) ? Optional.of(OrderLines.ORDERED_AT) : time;
  }

  /**
   * Whether other tables find its rows by key, so that two rows with one key would double theirs.
   */
  public boolean lookedUp() {
    return human || LOOKED_UP.contains(table);
  }

  static InputSpec of(TableSpec table) {
    return new InputSpec(table, table.key(), Optional.empty(), List.of(), false);
  }

  static InputSpec human(TableSpec table) {
    return new InputSpec(table, table.key(), Optional.empty(), List.of(), true);
  }

  InputSpec at(ColumnSpec column) {
    return new InputSpec(table, key, Optional.of(column), references, human);
  }

  InputSpec keyed(ColumnSpec... columns) {
    List<String> names = List.of(columns).stream().map(ColumnSpec::name).toList();
    return new InputSpec(table, names, time, references, human);
  }

  InputSpec naming(ColumnSpec column, TableSpec input, ColumnSpec target) {
    List<Reference> more = new java.util.ArrayList<>(references);
    more.add(new Reference(column, input, target));
    return new InputSpec(table, key, time, more, human);
  }
}
