package io.stratify.common.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Spark session.
 *
 * @param master master that is used where spark-submit names none
 * @param shufflePartitions upper bound of shuffle partitions
 * @param conf further Spark settings
 */
public record SparkConfig(String master, int shufflePartitions, Map<String, String> conf) {
  /** Names of settings whose values Spark's own pages and logs of events must not show. */
  public static final String REDACTED = "(?i)" + Secrets.NAMES;

  private static final Set<String> OF_A_DRIVER_TO_BE =
      Set.of(
          "spark.driver.memory",
          "spark.driver.memoryOverhead",
          "spark.driver.extraJavaOptions",
          "spark.driver.defaultJavaOptions",
          "spark.driver.extraClassPath",
          "spark.driver.extraLibraryPath");

  static final Key<String> MASTER = Key.text("spark.master", "a Spark master such as local[*]");
  static final Key<Integer> SHUFFLE_PARTITIONS = Key.wholeNumber("spark.shuffle-partitions", 1);

  /** What Sparks sets in every session, with what to use where there is something. */
  private static final Map<String, String> SET_BY_STRATIFY = setByStratify();

  /** Checks each value. */
  public SparkConfig {
    conf = Collections.unmodifiableMap(new TreeMap<>(conf));
    Checks checks = new Checks().check(MASTER, master).check(SHUFFLE_PARTITIONS, shufflePartitions);
    for (String name : conf.keySet()) {
      String key = "spark.conf.\"" + name + "\"";
      checks.that(
          !OF_A_DRIVER_TO_BE.contains(name),
          key,
          key
              + " is for a driver that is about to start, and this one runs already; give it with"
              + " STRATIFY_HEAP, STRATIFY_JAVA_OPTS or STRATIFY_JARS, or to spark-submit");
      checks.that(
          !SET_BY_STRATIFY.containsKey(name),
          key,
          key + " is set by Stratify; " + SET_BY_STRATIFY.get(name));
    }
    checks.done();
  }

  private static Map<String, String> setByStratify() {
    Map<String, String> names = new TreeMap<>();
    for (String name : List.of("extensions", "catalog.spark_catalog")) {
      names.put("spark.sql." + name, "leave it out, since Delta needs it as it is");
    }
    for (String name :
        List.of(
            "ansi.enabled",
            "legacy.timeParserPolicy",
            "parquet.datetimeRebaseModeInRead",
            "parquet.datetimeRebaseModeInWrite",
            "parquet.int96RebaseModeInRead",
            "parquet.int96RebaseModeInWrite")) {
      names.put("spark.sql." + name, "leave it out, since results depend on it");
    }
    names.put(
        "spark.sql.session.timeZone",
        "the zone of source timestamps is conform.time-zone, or time-zone of their input");
    names.put(
        "spark.sql.shuffle.partitions", "use " + SHUFFLE_PARTITIONS.path() + " in place of it");
    return Map.copyOf(names);
  }

  /** Shows no secret: records end up in logs. */
  @Override
  public String toString() {
    Map<String, String> masked = new TreeMap<>(conf);
    masked.replaceAll(Secrets::mask);
    return "SparkConfig[master=%s, shufflePartitions=%s, conf=%s]"
        .formatted(master, shufflePartitions, masked);
  }
}
