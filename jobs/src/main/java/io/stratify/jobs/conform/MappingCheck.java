package io.stratify.jobs.conform;

import io.stratify.common.config.StratifyConfig;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Whether the mapping of an input fits its source, as far as can be said without reading rows. */
public final class MappingCheck {
  private MappingCheck() {}

  /**
   * What does not fit; nothing where all does.
   *
   * @param table name of a configured input
   * @throws io.stratify.common.StratifyException if its source cannot be opened
   */
  public static List<String> problems(
      SparkSession spark, StratifyConfig config, LocalDate asOf, String table) {
    return Inlet.problems(spark, config, asOf, table);
  }
}
