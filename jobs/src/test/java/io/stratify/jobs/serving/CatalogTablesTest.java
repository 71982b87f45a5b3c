package io.stratify.jobs.serving;

import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.RfmCutoff;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules; that a Hive metastore keeps them is tried end to end. */
class CatalogTablesTest extends SparkSuite {
  private static final Snapshot MAY = new Snapshot(LocalDate.of(2026, 5, 1), 1);
  private static final Snapshot JUNE = new Snapshot(LocalDate.of(2026, 6, 1), 1);
  private static final String DATABASE = "named";

  @TempDir Path folder;
  private Lake lake;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder + "/it's ours", new CommitStamp("run", "hash", "0"));
  }

  @AfterEach
  void drop() {
    spark().sql("DROP DATABASE IF EXISTS " + DATABASE + " CASCADE");
  }

  @Test
  void beforeTheFirstPublicationThereIsNothingToEnter() {
    assertThat(CatalogTables.register(lake, DATABASE)).isEmpty();
  }

  @Test
  void aNameThatALaterRunNeedsIsRefusedBeforeTheFirst() {
    spark().sql("CREATE DATABASE named");
    for (String name : List.of("segment_kpi", "current_segment_kpi", "history_segment")) {
      spark().sql("CREATE VIEW named." + name + " AS SELECT 1 AS one");
      assertThatThrownBy(() -> CatalogTables.check(lake, DATABASE))
          .hasMessageContaining("named." + name + " is there and is not");
      spark().sql("DROP VIEW named." + name);
    }
    CatalogTables.check(lake, DATABASE);
  }

  @Test
  void readersFindThePublishedTablesAndTheViewsWithTheirComments() {
    publish(MAY, 10);
    assertThat(register())
        .containsExactly(
            "rfm_cutoff table new", "publication table new", "current_rfm_cutoff view new");
    assertThat(customers()).containsExactly(10L);
    assertThat(comments("current_rfm_cutoff"))
        .contains("customers: " + RfmCutoff.CUSTOMERS.doc(), "score: " + RfmCutoff.SCORE.doc());
    assertThat(comments("rfm_cutoff")).contains("score: " + RfmCutoff.SCORE.doc());
    assertThat(comments("current_rfm_cutoff").toString())
        .contains("Comment: " + RfmCutoff.TABLE.doc() + " Only of the newest publication.");
  }

  @Test
  void theViewsFollowThePublicationByThemselves() {
    publish(MAY, 10);
    register();
    lake.replace(RfmCutoff.TABLE, JUNE, cutoff(20), "test");
    assertThat(customers()).as("not published").containsExactly(10L);
    publish(JUNE, 20);
    assertThat(customers()).containsExactly(20L);
    Dataset<Row> current = spark().table("named.current_rfm_cutoff");
    assertThat(current.collectAsList()).hasSize(1);
    assertThat(current.queryExecution().executedPlan().toString())
        .as("partitions of other dates are not read, and Spark did not give that up at the end")
        .contains("dynamicpruning")
        .doesNotContain("dynamicpruningexpression(true)");
    assertThat(register())
        .as("nothing is new")
        .containsExactly("rfm_cutoff table ", "publication table ", "current_rfm_cutoff view ");
  }

  @Test
  void aViewOfAnEarlierVersionIsBroughtUpToDate() {
    publish(MAY, 10);
    register();
    spark()
        .sql(
            "CREATE OR REPLACE VIEW named.current_rfm_cutoff (score) TBLPROPERTIES ('stratify.root' = '"
                + lake.root().replace("'", "\\'")
                + "') AS SELECT score FROM named.rfm_cutoff");
    assertThat(register()).contains("current_rfm_cutoff view changed");
    assertThat(customers()).containsExactly(10L);
  }

  /** Its columns and their comments are those of today. */
  @Test
  void aViewWithAnotherQueryIsBroughtUpToDate() {
    publish(MAY, 10);
    publish(JUNE, 20);
    register();
    spark().sql("ALTER VIEW named.current_rfm_cutoff AS SELECT * FROM named.rfm_cutoff");
    assertThat(customers()).containsExactlyInAnyOrder(10L, 20L);
    assertThat(register()).contains("current_rfm_cutoff view changed");
    assertThat(customers()).containsExactly(20L);
  }

  @Test
  void whatIsNotOursIsRefusedBeforeAnythingIsChanged() {
    publish(MAY, 10);
    spark().sql("CREATE DATABASE named");
    spark().sql("CREATE VIEW named.current_rfm_cutoff AS SELECT 1 AS one");
    assertThatThrownBy(() -> CatalogTables.check(lake, DATABASE))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining(
            "named.current_rfm_cutoff is there and is not a view of the tables in")
        .hasMessageContaining("Drop it, or choose another --set catalog.database=NAME");
    assertThatThrownBy(this::register).hasMessageContaining("current_rfm_cutoff");
    // Spark also lists the temporary views of the session, which other tests of the JVM left.
    assertThat(spark().sql("SHOW TABLES IN named").where("NOT isTemporary").count()).isEqualTo(1);
  }

  @Test
  void tablesOfAnotherOutputRootAreRefused() {
    publish(MAY, 10);
    register();
    lake = new Lake(spark(), folder + "/other", new CommitStamp("run", "hash", "0"));
    publish(MAY, 11);
    assertThatThrownBy(() -> CatalogTables.check(lake, DATABASE))
        .hasMessageContaining(
            "named.rfm_cutoff is there and is not the one in " + folder + "/other");
  }

  private List<String> register() {
    return CatalogTables.register(lake, DATABASE).stream()
        .map(e -> e.name() + " " + e.kind() + " " + e.state())
        .toList();
  }

  private List<Long> customers() {
    return spark().sql("SELECT customers FROM named.current_rfm_cutoff").collectAsList().stream()
        .map(r -> r.getLong(0))
        .toList();
  }

  /** Name and comment of each column, and the facts of the table, as readers are told. */
  private List<String> comments(String name) {
    return spark().sql("DESCRIBE TABLE EXTENDED named." + name).collectAsList().stream()
        .map(
            r ->
                r.getString(0)
                    + ": "
                    + (r.getString(2).isEmpty() ? r.getString(1) : r.getString(2)))
        .toList();
  }

  private void publish(Snapshot snapshot, long customers) {
    lake.replace(RfmCutoff.TABLE, snapshot, cutoff(customers), "test");
    Row publication =
        RowFactory.create(
            Date.valueOf(snapshot.asOf()),
            snapshot.revision(),
            "run",
            Timestamp.from(Instant.EPOCH),
            Map.of(),
            List.of());
    lake.replace(
        Publication.TABLE,
        snapshot,
        spark().createDataFrame(List.of(publication), Publication.TABLE.bodySchema()),
        "test");
  }

  private org.apache.spark.sql.Dataset<Row> cutoff(long customers) {
    return table(
        RfmCutoff.TABLE,
        row(RfmCutoff.TABLE)
            .with(RfmCutoff.MEASURE, "frequency")
            .with(RfmCutoff.SCORE, 1)
            .with(RfmCutoff.CUSTOMERS, customers));
  }
}
