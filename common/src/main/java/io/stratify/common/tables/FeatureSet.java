package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/** Declares the features of some groups; each call hands back the column for use as a constant. */
final class FeatureSet {
  private static final Word NONE = Word.comparing("");

  private final List<Feature> features = new ArrayList<>();
  private FeatureGroup group;
  private String input;

  /** What follows belongs to this group and needs this input. */
  FeatureSet in(FeatureGroup group, String input) {
    this.group = group;
    this.input = input;
    return this;
  }

  ColumnSpec days(String name, String doc, String high, String low) {
    return days(name, doc, Word.comparing(high), Word.comparing(low));
  }

  ColumnSpec days(String name, String doc, Word high, Word low) {
    return add(name, IntegerType, doc, high, low);
  }

  ColumnSpec count(String name, String doc, String high, String low) {
    return count(name, doc, Word.comparing(high), Word.comparing(low));
  }

  ColumnSpec count(String name, String doc, Word high, Word low) {
    return add(name, LongType, doc, high, low);
  }

  ColumnSpec money(String name, String doc, String high, String low) {
    return money(name, doc, Word.comparing(high), Word.comparing(low));
  }

  ColumnSpec money(String name, String doc, Word high, Word low) {
    return add(name, TableSpec.MONEY, doc, high, low);
  }

  ColumnSpec ratio(String name, String doc, String high, String low) {
    return ratio(name, doc, Word.comparing(high), Word.comparing(low));
  }

  ColumnSpec ratio(String name, String doc, Word high, Word low) {
    return add(name, DoubleType, doc, high, low);
  }

  ColumnSpec word(String name, String doc) {
    return add(name, StringType, doc, NONE, NONE);
  }

  ColumnSpec daysPerKey(String name, String doc, String high, String low) {
    return perKey(name, IntegerType, doc, high, low);
  }

  ColumnSpec countPerKey(String name, String doc, String high, String low) {
    return perKey(name, LongType, doc, high, low);
  }

  ColumnSpec numberPerKey(String name, String doc, String high, String low) {
    return perKey(name, DoubleType, doc, high, low);
  }

  /** One number per key; the words have %s for the key. */
  private ColumnSpec perKey(String name, DataType type, String doc, String high, String low) {
    return add(
        name, createMapType(StringType, type), doc, Word.comparing(high), Word.comparing(low));
  }

  List<Feature> all() {
    return List.copyOf(features);
  }

  private ColumnSpec add(String name, DataType type, String doc, Word high, Word low) {
    ColumnSpec column = new ColumnSpec(name, type, false, List.of(), doc);
    features.add(new Feature(column, group, input, high, low));
    return column;
  }
}
