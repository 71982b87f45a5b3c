package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;

/** Conformed survey answers. */
public final class SurveyResponses {
  private static final TableSpec.Builder T =
      TableSpec.whole(
          "survey_responses", "One row per answer of a customer to one question of a survey.");

  /** {@code response_id}. */
  public static final ColumnSpec RESPONSE_ID =
      T.column("response_id", StringType, "id of the answer, unique where it is given");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who answered");

  /** {@code survey}. */
  public static final ColumnSpec SURVEY = T.column("survey", StringType, "survey");

  /** {@code responded_at}. */
  public static final ColumnSpec RESPONDED_AT =
      T.required("responded_at", TimestampType, "when it was answered");

  /** {@code kind}. */
  public static final ColumnSpec KIND =
      T.requiredOneOf(
          "kind",
          List.of("nps", "need", "attitude", "importance", "price"),
          "what was asked: nps (0 to 10), need, attitude, importance of a value driver, or price");

  /** {@code subject}. */
  public static final ColumnSpec SUBJECT =
      T.column(
          "subject",
          StringType,
          "what the question is about, e.g. the value driver; empty for nps");

  /** {@code score}. */
  public static final ColumnSpec SCORE =
      T.column(
          "score",
          DoubleType,
          "answer as a number, on the scale of the source; of kind nps from 0 to 10, any other does not"
              + " count");

  /** {@code answer}. */
  public static final ColumnSpec ANSWER = T.column("answer", StringType, "answer in words");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private SurveyResponses() {}
}
