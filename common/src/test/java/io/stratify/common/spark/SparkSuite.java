package io.stratify.common.spark;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.stratify.common.tables.TableSpec;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;

/** One local Spark session with Delta for all tests of a JVM, and datasets of a few rows. */
@SuppressWarnings("this-escape") // of the Scala class that is extended
public abstract class SparkSuite extends JavaDataFrameSuiteBase {
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String FACTORY = "spark.sql.codegen.factoryMode";

  @BeforeEach
  void startSpark() {
    runBefore();
    if (interpreted()) {
      spark().conf().set(WHOLE_STAGE, "false");
      spark().conf().set(FACTORY, "NO_CODEGEN");
    } else {
      spark().conf().unset(WHOLE_STAGE);
      spark().conf().unset(FACTORY);
    }
  }

  /** Whether queries are interpreted: for tests of many queries, which take longer to compile. */
  protected boolean interpreted() {
    return false;
  }

  @Override
  public SparkConf conf() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("tests")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "4")
            .set("spark.sql.warehouse.dir", "target/spark-warehouse")
            .set("spark.databricks.delta.snapshotPartitions", "2");
    Sparks.onOneMachine(conf);
    Sparks.quick(conf);
    Sparks.lean(conf);
    Sparks.invariants(conf);
    return conf;
  }

  @Override
  public boolean enableHiveSupport() {
    return false;
  }

  /** The rows as a dataset with the columns that a job gives to the table. */
  protected Dataset<Row> table(TableSpec table, FactRow<?>... rows) {
    return table(table, Arrays.asList(rows));
  }

  /** The rows as a dataset with the columns that a job gives to the table. */
  protected Dataset<Row> table(TableSpec table, List<? extends FactRow<?>> rows) {
    return spark()
        .createDataFrame(rows.stream().<Row>map(FactRow::row).toList(), table.bodySchema());
  }

  /** Rows of text columns, as a CSV source has them; values in the order of the columns. */
  protected Dataset<Row> text(String columns, Row... rows) {
    StructType schema = new StructType();
    for (String name : columns.split(", ", -1)) {
      schema = schema.add(name, "string");
    }
    return spark().createDataFrame(Arrays.asList(rows), schema);
  }

  /** The rows as sorted text: equal exactly where the rows are, whatever their order. */
  protected static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
