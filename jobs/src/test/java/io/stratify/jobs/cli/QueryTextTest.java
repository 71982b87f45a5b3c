package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class QueryTextTest extends SparkSuite {
  private String line(String values) {
    String text = QueryText.of(spark().sql("SELECT " + values), 5);
    return text.lines().skip(2).findFirst().get().strip().replaceAll(" {2,}", "  ");
  }

  /** The tests run in the zone of New York. */
  @Test
  void timesAreThoseOfUtcWhereverTheMachineIs() {
    assertThat(line("timestamp'2026-01-01 00:00:00Z', timestamp'2026-07-01 12:30:00.25Z'"))
        .isEqualTo("2026-01-01 00:00:00  2026-07-01 12:30:00.25");
    assertThat(line("timestamp_ntz'2026-01-01 00:00:00', date'2026-01-01'"))
        .isEqualTo("2026-01-01 00:00:00  2026-01-01");
  }

  @Test
  void numbersAreWrittenAsPeopleWriteThem() {
    assertThat(line("cast(0 as decimal(38,18)), 13430648D, 0.25D, 1.5e300D, cast(2 as float)"))
        .isEqualTo("0.000000000000000000  13430648.0  0.25  1.5E300  2.0");
    assertThat(QueryText.cell(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(QueryText.cell(0.00012)).isEqualTo("0.00012");
    assertThat(QueryText.cell(-0.0)).isEqualTo("-0.0");
    assertThat(QueryText.cell(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void whatIsMissingIsToldFromATextOfNoLetters() {
    assertThat(QueryText.of(spark().sql("SELECT * FROM VALUES (1, ''), (NULL, NULL) t(n, s)"), 5))
        .isEqualToNormalizingNewlines("     n     s\n  ----  ----\n     1\n  NULL  NULL\n");
  }
}
