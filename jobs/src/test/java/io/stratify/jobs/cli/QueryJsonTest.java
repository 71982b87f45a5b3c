package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.spark.SparkSuite;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryJsonTest extends SparkSuite {
  private String json(String sql, Integer limit) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    QueryJson.print(spark().sql(sql), Optional.ofNullable(limit), out);
    out.flush();
    return text.toString();
  }

  /** The tests run in the zone of New York. */
  @Test
  void aRowIsALineWithAllItsColumns() {
    assertThat(
            json(
                "SELECT timestamp'2026-01-01 00:00:00.25Z' AS at, date'2026-01-01' AS `as of`,"
                    + " cast(1.50 AS decimal(38,2)) AS amount, 2L AS n, cast(NULL AS string) AS s,"
                    + " 'a \"b\"\\nc \u00e9' AS `x.y`, map('k', 1) AS m, double('NaN') AS x",
                null))
        .isEqualTo(
            "{\"at\":\"2026-01-01T00:00:00.250000Z\",\"as of\":\"2026-01-01\",\"amount\":1.50,"
                + "\"n\":2,\"s\":null,\"x.y\":\"a \\\"b\\\"\\nc \u00e9\",\"m\":{\"k\":1},"
                + "\"x\":\"NaN\"}\n");
  }

  @Test
  void allRowsArePrintedUnlessALimitIsGiven() {
    assertThat(json("SELECT id FROM range(250)", null).lines()).hasSize(250);
    assertThat(json("SELECT id FROM range(250)", 3).lines()).hasSize(3);
    assertThat(json("SELECT id FROM range(0)", null)).isEmpty();
  }

  @Test
  void columnsOfOneNameAreRefused() {
    assertThatThrownBy(() -> json("SELECT 1 AS id, 2 AS ID", null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("two columns are called ID. Name them with AS");
  }
}
