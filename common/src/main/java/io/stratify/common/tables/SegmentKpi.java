package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What the segments are worth. */
public final class SegmentKpi {
  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_kpi", "What one segment is worth; one without customers has no row.");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "segment");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "number of customers");

  /** {@code revenue}. */
  public static final ColumnSpec REVENUE =
      T.column(
          "revenue",
          TableSpec.MONEY_SUM,
          "net revenue up to the as-of date; empty where there are no orders");

  /** {@code revenue_share}. */
  public static final ColumnSpec REVENUE_SHARE =
      T.column(
          "revenue_share",
          DoubleType,
          "share of the net revenue of all customers, losses included (the tiers of lens value"
              + " leave these out); empty where that is not positive");

  /** {@code average_order}. */
  public static final ColumnSpec AVERAGE_ORDER =
      T.column(
          "average_order", DoubleType, "value of a completed order on average, before returns");

  /** {@code repeat_rate}. */
  public static final ColumnSpec REPEAT_RATE =
      T.column("repeat_rate", DoubleType, "share of buyers with two completed orders or more");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentKpi() {}
}
