package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.List;

/** How the features of a snapshot are distributed, and whether they drifted. */
public final class FeatureStats {
  /** A feature that is one number. */
  public static final String NUMBER = "number";

  /** A feature that is one of some words. */
  public static final String CATEGORY = "category";

  /** The population is much the same. */
  public static final String STABLE = "stable";

  /** The population has moved. */
  public static final String MODERATE = "moderate";

  /** The population is another one. */
  public static final String MAJOR = "major";

  private static final TableSpec.Builder T =
      TableSpec.published(
          "feature_stats",
          "One row per feature: its distribution over the customers, and its drift.");

  /** {@code feature}. */
  public static final ColumnSpec FEATURE =
      T.key("feature", StringType, "column of customer_features, or key of its map custom");

  /** {@code feature_group}. */
  public static final ColumnSpec GROUP =
      T.required("feature_group", StringType, "what the feature is about");

  /** {@code kind}. */
  public static final ColumnSpec KIND =
      T.requiredOneOf("kind", List.of(NUMBER, CATEGORY), "number or category");

  /** {@code definition}. */
  public static final ColumnSpec DEFINITION =
      T.required("definition", StringType, "unit and definition of the feature");

  /** {@code customers}. */
  public static final ColumnSpec CUSTOMERS =
      T.required("customers", LongType, "customers in the snapshot");

  /** {@code null_share}. */
  public static final ColumnSpec NULL_SHARE =
      T.required("null_share", DoubleType, "share of the customers without a value");

  /** {@code distinct_values}. */
  public static final ColumnSpec DISTINCT_VALUES =
      T.column("distinct_values", LongType, "different values of a category");

  /** {@code mean}. */
  public static final ColumnSpec MEAN = number("mean", "mean");

  /** {@code deviation}. */
  public static final ColumnSpec DEVIATION = number("deviation", "population standard deviation");

  /** {@code skew}. */
  public static final ColumnSpec SKEW =
      number("skew", "moment coefficient of skewness; null for a constant");

  /** {@code min}. */
  public static final ColumnSpec MIN = number("min", "least value");

  /** {@code p25}. */
  public static final ColumnSpec P25 = number("p25", "first quartile, of quantiles");

  /** {@code median}. */
  public static final ColumnSpec MEDIAN = number("median", "median, of quantiles");

  /** {@code p75}. */
  public static final ColumnSpec P75 = number("p75", "third quartile, of quantiles");

  /** {@code max}. */
  public static final ColumnSpec MAX = number("max", "greatest value");

  /** {@code quantiles}. */
  public static final ColumnSpec QUANTILES =
      T.column(
          "quantiles",
          createArrayType(DoubleType),
          "the 101 percentiles from 0 to 100 %; exact up to 20,000 customers, else but for the"
              + " first and the last of a sample of about that many drawn by a hash of the customer"
              + " id");

  /** {@code shares}. */
  public static final ColumnSpec SHARES =
      T.column(
          "shares",
          createMapType(StringType, DoubleType),
          "share of the customers with a value per category, of the 50 largest");

  /** {@code compared_with}. */
  public static final ColumnSpec COMPARED_WITH =
      T.column(
          "compared_with",
          DateType,
          "as-of date of the published snapshot before; null without one, or where that one did not"
              + " have the feature");

  /** {@code psi}. */
  public static final ColumnSpec PSI =
      number(
          "psi",
          "population stability index against compared_with, over its deciles or categories and the"
              + " customers without a value; shares of numbers are read off the percentiles of both,"
              + " to about a percent, where segmentation_validation counts customers");

  /** {@code drift}. */
  public static final ColumnSpec DRIFT =
      T.oneOf(
          "drift",
          List.of(STABLE, MODERATE, MAJOR),
          "stable (psi < 0.1), moderate, or major (>= 0.25)");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private FeatureStats() {}

  private static ColumnSpec number(String name, String doc) {
    return T.column(name, DoubleType, doc);
  }
}
