package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class JsonTest extends SparkSuite {
  private Dataset<Row> rows() {
    return spark()
        .range(0, 8, 1, 2)
        .selectExpr(
            "id",
            "if(id % 2 = 0, null, concat('a text, ', id)) AS `a.text`",
            "timestamp_seconds(id * 1000000) AS at",
            "date_from_unix_date(int(id)) AS day",
            "cast(id AS decimal(18, 4)) AS money",
            "map('k', id) AS more",
            "array(id, null) AS list",
            "named_struct('x', cast(null AS string)) AS inner");
  }

  private static Column all(Dataset<Row> rows) {
    return struct(
        Arrays.stream(rows.columns()).map(c -> col("`" + c + "`")).toArray(Column[]::new));
  }

  @Test
  void isWhatSqlSays() {
    Dataset<Row> rows = rows();
    StructType schema = rows.schema();
    assertThat(rows.select(Json.of(all(rows), schema)).collectAsList())
        .isEqualTo(rows.select(to_json(all(rows))).collectAsList());
  }

  @Test
  void isNullForNoStruct() {
    Dataset<Row> rows = rows();
    Column some = when(col("id").gt(3), all(rows));
    assertThat(rows.select(Json.of(some, rows.schema()).isNull()).collectAsList())
        .extracting(r -> r.getBoolean(0))
        .containsExactly(true, true, true, true, false, false, false, false);
  }

  @Test
  void isPartOfGeneratedCode() {
    Dataset<Row> rows = rows();
    Dataset<Row> told = rows.select(Json.of(all(rows), rows.schema()));
    assertThat(told.queryExecution().executedPlan().toString()).startsWith("*");
  }
}
