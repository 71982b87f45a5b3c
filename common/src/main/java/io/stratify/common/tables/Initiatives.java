package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What could be done, as people estimated it. */
public final class Initiatives {
  private static final TableSpec.Builder T =
      TableSpec.whole("initiatives", "One row per initiative that could be undertaken.");

  /** {@code initiative_id}. */
  public static final ColumnSpec INITIATIVE_ID =
      T.key("initiative_id", StringType, "id of the initiative");

  /** {@code name}. */
  public static final ColumnSpec NAME = T.required("name", StringType, "name for people");

  /** {@code lens}. */
  public static final ColumnSpec LENS =
      T.column("lens", StringType, "lens of the segment; empty for all customers");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.column("segment_id", StringType, "segment; empty for all customers");

  /** {@code driver_id}. */
  public static final ColumnSpec DRIVER_ID =
      T.column("driver_id", StringType, "value driver that it improves");

  /** {@code impact}. */
  public static final ColumnSpec IMPACT =
      T.column(
          "impact", DoubleType, "expected share of added revenue per customer reached, e.g. 0.05");

  /** {@code confidence}. */
  public static final ColumnSpec CONFIDENCE =
      T.column("confidence", DoubleType, "confidence in the impact, 0 to 1");

  /** {@code effort}. */
  public static final ColumnSpec EFFORT = T.column("effort", DoubleType, "person-weeks");

  /** {@code cost}. */
  public static final ColumnSpec COST = T.column("cost", TableSpec.MONEY, "cost besides effort");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Initiatives() {}
}
