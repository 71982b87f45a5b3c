package io.stratify.jobs.endtoend;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.stratify.common.spark.Sparks;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one local session of this JVM; commands join it instead of starting their own. */
final class SharedSpark extends JavaDataFrameSuiteBase {
  private static SparkSession session;

  private SharedSpark() {}

  static synchronized SparkSession session() {
    if (session == null) {
      SharedSpark suite = new SharedSpark();
      suite.runBefore();
      session = suite.spark();
    }
    return session;
  }

  /** The session as a command would start it, without what the configuration of a shop has set. */
  static SparkSession compiled() {
    session().conf().unset("spark.sql.codegen.wholeStage");
    session().conf().unset("spark.sql.codegen.factoryMode");
    return session();
  }

  /** The session for small data, of which queries take longer to compile than to run. */
  static SparkSession interpreted() {
    session().conf().set("spark.sql.codegen.wholeStage", "false");
    session().conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    return session();
  }

  @Override
  public SparkConf conf() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("end to end")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            .set("spark.databricks.delta.snapshotPartitions", "1");
    Sparks.onOneMachine(conf);
    Sparks.stores(conf);
    Sparks.quick(conf);
    Sparks.lean(conf);
    Sparks.invariants(conf);
    return conf;
  }

  @Override
  public boolean enableHiveSupport() {
    return false;
  }
}
