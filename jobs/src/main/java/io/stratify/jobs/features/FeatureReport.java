package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.skewness;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import io.stratify.jobs.segments.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How the features of a snapshot are distributed, in one pass: each customer becomes one small row
 * per feature, and these are summed per feature and category at once, so that neither the number of
 * features nor that of customers makes a query that is too large.
 */
final class FeatureReport {
  /** Customers whose values give the percentiles, since all of them are held in memory. */
  static final int SAMPLE = 20_000;

  /** From 0 to 100 %. */
  private static final String PERCENT =
      IntStream.rangeClosed(0, 100)
          .mapToObj(i -> i / 100.0 + "D")
          .collect(Collectors.joining(", "));

  /** Categories that are told apart. */
  static final int CATEGORIES = 50;

  private FeatureReport() {}

  /** The names of the numeric features: the built-in ones and those of the configuration. */
  static List<String> numbers(List<CustomFeature> custom) {
    List<String> names =
        new ArrayList<>(CustomerFeatures.FEATURES.stream().map(Feature::name).toList());
    custom.forEach(f -> names.add(f.name()));
    return names;
  }

  /** The names of the features that are one of some words. */
  static List<String> categories() {
    return CustomerFeatures.ALL.stream().filter(Feature::categorical).map(Feature::name).toList();
  }

  /**
   * One row per feature: {@code feature, customers, known, mean, deviation, skew, percentiles,
   * categories, shares}.
   */
  static Dataset<Row> query(
      Dataset<Row> snapshot, List<CustomFeature> custom, long customers, long seed) {
    Column number = col("v.number");
    Dataset<Row> counted =
        snapshot
            .select(
                Sample.drawn(customers, SAMPLE, seed).as("sampled"),
                explode(array(values(custom))).as("v"))
            .groupBy(col("v.feature").as("feature"), col("v.category").as("category"))
            .agg(
                count(lit(1)).as("rows"),
                count(number).as("numbers"),
                avg(number).as("mean"),
                stddev_pop(number).as("deviation"),
                skewness(number).as("skew"),
                expr("percentile(CASE WHEN sampled THEN v.number END, array(" + PERCENT + "))")
                    .as("percentiles"));
    return perFeature(counted);
  }

  private static Column[] values(List<CustomFeature> custom) {
    Column nothing = lit(null);
    List<Column> values = new ArrayList<>();
    for (String name : numbers(custom)) {
      values.add(value(name, CustomerFeatures.number(name), nothing));
    }
    for (String name : categories()) {
      values.add(value(name, nothing, col(name)));
    }
    return values.toArray(Column[]::new);
  }

  private static Column value(String feature, Column number, Column category) {
    return struct(
        lit(feature).as("feature"),
        number.cast(DataTypes.DoubleType).as("number"),
        category.cast(DataTypes.StringType).as("category"));
  }

  /** The largest categories first, the first in the alphabet of equals. */
  private static Dataset<Row> perFeature(Dataset<Row> counted) {
    Column category = col("category");
    Column inCategory = when(category.isNotNull(), col("rows"));
    Column largest =
        sort_array(
            collect_list(
                when(
                    category.isNotNull(),
                    struct(col("rows").multiply(-1).as("n"), category.as("category")))));
    return counted
        .groupBy(col("feature"))
        .agg(
            sum(col("rows")).as("customers"),
            sum(col("numbers").plus(coalesce(inCategory, lit(0L)))).as("known"),
            max(col("mean")).as("mean"),
            max(col("deviation")).as("deviation"),
            max(col("skew")).as("skew"),
            max(col("percentiles")).as("percentiles"),
            largest.as("largest"))
        .select(
            col("feature"),
            col("customers"),
            col("known"),
            col("mean"),
            col("deviation"),
            col("skew"),
            col("percentiles"),
            size(col("largest")).as("categories"),
            slice(col("largest"), 1, CATEGORIES).as("largest"));
  }

  /** The definition of a feature, for people. */
  static String definition(String name, List<CustomFeature> custom) {
    return custom.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .map(f -> f.doc() + " (" + f.sql().sql() + " of " + f.table() + ")")
        .orElseGet(() -> CustomerFeatures.TABLE.column(name).orElseThrow().doc());
  }

  /** The group of a feature. */
  static String group(String name, List<CustomFeature> custom) {
    return custom.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .map(CustomFeature::group)
        .orElseGet(
            () ->
                CustomerFeatures.ALL.stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .group()
                    .label()
                    .toLowerCase(Locale.ROOT));
  }
}
