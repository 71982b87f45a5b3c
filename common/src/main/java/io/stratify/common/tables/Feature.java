package io.stratify.common.tables;

import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * One feature of a customer and, if it is a number, the words for a segment that has much or little
 * of it.
 *
 * @param column its column in {@code customer_features}
 * @param group what it is about
 * @param input the input it needs
 * @param high word for a segment far above the mean; empty where it is no number
 * @param low word for a segment far below the mean; empty where it is no number
 */
public record Feature(
    ColumnSpec column, FeatureGroup group, String input, String high, String low) {

  /** The name of its column. */
  public String name() {
    return column.name();
  }

  /** The key of the configuration that it comes from. */
  public String origin() {
    return group == FeatureGroup.CUSTOM ? input : "inputs." + input;
  }

  /** Whether it is one number, which lenses can measure distances with. */
  public boolean numeric() {
    return column.type() instanceof NumericType;
  }

  /** Whether it is one of some words. */
  public boolean categorical() {
    return column.type() instanceof StringType;
  }

  /** Whether it has one number per key. */
  public boolean keyed() {
    return column.type() instanceof MapType;
  }
}
