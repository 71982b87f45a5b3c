package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How large markets are, as people found it. */
public final class MarketSizes {
  private static final TableSpec.Builder T =
      TableSpec.whole("market_sizes", "One row per market that a segment stands for.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens of the segment");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "segment");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "customers in the market, ours included");

  /** {@code yearly_revenue}. */
  public static final ColumnSpec YEARLY_REVENUE =
      T.column("yearly_revenue", TableSpec.MONEY, "revenue of the market per year");

  /** {@code yearly_growth}. */
  public static final ColumnSpec YEARLY_GROWTH =
      T.column("yearly_growth", DoubleType, "growth per year, e.g. 0.05");

  /** {@code evidence}. */
  public static final ColumnSpec EVIDENCE =
      T.column("evidence", StringType, "where the figures come from");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private MarketSizes() {}
}
