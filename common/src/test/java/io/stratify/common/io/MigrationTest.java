package io.stratify.common.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.stratify.common.StratifyException;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code segmentation_validation} as version 0.1.0 wrote it before it had cohorts. */
class MigrationTest extends SparkSuite {
  private static final int NEWER = Migration.FORMAT + 1;
  private static final TableSpec TABLE = SegmentationValidation.TABLE;
  private static final String OLD =
      "as_of DATE NOT NULL, revision INT NOT NULL, segmentation_id STRING NOT NULL,"
          + " evidence STRING NOT NULL, lens STRING NOT NULL, value DOUBLE,"
          + " threshold STRING NOT NULL, verdict STRING NOT NULL";

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("run-2", "abc", "0.2.0"));
  }

  private void written(String columns) {
    spark()
        .sql(
            String.format(
                "CREATE TABLE delta.`%s` (%s) USING delta PARTITIONED BY (as_of, revision)"
                    + " TBLPROPERTIES ('stratify.table' = '%s')",
                lake.path(TABLE), columns, TABLE));
  }

  private void rows(String... values) {
    spark()
        .sql(
            String.format(
                "INSERT INTO delta.`%s` VALUES %s", lake.path(TABLE), String.join(", ", values)));
  }

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void rowsOfBeforeGetTheColumnsOfNowAndReadersOfOldVersionsKeepTheirs() {
    written(OLD);
    rows(
        "(DATE'2026-01-01', 1, 's-1', 'number of segments', 'needs', 4.0, 'from 3 to 6', 'pass')",
        "(DATE'2026-02-01', 2, 's-2', 'number of segments', 'needs', 9.0, 'from 3 to 6', 'fail')");
    assertThatThrownBy(() -> lake.read(TABLE, "membership"))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("an earlier version of Stratify wrote it")
        .hasMessageContaining("./stratify maintain adds them");

    assertThat(lake.migrate(List.of(TABLE))).containsExactly(TABLE);
    Dataset<Row> now = lake.read(TABLE, "membership");
    assertThat(now.schema().json()).as("with comments").isEqualTo(TABLE.schema().json());
    assertThat(now.orderBy("as_of").collectAsList().toString())
        .isEqualTo(
            "[[2026-01-01,1,s-1,number of segments,all,all,needs,4.0,null,null,null,from 3 to"
                + " 6,pass,null], [2026-02-01,2,s-2,number of segments,all,all,needs,9.0,null,null,"
                + "null,from 3 to 6,fail,null]]");
    assertThat(lake.migrate(List.of(TABLE))).as("a second time").isEmpty();

    // A run writes on as if the table had always been so.
    Snapshot next = new Snapshot(LocalDate.of(2026, 2, 1), 2);
    lake.replace(TABLE, next, now.where("revision = 1").drop("as_of", "revision"), "validation");
    assertThat(lake.read(TABLE, next, "membership").select("segmentation_id").first().getString(0))
        .isEqualTo("s-1");
    assertThat(
            spark()
                .read()
                .format("delta")
                .option("versionAsOf", 1)
                .load(lake.path(TABLE))
                .columns())
        .hasSize(8);
  }

  @Test
  void whatCannotBeBroughtUpIsLeftAsItIs() {
    written(OLD.replace("value DOUBLE", "value STRING"));
    assertThat(lake.migrate(List.of(TABLE))).isEmpty();
    assertThatThrownBy(() -> lake.preflight(List.of(TABLE)))
        .hasMessageContaining("it has another schema")
        .hasMessageContaining("Nothing was written");
  }

  @Test
  void aTableOfANewerVersionIsRefused() {
    written(OLD); // it could be brought up
    spark()
        .sql(
            "ALTER TABLE delta.`"
                + lake.path(TABLE)
                + "` SET TBLPROPERTIES ('stratify.format' = '"
                + NEWER
                + "')");
    assertThatThrownBy(() -> lake.migrate(List.of(TABLE)))
        .hasMessageContaining("a newer version of Stratify wrote it, in format " + NEWER)
        .hasMessageContaining("knows formats up to " + Migration.FORMAT);
  }

  @Test
  void aTableOfAnotherVersionThatCanBeComputedAgainIsDeleted() {
    TableSpec past = CustomerFeaturesPast.TABLE;
    String create =
        "CREATE TABLE delta.`"
            + lake.path(past)
            + "` USING delta TBLPROPERTIES ('%s' = '%s') AS"
            + " SELECT DATE'2026-01-01' AS as_of, 'c1' AS customer_id";
    spark().sql(String.format(create, "stratify.table", past));
    assertThatThrownBy(() -> lake.read(past, "validation"))
        .hasMessageContaining("made by another version");
    assertThat(lake.deleteStale(List.of(past))).containsExactly(past);
    assertThat(Path.of(lake.path(past))).doesNotExist();
    assertThat(lake.readIfThere(past, "validation").isEmpty()).isTrue();
    assertThat(lake.deleteStale(List.of(past))).as("a second time").isEmpty();

    spark().sql(String.format(create, "made.by", "somebody else"));
    assertThat(lake.deleteStale(List.of(past))).isEmpty();
    assertThat(lake.exists(past)).isTrue();
  }

  @Test
  void aTableThatTookNoNullWhereThereMayBeOneNowIsDeleted() {
    TableSpec days = CustomerDay.TABLE;
    String columns = days.schema().toDDL();
    String before = columns.replace("orders BIGINT", "orders BIGINT NOT NULL");
    assertThat(before).isNotEqualTo(columns);
    spark()
        .sql(
            String.format(
                "CREATE TABLE delta.`%s` (%s) USING delta PARTITIONED BY (month)"
                    + " TBLPROPERTIES ('stratify.table' = '%s')",
                lake.path(days), before, days));
    lake.ensureExists(HistoryDay.TABLE, "history");
    assertThat(lake.deleteStale(List.of(days)))
        .as("fingerprints of facts are not left without them")
        .containsExactly(HistoryDay.TABLE, days);
    assertThat(lake.exists(HistoryDay.TABLE)).isFalse();
    lake.ensureExists(days, "history");
    assertThat(lake.deleteStale(List.of(days))).isEmpty();
  }

  @Test
  void aTableOfANewerVersionIsNotDeletedThoughItCanBeComputedAgain() {
    TableSpec past = CustomerFeaturesPast.TABLE;
    spark()
        .sql(
            String.format(
                "CREATE TABLE delta.`%s` USING delta TBLPROPERTIES ('stratify.table' = '%s',"
                    + " 'stratify.format' = '%s') AS SELECT 'c1' AS customer_id",
                lake.path(past), past, NEWER));
    assertThatThrownBy(() -> lake.deleteStale(List.of(past)))
        .hasMessageContaining("a newer version of Stratify wrote it, in format " + NEWER);
    assertThat(lake.exists(past)).isTrue();
  }

  private Object remembered() {
    return DeltaTable.forPath(spark(), lake.path(TABLE))
        .detail()
        .select("properties")
        .first()
        .getJavaMap(0)
        .get("delta.deletedFileRetentionDuration");
  }

  private void makeOld(Instant written) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(lake.path(TABLE)))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(written));
      }
    }
  }

  @Test
  void smallFilesArePutTogetherAndOldOnesDeleted() throws IOException {
    lake.ensureExists(TABLE, "validation");
    for (int i = 0; i < 3; i++) {
      rows(
          "(DATE'2026-01-01', 1, 's-"
              + i
              + "', 'e', 'all', 'all', 'needs', 4.0, null, null, null,"
              + " null, 'pass', null)");
    }
    Maintenance.Done done = new Maintenance(lake, 7, 128).run(TABLE, "maintain");
    assertThat(done.filesBefore()).isEqualTo(3);
    assertThat(done.filesAfter()).isEqualTo(1);
    assertThat(done.deleted()).as("younger than seven days").isZero();
    assertThat(lake.read(TABLE, "x").count()).isEqualTo(3);
    assertThat(DeltaTable.forPath(spark(), lake.path(TABLE)).history(1).first().toString())
        .contains("\"job\":\"maintain\"");
    // By itself Delta forgets after a week which files older versions need.
    assertThat(remembered()).isNull();
    assertThat(new Maintenance(lake, 30, 128).run(TABLE, "maintain").deleted()).isZero();
    assertThat(remembered()).as("before anything is deleted").isEqualTo("interval 30 days");
    makeOld(Instant.now().minus(Duration.ofDays(31)));
    // Nothing is younger than no days at all.
    assertThat(new Maintenance(lake, 0, 128).run(TABLE, "maintain").deleted()).isEqualTo(3);
    assertThat(lake.read(TABLE, "x").count()).isEqualTo(3);
  }

  @Test
  void otherColumnsAreAnotherFormat() {
    String declared =
        Tables.ALL.stream()
            .map(
                t ->
                    t.name()
                        + t.partition()
                        + t.schema().toDDL().replaceAll(" COMMENT '[^']*'", ""))
            .collect(Collectors.joining("\n"));
    assertThat(Migration.FORMAT + " " + UUID.nameUUIDFromBytes(declared.getBytes(UTF_8)))
        .as("where columns were declared otherwise, raise Migration.FORMAT and note both here")
        .isEqualTo("4 540d5cd8-e685-32ac-909e-5a6aed731805");
  }
}
