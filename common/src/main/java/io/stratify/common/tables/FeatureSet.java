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
    return add(name, IntegerType, doc, high, low);
  }

  ColumnSpec count(String name, String doc, String high, String low) {
    return add(name, LongType, doc, high, low);
  }

  ColumnSpec money(String name, String doc, String high, String low) {
    return add(name, TableSpec.MONEY, doc, high, low);
  }

  ColumnSpec ratio(String name, String doc, String high, String low) {
    return add(name, DoubleType, doc, high, low);
  }

  ColumnSpec word(String name, String doc) {
    return add(name, StringType, doc, "", "");
  }

  ColumnSpec daysPerKey(String name, String doc) {
    return add(name, createMapType(StringType, IntegerType), doc, "", "");
  }

  ColumnSpec countPerKey(String name, String doc) {
    return add(name, createMapType(StringType, LongType), doc, "", "");
  }

  ColumnSpec numberPerKey(String name, String doc) {
    return add(name, createMapType(StringType, DoubleType), doc, "", "");
  }

  List<Feature> all() {
    return List.copyOf(features);
  }

  private ColumnSpec add(String name, DataType type, String doc, String high, String low) {
    ColumnSpec column = new ColumnSpec(name, type, false, List.of(), doc);
    features.add(new Feature(column, group, input, high, low));
    return column;
  }
}
