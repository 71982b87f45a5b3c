package io.stratify.common.tables;

import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * One feature of a customer and, if it is a number, the words for a segment that has much or little
 * of it. Those of a map have %s in the place of the key.
 *
 * @param column its column in {@code customer_features}
 * @param group what it is about
 * @param input the input it needs
 * @param high word for a segment far above the mean; empty where it is no number
 * @param low word for a segment far below the mean; empty where it is no number
 */
public record Feature(ColumnSpec column, FeatureGroup group, String input, Word high, Word low) {
  /** A feature whose words compare with all customers. */
  public Feature(ColumnSpec column, FeatureGroup group, String input, String high, String low) {
    this(column, group, input, Word.comparing(high), Word.comparing(low));
  }

  /**
   * The word for a segment.
   *
   * @param above whether the segment is far above the mean of all customers, or far below
   * @param value its typical value in the unit of the feature; NaN where it is not known
   */
  public String word(boolean above, double value) {
    return (above ? high : low).of(above, value);
  }

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
