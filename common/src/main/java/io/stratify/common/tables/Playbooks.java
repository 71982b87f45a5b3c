package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/** What teams do for segments. */
public final class Playbooks {
  private static final TableSpec.Builder T =
      TableSpec.whole("playbooks", "One row per action that a team takes for a segment.");

  /** {@code playbook_id}. */
  public static final ColumnSpec PLAYBOOK_ID = T.key("playbook_id", StringType, "id of the action");

  /** {@code lens}. */
  public static final ColumnSpec LENS =
      T.column("lens", StringType, "lens of the segment; empty for all customers");

  /** {@code segment_id}. */
  public static final ColumnSpec SEGMENT_ID =
      T.column("segment_id", StringType, "segment; empty for all customers");

  /** {@code team}. */
  public static final ColumnSpec TEAM =
      T.required("team", StringType, "product, marketing, sales or support");

  /** {@code action}. */
  public static final ColumnSpec ACTION = T.required("action", StringType, "what is done");

  /** {@code trigger}. */
  public static final ColumnSpec TRIGGER =
      T.column("trigger", StringType, "SQL condition over customer_features that starts it");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Playbooks() {}
}
