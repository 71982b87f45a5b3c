package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.Column;

/** What people decided about segments. */
public final class SegmentDecision {
  /** Customers of the segment count as another's. */
  public static final String MERGE = "merge";

  /** The segment is given up. */
  public static final String RETIRE = "retire";

  /** The outcome of a decision that holds. */
  public static final String APPLIED = "applied";

  private static final TableSpec.Builder T =
      TableSpec.published(
          "segment_decision",
          "One thing that people, or the evidence, decided about one segment, as it held for this"
              + " snapshot.");

  /** {@code lens}. */
  public static final ColumnSpec LENS = T.key("lens", StringType, "lens");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.key("segment_id", StringType, "segment, as people wrote it");

  /** {@code decision}. */
  public static final ColumnSpec DECISION =
      T.key("decision", StringType, "merge, retire, rename, describe, pin: what was decided");

  /** {@code value}. */
  public static final ColumnSpec VALUE =
      T.column("value", StringType, "the name, the description, or the segment to merge into");

  /** {@code decided_on}. */
  public static final ColumnSpec DECIDED_ON =
      T.required(
          "decided_on",
          DateType,
          "when it was decided; where nobody said, the as-of date of the first snapshot that had"
              + " it");

  /** {@code decided_by}. */
  public static final ColumnSpec DECIDED_BY =
      T.column("decided_by", StringType, "who decided, if he said");

  /** {@code outcome}. */
  public static final ColumnSpec OUTCOME =
      T.required("outcome", StringType, "applied, or why it could not be");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SegmentDecision() {}

  /** Whether a decision of this kind holds. */
  public static Column applied(String decision) {
    return DECISION.col().equalTo(decision).and(OUTCOME.col().equalTo(APPLIED));
  }
}
