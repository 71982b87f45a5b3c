package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConsentConfig;
import io.stratify.common.config.ConsentConfig.Default;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Consents;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ConsentTest extends SparkSuite {
  private static final LocalDate AS_OF = LocalDate.parse("2026-01-01");

  @Test
  void theLatestDecisionBeforeTheAsOfDateCounts() {
    assertThat(withheld(false, decision("true", "2025-01-01 00:00:00"))).isEqualTo("false");
    assertThat(
            withheld(
                false,
                decision("true", "2025-01-01 00:00:00"),
                decision("false", "2025-12-31 23:59:59")))
        .isEqualTo("true");
    assertThat(
            withheld(
                false,
                decision("false", "2025-01-01 00:00:00"),
                decision("true", "2025-02-01 00:00:00")))
        .isEqualTo("false");
  }

  @Test
  void ofDecisionsOfOneMomentTheWithdrawalCounts() {
    assertThat(
            withheld(
                false,
                decision("true", "2025-01-01 00:00:00"),
                decision("false", "2025-01-01 00:00:00")))
        .isEqualTo("true");
  }

  @Test
  void aLaterWithdrawalCountsOnlyWherePastSnapshotsDo() {
    Row[] decisions = {
      decision("true", "2025-01-01 00:00:00"), decision("false", "2026-01-01 00:00:00")
    };
    assertThat(withheld(false, decisions)).isEqualTo("false");
    assertThat(withheld(true, decisions)).isEqualTo("true");
    assertThat(found(true, decisions).getBoolean(2)).as("withheld on every date").isTrue();
  }

  @Test
  void aLaterGrantCountsOnLaterDatesOnly() {
    Row[] decisions = {
      decision("false", "2025-01-01 00:00:00"), decision("true", "2026-01-01 00:00:00")
    };
    assertThat(withheld(true, decisions)).isEqualTo("true");
    assertThat(withheld(true, decisions[1])).as("the default holds until then").isEqualTo("true");
    assertThat(found(true, decisions).getBoolean(2)).as("withheld on every date").isFalse();
  }

  @Test
  void otherPurposesDecideNothing() {
    assertThat(withheld(true, RowFactory.create("c1", "marketing", "2025-01-01 00:00:00", "true")))
        .isEqualTo("none");
    assertThat(withheld(true, RowFactory.create("c1", "Analytics", "2025-01-01 00:00:00", "true")))
        .as("whatever its case")
        .isEqualTo("false");
  }

  private static Row decision(String granted, String at) {
    return RowFactory.create("c1", "analytics", at, granted);
  }

  private String withheld(boolean past, Row... decisions) {
    Row found = found(past, decisions);
    return found == null ? "none" : String.valueOf(found.getBoolean(1));
  }

  private Row found(boolean past, Row... decisions) {
    ConsentConfig config = new ConsentConfig("analytics", Default.WITHHELD, Default.GRANTED, past);
    Dataset<Row> rows =
        text("customer_id, purpose, at, yes", decisions)
            .select(
                Consents.CUSTOMER_ID.col(),
                Consents.PURPOSE.col(),
                col("at").cast("timestamp").as(Consents.DECIDED_AT.name()),
                col("yes").cast("boolean").as(Consents.GRANTED.name()));
    List<Row> found = new Consent(config, AS_OF).decided(rows).collectAsList();
    return found.isEmpty() ? null : found.get(0);
  }
}
