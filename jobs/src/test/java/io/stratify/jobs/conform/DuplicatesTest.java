package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.ExperimentExposures;
import io.stratify.common.tables.Orders;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class DuplicatesTest extends SparkSuite {
  private static final String USED = "id is used by another row with other values";
  private static final List<Column> LATEST = List.of(functions.col("at").desc_nulls_last());
  private static final Duplicates BY_ID =
      new Duplicates(List.of("id"), LATEST, List.of(), Deduplicate.EXACT);

  @Test
  void ofEqualRowsOneIsKept() {
    assertThat(
            marks(
                BY_ID,
                row("o1", "10:00", "f1"),
                row("o1", "10:00", "f1"),
                row("o1", "10:00", "f1")))
        .containsExactly("o1 f1 exact duplicate", "o1 f1 exact duplicate", "o1 f1 null");
  }

  @Test
  void ofContradictingRowsTheLatestIsKept() {
    assertThat(
            marks(
                BY_ID,
                row("o1", "12:00", "f1"),
                row("o1", "09:00", "f0"),
                row("o1", "10:00", "f2")))
        .containsExactly("o1 f0 " + USED, "o1 f1 null", "o1 f2 " + USED);
  }

  @Test
  void contradictingRowsOfOneTimeKeepTheSameOneInEveryRun() {
    Row[] rows = {row("o1", "10:00", "f2"), row("o1", "10:00", "f1")};
    List<String> expected = List.of("o1 f1 null", "o1 f2 " + USED);
    assertThat(marks(BY_ID, rows)).isEqualTo(expected);
    assertThat(marks(BY_ID, rows[1], rows[0])).isEqualTo(expected);
  }

  @Test
  void ofOneTimeTheSmallestTieCounts() {
    Duplicates byText = new Duplicates(List.of("id"), LATEST, List.of("text"), Deduplicate.EXACT);
    Dataset<Row> rows =
        text(
                "id, at, fingerprint, text",
                RowFactory.create("o1", "10:00", "f1", "true"),
                RowFactory.create("o1", "10:00", "f2", "false"),
                RowFactory.create("o1", "09:00", "f0", "a"))
            .withColumnRenamed("fingerprint", Mapping.FINGERPRINT)
            .withColumn(Mapping.RULE, functions.lit(null).cast("string"));
    assertThat(byText.mark(rows).where(Mapping.RULE + " IS NULL").select("text").collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("false");
  }

  @Test
  void aDuplicateOfAContradictionIsStillADuplicate() {
    assertThat(
            marks(
                BY_ID,
                row("o1", "12:00", "f1"),
                row("o1", "12:00", "f1"),
                row("o1", "09:00", "f0"),
                row("o1", "09:00", "f0")))
        .containsExactly(
            "o1 f0 exact duplicate", "o1 f0 " + USED, "o1 f1 exact duplicate", "o1 f1 null");
  }

  @Test
  void differentKeysHaveNothingToDoWithEachOther() {
    assertThat(marks(BY_ID, row("o1", "10:00", "f1"), row("o2", "10:00", "f2")))
        .containsExactly("o1 f1 null", "o2 f2 null");
  }

  @Test
  void rowsWithoutAKeyAreDuplicatesOnlyWhereTheyAreEqual() {
    assertThat(
            marks(
                BY_ID, row(null, "10:00", "f1"), row(null, "10:00", "f1"), row(null, "9:00", "f2")))
        .containsExactly("null f1 exact duplicate", "null f1 null", "null f2 null");
    Duplicates keyless = new Duplicates(List.of(), List.of(), List.of(), Deduplicate.EXACT);
    assertThat(
            marks(
                keyless,
                row("o1", "10:00", "f1"),
                row("o1", "9:00", "f2"),
                row("o1", "9:00", "f2")))
        .containsExactly("o1 f1 null", "o1 f2 exact duplicate", "o1 f2 null");
  }

  @Test
  void aKeyOfTwoColumnsIsNotGluedTogether() {
    Duplicates pair = new Duplicates(List.of("id", "at"), List.of(), List.of(), Deduplicate.EXACT);
    assertThat(marks(pair, row("a", "bc", "f1"), row("ab", "c", "f2")))
        .containsExactly("a f1 null", "ab f2 null");
    assertThat(marks(pair, row("a", "b", "f1"), row("a", "b", "f2")))
        .containsExactly("a f1 null", "a f2 id, at is used by another row with other values");
  }

  @Test
  void inModeNoneEqualRowsAreDifferentFacts() {
    Duplicates none = new Duplicates(List.of("id"), LATEST, List.of(), Deduplicate.NONE);
    assertThat(marks(none, row("o1", "10:00", "f1"), row("o1", "10:00", "f1")))
        .containsExactly("o1 f1 null", "o1 f1 null");
  }

  @Test
  void badRowsKeepTheirRuleAndDoNotPushGoodOnesOut() {
    Row bad = RowFactory.create("o1", "12:00", "f0", "amount is missing");
    assertThat(marks(BY_ID, bad, bad, row("o1", "10:00", "f1")))
        .containsExactly("o1 f0 amount is missing", "o1 f0 amount is missing", "o1 f1 null");
  }

  private static Row row(String id, String at, String fingerprint) {
    return RowFactory.create(id, at, fingerprint, null);
  }

  private List<String> marks(Duplicates duplicates, Row... rows) {
    Dataset<Row> marked = duplicates.mark(text("id, at, _fingerprint, _rule", rows));
    assertThat(marked.columns()).containsExactly("id", "at", "_fingerprint", "_rule");
    return marked.collectAsList().stream()
        .map(r -> r.getString(0) + " " + r.getString(2) + " " + r.getString(3))
        .sorted()
        .toList();
  }

  @Test
  void aRowOfTheAsOfDateOrLaterTakesNothingFromOneBefore() {
    Row[] rows = {
      row("o1", "2026-04-01 10:00:00", "f1"),
      row("o1", "2026-04-30 23:59:59", "f2"),
      row("o1", "2026-05-01 00:00:00", "f3"),
      row("o1", "2026-07-01 00:00:00", "f4"),
      row("o2", "2026-06-01 00:00:00", "f5"),
      row("o2", "2026-07-01 00:00:00", "f6"),
      row("o2", null, "f7")
    };
    LocalDate asOf = LocalDate.of(2026, 5, 1);
    Column at = functions.col("at");
    assertThat(kept(Peers.order(Orders.TABLE, at, asOf), rows)).containsExactly("f2", "f6");
    assertThat(kept(Peers.order(Orders.TABLE, at, asOf.plusDays(1)), rows))
        .containsExactly("f3", "f6");
    assertThat(kept(Peers.order(ExperimentExposures.TABLE, at, asOf), rows))
        .as("what was shown first")
        .containsExactly("f1", "f5");
    Column on = functions.col("at").cast("date");
    assertThat(kept(Peers.order(Orders.TABLE, on, asOf), rows)).containsExactly("f2", "f6");
  }

  private List<String> kept(List<Column> order, Row... rows) {
    Duplicates latest = new Duplicates(List.of("id"), order, List.of(), Deduplicate.LATEST);
    return latest
        .mark(
            text("id, at, _fingerprint, _rule", rows)
                .withColumn("at", functions.col("at").cast("timestamp")))
        .where(Mapping.RULE + " IS NULL")
        .orderBy(Mapping.FINGERPRINT)
        .collectAsList()
        .stream()
        .map(r -> r.<String>getAs(Mapping.FINGERPRINT))
        .toList();
  }
}
