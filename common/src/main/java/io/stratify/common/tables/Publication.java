package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.DataTypes;

/** Which run readers see. */
public final class Publication {
  private static final TableSpec.Builder T =
      TableSpec.appended(
          "publication",
          "One row per published run; the views current_* follow the newest as_of and its highest revision.");

  /** {@code as_of}. */
  public static final ColumnSpec AS_OF = T.key("as_of", DateType, "as-of date");

  /** {@code revision}. */
  public static final ColumnSpec REVISION =
      T.key("revision", IntegerType, "revision of the as-of date");

  /** {@code run_id}. */
  public static final ColumnSpec RUN_ID = T.required("run_id", StringType, "run that published");

  /** {@code published_at}. */
  public static final ColumnSpec PUBLISHED_AT =
      T.required("published_at", TimestampType, "when the run that published began");

  /** {@code segmentations}. */
  public static final ColumnSpec SEGMENTATIONS =
      T.required(
          "segmentations",
          DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType),
          "segmentation published for each lens");

  /** {@code champions_kept}. */
  public static final ColumnSpec CHAMPIONS_KEPT =
      T.required(
          "champions_kept",
          DataTypes.createArrayType(DataTypes.StringType),
          "lenses whose challenger failed a gate, so that the champion was kept, or, where there is"
              + " none, the challenger is provisional or the lens left out");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Publication() {}
}
