package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;

/** Conformed notes of what customers said. */
public final class Feedback {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "feedback",
          "One row per note of what a customer said to interviewers, sales, support or success.");

  /** {@code feedback_id}. */
  public static final ColumnSpec FEEDBACK_ID =
      T.column("feedback_id", StringType, "id of the note, unique where it is given");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who said it");

  /** {@code given_at}. */
  public static final ColumnSpec GIVEN_AT =
      T.required("given_at", TimestampType, "when it was said");

  /** {@code told_to}. */
  public static final ColumnSpec TOLD_TO =
      T.column("told_to", StringType, "who heard it: interview, sales, support, success");

  /** {@code theme}. */
  public static final ColumnSpec THEME = T.column("theme", StringType, "theme");

  /** {@code sentiment}. */
  public static final ColumnSpec SENTIMENT =
      T.oneOf(
          "sentiment", List.of("negative", "neutral", "positive"), "negative, neutral or positive");

  /** {@code note}. */
  public static final ColumnSpec NOTE = T.column("note", StringType, "the note itself");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Feedback() {}
}
