package io.stratify.common.tables;

import java.util.List;
import java.util.Optional;

/** The canonical tables that a configuration can feed from a source. */
public final class Inputs {
  /** Every one, what describes customers and products before the facts. */
  public static final List<TableSpec> ALL =
      List.of(Customers.TABLE, Products.TABLE, Orders.TABLE, OrderLines.TABLE, Events.TABLE);

  private static final List<ColumnSpec> DERIVED =
      List.of(Orders.GROSS_AMOUNT, Orders.RETURNED_AMOUNT);

  private Inputs() {}

  /** The input of this name, if there is one. */
  public static Optional<TableSpec> find(String table) {
    return ALL.stream().filter(t -> t.name().equals(table)).findFirst();
  }

  /** The columns that Stratify computes itself; nothing can be mapped to them. */
  public static List<ColumnSpec> derived(TableSpec table) {
    return table.columns().stream().filter(DERIVED::contains).toList();
  }

  /** The columns that every mapping of the table has to give. */
  public static List<ColumnSpec> required(TableSpec table) {
    return table.columns().stream().filter(ColumnSpec::required).toList();
  }
}
