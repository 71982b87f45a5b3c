package io.stratify.common.config;

import java.util.Collections;
import java.util.Map;
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

  static final Key<String> MASTER = Key.text("spark.master", "a Spark master such as local[*]");
  static final Key<Integer> SHUFFLE_PARTITIONS = Key.wholeNumber("spark.shuffle-partitions", 1);

  /** Checks each value. */
  public SparkConfig {
    conf = Collections.unmodifiableMap(new TreeMap<>(conf));
    new Checks().check(MASTER, master).check(SHUFFLE_PARTITIONS, shufflePartitions).done();
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
