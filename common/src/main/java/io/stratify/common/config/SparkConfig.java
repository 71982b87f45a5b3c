package io.stratify.common.config;

import java.util.Collections;
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
    }
    checks.done();
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
