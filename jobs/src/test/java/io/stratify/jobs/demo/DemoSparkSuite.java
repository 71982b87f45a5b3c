package io.stratify.jobs.demo;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;

/** One local Spark session for all tests of the demo. */
abstract class DemoSparkSuite extends JavaDataFrameSuiteBase {
  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @Override
  public SparkConf conf() {
    return new SparkConf()
        .setMaster("local[2]")
        .setAppName("demo tests")
        .set("spark.ui.enabled", "false")
        .set("spark.sql.session.timeZone", "UTC")
        .set("spark.sql.shuffle.partitions", "4");
  }

  @Override
  public boolean enableHiveSupport() {
    return false;
  }
}
