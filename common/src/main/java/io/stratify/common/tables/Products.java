package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** Conformed products. */
public final class Products {
  private static final TableSpec.Builder T = TableSpec.whole("products", "One row per product.");

  /** {@code product_id}. */
  public static final ColumnSpec PRODUCT_ID = T.key("product_id", StringType, "id of the product");

  /** {@code name}. */
  public static final ColumnSpec NAME = T.column("name", StringType, "name of the product");

  /** {@code category}. */
  public static final ColumnSpec CATEGORY =
      T.column("category", StringType, "category of the product");

  /** {@code price}. */
  public static final ColumnSpec PRICE = T.column("price", TableSpec.MONEY, "list price of a unit");

  /** {@code cost}. */
  public static final ColumnSpec COST = T.column("cost", TableSpec.MONEY, "cost of a unit");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Products() {}
}
