package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** What the evidence says should become of segments. */
public final class SegmentProposal {
  /** The segment counts as another one. */
  public static final String MERGE = "merge";

  /** The segment is given up. */
  public static final String RETIRE = "retire";

  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_proposal",
          "One segment that the evidence says should be merged or retired. People decide in"
              + " segment_names, unless validation.proposals = automatic. Only runs that fitted the lens"
              + " have rows, also of a refit that a gate kept out.");

  /** {@code segmentation_id}. */
  public static final ColumnSpec SEGMENTATION_ID =
      T.key("segmentation_id", StringType, "segmentation");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID = T.key("segment_id", StringType, "segment");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.required("lens", StringType, "lens");

  /** {@code proposal}. */
  public static final ColumnSpec PROPOSAL =
      T.requiredOneOf(
          "proposal",
          List.of(MERGE, RETIRE),
          "merge: it differs from merge_into in nothing that was tested; retire: it is too small,"
              + " or dissolves in resamples");

  /** {@code merge_into}. */
  public static final ColumnSpec MERGE_INTO =
      T.column("merge_into", StringType, "segment as which its customers would count");

  /** {@code value}. */
  public static final ColumnSpec VALUE =
      T.column(
          "value",
          DoubleType,
          "merge: least adjusted p-value of a difference; retire: share of the customers or Jaccard"
              + " coefficient");

  /** {@code evidence}. */
  public static final ColumnSpec EVIDENCE = T.required("evidence", StringType, "why, in words");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentProposal() {}
}
