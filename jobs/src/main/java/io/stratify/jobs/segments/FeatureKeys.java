package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The keys of maps that a configuration names by {@code importance.*}. */
public final class FeatureKeys {
  private static final String ALL = ".*";

  /** Lenses of more keys would be read by nobody. */
  private static final int MOST = 30;

  private FeatureKeys() {}

  /** The features, with the most frequent keys, in the order of the alphabet, for {@code .*}. */
  public static List<String> expand(Dataset<Row> features, List<String> names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(ALL) && CustomerFeatures.keyed(name).isPresent()) {
        all.addAll(keys(features, CustomerFeatures.keyed(name).get()));
      } else {
        all.add(name);
      }
    }
    return all.stream().distinct().toList();
  }

  private static List<String> keys(Dataset<Row> features, Feature map) {
    return features
        .select(explode(map_keys(map.column().col())).as("key"))
        .groupBy("key")
        .agg(count(lit(1)).as("n"))
        .orderBy(
            org.apache.spark.sql.functions.desc("n"), org.apache.spark.sql.functions.col("key"))
        .limit(MOST)
        .collectAsList()
        .stream()
        .map(r -> map.name() + "." + r.getString(0))
        .sorted()
        .toList();
  }
}
