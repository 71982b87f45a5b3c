package io.stratify.common.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Settings of a session that hold for some work only. */
public final class Settings {
  private Settings() {}

  /** Does work under settings of the session; afterwards they are as they were. */
  public static <T> T under(SparkSession spark, Map<String, String> settings, Supplier<T> work) {
    Map<String, Option<String>> before = new LinkedHashMap<>();
    settings.forEach(
        (key, value) -> {
          before.put(key, spark.conf().getOption(key));
          spark.conf().set(key, value);
        });
    try {
      return work.get();
    } finally {
      before.forEach((key, value) -> restore(spark, key, value));
    }
  }

  private static void restore(SparkSession spark, String key, Option<String> value) {
    if (value.isDefined()) {
      spark.conf().set(key, value.get());
    } else {
      spark.conf().unset(key);
    }
  }
}
