package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import io.stratify.jobs.segments.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * How the features of a snapshot are distributed, in one pass over the numbers and one over the few
 * features that are words. Neither the number of features nor that of customers makes a query that
 * is too large.
 */
final class FeatureReport {
  /** Customers whose values give the percentiles, since they are held in memory. */
  static final int SAMPLE = 20_000;

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

  /** The figures of all features, in the order of the table. */
  static Map<String, Distribution> of(
      Dataset<Row> snapshot, List<CustomFeature> custom, long customers, long seed) {
    List<String> numbers = numbers(custom);
    List<NumberTally.Column> columns =
        NumberTally.merged(tallies(snapshot, numbers, customers, seed), numbers.size());
    Map<String, Distribution> found = new LinkedHashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      found.put(numbers.get(i), Distribution.of(columns.get(i), customers));
    }
    Map<String, Distribution> words = new HashMap<>();
    categories(snapshot)
        .collectAsList()
        .forEach(r -> words.put(r.getString(0), Distribution.of(r, customers)));
    categories().forEach(c -> found.put(c, words.get(c)));
    return found;
  }

  private static List<Row> tallies(
      Dataset<Row> snapshot, List<String> numbers, long customers, long seed) {
    List<Column> columns = new ArrayList<>();
    columns.add(Sample.drawn(customers, SAMPLE, seed).as("sampled"));
    for (String name : numbers) {
      columns.add(CustomerFeatures.number(name).cast(DataTypes.DoubleType).as(name));
    }
    return snapshot
        .select(columns.toArray(Column[]::new))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(new NumberTally(numbers.size()))
        .collect();
  }

  /** One row per category feature: {@code feature, known, categories, largest}. */
  private static Dataset<Row> categories(Dataset<Row> snapshot) {
    Column[] values =
        categories().stream().map(c -> col(c).cast(DataTypes.StringType)).toArray(Column[]::new);
    JavaRDD<InternalRow> counts =
        snapshot
            .select(values)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new CategoryTally(categories()));
    return perFeature(
        snapshot
            .sparkSession()
            .internalCreateDataFrame(counts.rdd(), CategoryTally.SCHEMA, false)
            .groupBy(col("feature"), col("category"))
            .agg(sum(col("rows")).as("rows")));
  }

  /** The largest categories first, the first in the alphabet of equals. */
  private static Dataset<Row> perFeature(Dataset<Row> counted) {
    Column category = col("category");
    Column inCategory = when(category.isNotNull(), col("rows"));
    Column place =
        row_number()
            .over(
                Window.partitionBy(col("feature"))
                    .orderBy(category.isNull(), col("rows").desc(), category));
    Column largest =
        sort_array(
            collect_list(
                when(
                    category.isNotNull().and(col("place").leq(CATEGORIES)),
                    struct(col("rows").multiply(-1).as("n"), category.as("category")))));
    return counted
        .withColumn("place", place)
        .groupBy(col("feature"))
        .agg(
            coalesce(sum(inCategory), lit(0L)).as("known"),
            count(category).cast("int").as("categories"),
            largest.as("largest"));
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
