package io.stratify.jobs.demo;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.stratify.common.spark.Sparks;
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
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("demo tests")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "4");
    // The session serves all tests of this JVM, those of the command line too.
    Sparks.invariants(conf);
    return conf;
  }

  @Override
  public boolean enableHiveSupport() {
    return false;
  }
}
