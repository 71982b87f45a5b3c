package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.stratify.common.StratifyException;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest extends SparkSuite {
  private static final CommitStamp STAMP = new CommitStamp("run-1", "abc", "0.1.0");
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final TableSpec WHOLE = spec(TableSpec.whole("whole_things", "Things."));
  private static final TableSpec DATED = spec(TableSpec.snapshot("dated_things", "Things."));
  private static final TableSpec SHOWN = spec(TableSpec.published("shown_things", "Things."));
  private static final TableSpec GROWN = spec(TableSpec.appended("grown_things", "Things."));

  @TempDir Path folder;
  private Lake lake;

  private static TableSpec spec(TableSpec.Builder builder) {
    builder.key("id", DataTypes.StringType, "id");
    builder.column("n", DataTypes.LongType, "number");
    return builder.build();
  }

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder.toString(), STAMP);
  }

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void aWholeTableIsReplaced() {
    assertThat(lake.replace(WHOLE, at(APRIL, 1), things("a 1", "b 2"), "history")).isEqualTo(2);
    assertThat(lake.replace(WHOLE, at(MAY, 1), things("c 3"), "history")).isEqualTo(1);
    assertThat(sorted(lake.read(WHOLE, "features"))).containsExactly("[c,3]");
  }

  @Test
  void filesThatAreThereBecomeTheTable() throws IOException {
    lake.replace(WHOLE, at(APRIL, 1), things("a 1"), "history");
    try (Scratch scratch = Scratch.below(spark(), lake.output().scratch())) {
      Dataset<Row> sorted =
          things("b 2", "c 3", "d -1")
              .withColumn("part", functions.expr("if(n < 0, 'bad', 'good')"))
              .withColumn("more", functions.lit("not in the table"));
      Parted parts = scratch.keepBy("sort", sorted, "part", List.of());
      lake.adopt(WHOLE, List.of(parts), "good", 2, "conform");
      assertThat(sorted(parts.rows().select("id", "part"))).containsExactly("[d,bad]");
    }
    assertThat(sorted(lake.read(WHOLE, "features"))).containsExactly("[b,2]", "[c,3]");
    assertThat(history(WHOLE)).hasSize(3).first().asString().contains("\"job\":\"conform\"");
    assertThat(folder.resolve("_scratch")).doesNotExist();
    lake.replace(WHOLE, at(MAY, 1), things("e 5"), "history");
    assertThat(sorted(lake.read(WHOLE, "features"))).containsExactly("[e,5]");
  }

  @Test
  void whatIsReadAndWrittenIsRememberedUntilItIsTaken() {
    Lake of = lake.describing(at(MAY, 1));
    of.replace(WHOLE, at(MAY, 1), things("a 1", "b 2"), "conform");
    of.replace(SHOWN, at(MAY, 1), things("a 1"), "features");
    Traffic.Taken written = of.traffic().take();
    assertThat(written.written().rows()).isEqualTo(Map.of("whole_things", 2L, "shown_things", 1L));
    assertThat(written.written().versions())
        .isEqualTo(Map.of("whole_things", 1L, "shown_things", 1L));
    of.read(WHOLE, "x");
    of.read(SHOWN, at(MAY, 1), "x");
    of.replace(GROWN, at(MAY, 1), things("a 1"), "publish");
    of.read(GROWN, "x");
    Traffic.Taken read = of.traffic().take();
    assertThat(read.read().versions())
        .isEqualTo(Map.of("whole_things", 1L, "shown_things", 1L, "grown_things", 1L));
    assertThat(read.read().rows())
        .as("of a table that grew, the last commit does not tell the rows")
        .isEqualTo(Map.of("whole_things", 2L, "shown_things", 1L));
    assertThat(of.traffic().take().read().versions()).isEmpty();
    assertThat(of.history(SHOWN, 9))
        .extracting(c -> c.version() + " " + c.written().orElse(-1) + " " + c.job() + c.snapshot())
        .containsExactly("1 1 features2026-05-01 revision 1", "0 -1 features2026-05-01 revision 1");
  }

  @Test
  void rowsThatAnotherProgramAddsAreNotLostToFilesThatBecomeTheTable() {
    lake.replace(WHOLE, at(APRIL, 1), things("a 1"), "history");
    TableFiles seen = lake.guard().files(WHOLE);
    things("b 2").write().format("delta").mode("append").save(lake.path(WHOLE));
    assertThatThrownBy(
            () -> new Adoption(spark(), lake.path(WHOLE)).replaceAllBy(seen, List.of(), "{}"))
        .isInstanceOf(ConcurrentModificationException.class);
    assertThat(sorted(lake.read(WHOLE, "x"))).containsExactly("[a,1]", "[b,2]");
  }

  /** As after a command that is killed while it moves them: they are known to be ours. */
  @Test
  void filesThatWereMovedBeforeTheFirstCommitAreInNobodysWay() {
    try (Scratch scratch = Scratch.below(spark(), lake.output().scratch())) {
      Dataset<Row> good = things("a 1").withColumn("part", functions.lit("good"));
      Parted parts = scratch.keepBy("sort", good, "part", List.of());
      List<FileStatus> files = new ArrayList<>(parts.files("good"));
      files.add(
          new FileStatus(1, false, 1, 1, 0, new org.apache.hadoop.fs.Path(lake.path(WHOLE), "no")));
      assertThatThrownBy(
              () -> new Adoption(spark(), lake.path(WHOLE)).createFrom(WHOLE, files, "{}"))
          .isInstanceOf(StratifyException.class)
          .hasMessageStartingWith("Cannot move " + lake.path(WHOLE) + "/no");
    }
    assertThat(Path.of(lake.path(WHOLE)))
        .isDirectoryContaining(f -> f.getFileName().toString().startsWith("part-"));
    lake.preflight(List.of(WHOLE));
    lake.replace(WHOLE, at(MAY, 1), things("b 2"), "history");
    assertThat(sorted(lake.read(WHOLE, "x"))).containsExactly("[b,2]");
  }

  @Test
  void theNewestCommitIsThatOfTheTableThatWasWrittenLast() throws IOException {
    RootState state = lake.output().state();
    assertThat(state.newestCommit()).isEmpty();
    lake.ensureExists(RunLog.TABLE, "test");
    lake.ensureExists(Forgotten.TABLE, "test");
    assertThat(state.newestCommit().orElseThrow().table()).isEqualTo(Forgotten.TABLE);
    assertThat(state.tables()).containsExactlyInAnyOrder(RunLog.TABLE, Forgotten.TABLE);
  }

  @Test
  void noFilesEmptyTheTable() {
    lake.replace(WHOLE, at(APRIL, 1), things("a 1"), "history");
    lake.adopt(WHOLE, List.of(), "good", 0, "conform");
    assertThat(lake.read(WHOLE, "features").isEmpty()).isTrue();
    assertThatThrownBy(() -> lake.adopt(DATED, List.of(), "good", 2, "conform"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aColumnThatIsNullByItsExpressionIsNotInTheFilesAndNullToReaders() {
    Dataset<Row> nulls =
        things("a 1", "b 2").select(functions.col("id"), functions.lit(null).as("n"));
    assertThat(lake.replace(DATED, at(MAY, 1), nulls, "history")).isEqualTo(2);
    lake.replace(DATED, at(APRIL, 1), things("c 3"), "history");

    Dataset<Row> read = lake.read(DATED, "features");
    assertThat(sorted(read.select("id", "n"))).containsExactly("[a,null]", "[b,null]", "[c,3]");
    assertThat(sorted(read.where("n > 0").select("id"))).containsExactly("[c]");
    String path = lake.path(DATED);
    assertThat(spark().read().parquet(path + "/as_of=2026-05-01").columns()).containsExactly("id");
    assertThat(spark().read().parquet(path + "/as_of=2026-04-01").columns())
        .containsExactly("id", "n");
    Dataset<Row> nobody = things("a 1").select(functions.lit(null).as("id"), functions.col("n"));
    assertThatThrownBy(() -> lake.replace(DATED, at(MAY, 1), nobody, "history"))
        .as("a key is required")
        .hasStackTraceContaining("NOT NULL constraint violated for column: id");
  }

  @Test
  void aSnapshotReplacesItsAsOfDateAndLeavesOthersAlone() {
    lake.replace(DATED, at(APRIL, 1), things("a 1"), "conform");
    lake.replace(DATED, at(MAY, 1), things("b 2"), "conform");
    lake.replace(DATED, at(MAY, 2), things("c 3"), "conform");
    assertThat(sorted(lake.read(DATED, "x")))
        .containsExactly("[2026-04-01,a,1]", "[2026-05-01,c,3]");
  }

  @Test
  void aPublishedTableReplacesItsRevisionAndLeavesOthersAlone() {
    lake.replace(SHOWN, at(APRIL, 1), things("a 1"), "insight");
    lake.replace(SHOWN, at(APRIL, 2), things("b 2"), "insight");
    lake.replace(SHOWN, at(MAY, 2), things("c 3"), "insight");
    lake.replace(SHOWN, at(APRIL, 2), things("d 4"), "insight");
    assertThat(sorted(lake.read(SHOWN, "x")))
        .containsExactly("[2026-04-01,1,a,1]", "[2026-04-01,2,d,4]", "[2026-05-01,2,c,3]");
    assertThat(sorted(lake.read(SHOWN, at(APRIL, 1), "x"))).containsExactly("[2026-04-01,1,a,1]");
  }

  @Test
  void anAppendedTableGrows() {
    lake.replace(GROWN, at(APRIL, 1), things("a 1"), "publish");
    lake.replace(GROWN, at(APRIL, 1), things("b 2"), "publish");
    assertThat(sorted(lake.read(GROWN, "x"))).containsExactly("[a,1]", "[b,2]");
  }

  @Test
  void aRerunGivesTheSameRowsInOneMoreCommit() {
    for (TableSpec table : List.of(WHOLE, DATED, SHOWN)) {
      lake.replace(table, at(MAY, 1), things("a 1", "b 2"), "job");
      List<String> first = sorted(lake.read(table, "x"));
      lake.replace(table, at(MAY, 1), things("b 2", "a 1"), "job");
      assertThat(sorted(lake.read(table, "x"))).as(table.name()).isEqualTo(first);
      // Version 0 makes the table, 1 and 2 are the writes.
      assertThat(history(table)).hasSize(3);
    }
  }

  @Test
  void nothingInPlaceOfNothingIsNoCommitAndNoRows() {
    lake.replace(SHOWN, at(APRIL, 1), things("a 1"), "insight");
    Lake of = lake.describing(at(MAY, 1));
    assertThat(of.replace(SHOWN, at(MAY, 1), things(), "insight")).isZero();
    assertThat(history(SHOWN)).hasSize(2);
    Traffic.Taken written = of.traffic().take();
    assertThat(written.written().rows()).isEqualTo(Map.of("shown_things", 0L));
    assertThat(written.written().versions()).as("those of others are not its").isEmpty();
  }

  @Test
  void rowsAreCountedWhereNoStatisticsAreCollected() {
    spark().conf().set("spark.databricks.delta.stats.collect", "false");
    try {
      assertThat(lake.replace(SHOWN, at(MAY, 1), things("a 1", "b 2"), "features")).isEqualTo(2);
    } finally {
      spark().conf().unset("spark.databricks.delta.stats.collect");
    }
    assertThat(lake.read(SHOWN, at(MAY, 1), "segments").count()).isEqualTo(2);
  }

  @Test
  void noRowsEmptyTheSlice() {
    lake.replace(SHOWN, at(APRIL, 1), things("a 1"), "insight");
    lake.replace(SHOWN, at(MAY, 1), things("b 2"), "insight");
    assertThat(lake.replace(SHOWN, at(MAY, 1), things(), "insight")).isZero();
    assertThat(sorted(lake.read(SHOWN, "x"))).containsExactly("[2026-04-01,1,a,1]");
  }

  @Test
  void everyCommitSaysWhichRunJobAndConfigurationMadeIt() {
    lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    assertThat(history(WHOLE))
        .hasSize(2)
        .containsOnly(
            "{\"run\":\"run-1\",\"job\":\"history\",\"config\":\"abc\",\"stratify\":\"0.1.0\"}");
  }

  @Test
  void theTableCarriesItsDocumentationAndName() {
    lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    Row detail = DeltaTable.forPath(spark(), lake.path(WHOLE)).detail().first();
    assertThat(detail.<String>getAs("description")).isEqualTo("Things.");
    assertThat(detail.getJavaMap(detail.fieldIndex("properties")).get("stratify.table"))
        .isEqualTo("whole_things");
    assertThat(lake.read(WHOLE, "x").schema().apply("n").getComment().get()).isEqualTo("number");
  }

  @Test
  void aNullInARequiredColumnIsRefusedAndNothingIsWritten() {
    lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    Dataset<Row> bad =
        spark().createDataFrame(List.of(RowFactory.create(null, 1L)), WHOLE.bodySchema());
    assertThatThrownBy(() -> lake.replace(WHOLE, at(MAY, 1), bad, "history"))
        .hasStackTraceContaining("NOT NULL constraint violated for column: id");
    assertThat(sorted(lake.read(WHOLE, "x"))).containsExactly("[a,1]");
  }

  @Test
  void whatWasLeftBeforeTheFirstCommitOfATableIsInNobodysWay() throws IOException {
    Path table = Files.createDirectories(folder.resolve("whole_things"));
    Path part = Files.writeString(table.resolve("part-00000-a.c000.snappy.parquet"), "cut off");
    String message = "it holds files that are not a Delta table (part-00000-a.c000.snappy.parquet";
    assertThatThrownBy(() -> lake.preflight(List.of(WHOLE)))
        .as("somebody's Parquet files")
        .hasMessageContaining(message);
    Path log = Files.createDirectories(table.resolve("_delta_log"));
    Path commit = Files.writeString(log.resolve("00000000000000000003.json"), "{}");
    assertThatThrownBy(() -> lake.preflight(List.of(WHOLE)))
        .as("somebody's broken table")
        .hasMessageContaining("truncated");
    Files.delete(commit);
    Files.writeString(log.resolve(".00000000000000000000.json.a.tmp"), "cut o");
    lake.preflight(List.of(WHOLE));
    lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    assertThat(sorted(lake.read(WHOLE, "x"))).containsExactly("[a,1]");
    assertThat(part).as("left to maintenance").exists();
  }

  @Test
  void aFolderWithForeignFilesIsRefusedAndStaysAsItIs() throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("whole_things")).resolve("notes.txt");
    Files.writeString(foreign, "mine");
    String message =
        "Cannot use "
            + lake.path(WHOLE)
            + " for table whole_things: it holds files that are not a Delta table (notes.txt ...)."
            + " Nothing was written. Move them away, or choose another --set output.root=FOLDER";
    refused(() -> lake.preflight(List.of(WHOLE)), message);
    refused(() -> lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history"), message);
    assertThat(files(folder)).containsExactly("notes.txt");
  }

  @Test
  void aForeignDeltaTableIsRefusedAndStaysAsItIs() {
    things("x 9").write().format("delta").save(lake.path(WHOLE));
    String message =
        "Cannot use "
            + lake.path(WHOLE)
            + " for table whole_things: the Delta table there was not made by Stratify for"
            + " whole_things. Nothing was written. Move it away, or choose another --set"
            + " output.root=FOLDER";
    refused(() -> lake.preflight(List.of(WHOLE)), message);
    refused(() -> lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history"), message);
    refused(() -> lake.read(WHOLE, "features"), message);
    assertThat(sorted(spark().read().format("delta").load(lake.path(WHOLE))))
        .containsExactly("[x,9]");
  }

  @Test
  void anotherSchemaIsRefusedWithWhatWasExpectedAndFound() {
    lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    TableSpec newer =
        new TableSpec(
            WHOLE.name(),
            WHOLE.doc(),
            WHOLE.slice(),
            List.of(
                WHOLE.columns().get(0),
                new ColumnSpec("n", TableSpec.MONEY, false, List.of(), "number")),
            WHOLE.key());
    refused(
        () -> lake.replace(newer, at(MAY, 1), things("b 2"), "history"),
        String.format(
            "Cannot use %s for table whole_things: it has another schema.%n"
                + "  expected: id STRING, n DECIMAL(18,4)%n"
                + "  found:    id STRING, n BIGINT%n"
                + "Nothing was written. It was made by another version of Stratify: move it away,"
                + " or choose another --set output.root=FOLDER",
            lake.path(WHOLE)));
    assertThat(sorted(lake.read(WHOLE, "x"))).containsExactly("[a,1]");
  }

  @Test
  void aTableThatIsNotThereIsRefusedWithTheJobsToRun() {
    refused(
        () -> lake.read(WHOLE, "features"),
        "Cannot run features: table whole_things does not exist at "
            + lake.path(WHOLE)
            + ". Run it with the jobs before it: ./stratify run --to features");
  }

  @Test
  void aSnapshotThatIsNotThereIsRefused() {
    lake.replace(SHOWN, at(APRIL, 1), things("a 1"), "features");
    refused(
        () -> lake.read(SHOWN, at(APRIL, 2), "segments"),
        "Cannot run segments: shown_things has no snapshot for 2026-04-01 revision 2. Run it with"
            + " the jobs before it: ./stratify run --as-of 2026-04-01 --to segments");
  }

  @Test
  void supersededRevisionsOfTheAsOfDateAreDeleted() {
    for (int revision = 1; revision <= 3; revision++) {
      lake.replace(SHOWN, at(MAY, revision), things("a " + revision), "insight");
    }
    lake.replace(SHOWN, at(APRIL, 1), things("b 1"), "insight");
    lake.deleteSuperseded(SHOWN, at(MAY, 2), "publish");
    assertThat(sorted(lake.read(SHOWN, "x")))
        .containsExactly("[2026-04-01,1,b,1]", "[2026-05-01,2,a,2]", "[2026-05-01,3,a,3]");
    assertThat(history(SHOWN).get(0)).contains("\"job\":\"publish\"");
    CommitRow commit = lake.history(SHOWN, 1).get(0);
    assertThat(commit.operation()).isEqualTo("DELETE");
    assertThat(commit.written()).isEmpty();
    assertThat(commit.removed()).hasValue(1);
  }

  @Test
  void allRevisionsAreDeletedThatEarlierPublicationsLeftOver() {
    for (int revision = 1; revision <= 4; revision++) {
      lake.replace(SHOWN, at(MAY, revision), things("a " + revision), "insight");
    }
    lake.deleteSuperseded(SHOWN, at(MAY, 3), "publish");
    assertThat(sorted(lake.read(SHOWN, "x")))
        .containsExactly("[2026-05-01,3,a,3]", "[2026-05-01,4,a,4]");
  }

  /** The last commit tells the rows of the slice that it wrote, and of no other. */
  @Test
  void theRowsOfASliceAreNotThoseOfTheCommitOfAnother() {
    lake.replace(SHOWN, at(MAY, 1), things("a 1"), "features");
    for (Snapshot other : List.of(at(APRIL, 1), at(MAY, 2))) {
      lake.describing(other).replace(SHOWN, other, things("b 2", "c 3"), "features");
      lake.read(SHOWN, other, "x");
      assertThat(lake.traffic().take().read().rows()).isEqualTo(Map.of("shown_things", 2L));
      lake.read(SHOWN, at(MAY, 1), "x");
      assertThat(lake.traffic().take().read().rows()).as("after %s", other).isEmpty();
    }
  }

  @Test
  void nothingIsDeletedWhereNothingIsSuperseded() {
    lake.deleteSuperseded(SHOWN, at(MAY, 2), "publish");
    assertThat(lake.exists(SHOWN)).isFalse();
    lake.replace(SHOWN, at(MAY, 1), things("a 1"), "insight");
    lake.replace(GROWN, at(MAY, 1), things("a 1"), "publish");
    lake.deleteSuperseded(SHOWN, at(MAY, 1), "publish");
    lake.deleteSuperseded(GROWN, at(MAY, 9), "publish");
    assertThat(history(SHOWN)).hasSize(2);
    assertThat(sorted(lake.read(GROWN, "x"))).containsExactly("[a,1]");
  }

  @Test
  void newKeysAreAddedAndOldRowsStay() {
    assertThat(lake.insertNew(WHOLE, things("a 1", "b 2"), "forget")).isEqualTo(2);
    assertThat(lake.insertNew(WHOLE, things("b 9", "c 3"), "forget")).isEqualTo(1);
    assertThat(lake.insertNew(WHOLE, things("a 9"), "forget")).isZero();
    assertThat(sorted(lake.read(WHOLE, "x"))).containsExactly("[a,1]", "[b,2]", "[c,3]");
    assertThat(history(WHOLE)).allMatch(stamp -> stamp.contains("\"job\":\"forget\""));
  }

  @Test
  void aMergeCountsItsOwnRowsWhoeverCommitsAfterIt() {
    lake.replace(WHOLE, at(MAY, 1), things("a 1", "b 2"), "history");
    lake.replace(WHOLE, at(MAY, 1), things("a 1", "b 2", "c 3"), "history");
    long deleted =
        lake.merged(
            WHOLE,
            "forget",
            "numTargetRowsDeleted",
            () -> {
              DeltaTable table = DeltaTable.forPath(spark(), folder.resolve("whole_things") + "");
              table
                  .as("t")
                  .merge(things("a 1", "b 2").as("s"), "t.id = s.id")
                  .whenMatched()
                  .delete()
                  .execute();
              spark().conf().unset("spark.databricks.delta.commitInfo.userMetadata");
              table.updateExpr(Map.of("n", "9"));
            });
    assertThat(deleted).isEqualTo(2);
  }

  @Test
  void aMergeThatMeetsAnotherWriterSaysWhatToDo() {
    lake.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    refused(
        () ->
            lake.merged(
                WHOLE,
                "forget",
                "numTargetRowsDeleted",
                () -> {
                  throw new java.util.ConcurrentModificationException("conflict");
                }),
        "Cannot forget: another program wrote table whole_things at the same time. The table is as"
            + " that left it. Run the same command again once it has ended");
  }

  @Test
  void theLogHoldsNoValueOfARow() throws IOException {
    lake.replace(WHOLE, at(MAY, 1), things("zebra 471147"), "history");
    lake.replace(SHOWN, at(MAY, 1), things("zebra 471147"), "insight");
    lake.deleteSuperseded(SHOWN, at(MAY, 2), "publish");
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> commits = all.filter(p -> p.toString().endsWith(".json")).toList();
      assertThat(commits).hasSize(5);
      for (Path commit : commits) {
        assertThat(Files.readString(commit)).doesNotContain("zebra").doesNotContain("471147");
      }
    }
  }

  @Test
  void aRelativeRootIsReadFromTheWorkingFolder() throws IOException {
    Path here = Files.createTempDirectory(Path.of("target"), "relative-root");
    Lake relative = new Lake(spark(), here.toString(), STAMP);
    assertThat(relative.root()).isEqualTo(here.toAbsolutePath().toString());
    relative.preflight(List.of(WHOLE));
    relative.replace(WHOLE, at(MAY, 1), things("a 1"), "history");
    assertThat(sorted(relative.read(WHOLE, "x"))).containsExactly("[a,1]");
    assertThat(here.resolve("whole_things/_delta_log")).isDirectory();
  }

  @Test
  void preflightMakesTheRootAndLeavesNothingInIt() {
    Path root = folder.resolve("deep/er");
    new Lake(spark(), root.toString(), STAMP).preflight(List.of(WHOLE, SHOWN));
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aRootThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> new Lake(spark(), file.toString(), STAMP).preflight(List.of(WHOLE)))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot write to the output root " + file + ": ")
        .hasMessageEndingWith("Give a folder that this user may write: --set output.root=FOLDER");
  }

  private static Snapshot at(LocalDate asOf, int revision) {
    return new Snapshot(asOf, revision);
  }

  /** Rows of id and number, "a 1". */
  private Dataset<Row> things(String... things) {
    List<Row> rows =
        Arrays.stream(things)
            .map(t -> t.split(" ", -1))
            .map(t -> RowFactory.create(t[0], Long.valueOf(t[1])))
            .toList();
    return spark().createDataFrame(rows, WHOLE.bodySchema());
  }

  /** The stamps of all commits, newest first. */
  private List<String> history(TableSpec table) {
    return spark()
        .sql("DESCRIBE HISTORY delta.`" + lake.path(table) + "`")
        .select("userMetadata")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  private static void refused(Runnable work, String message) {
    assertThatThrownBy(work::run).isInstanceOf(StratifyException.class).hasMessage(message);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(p -> p.getFileName().toString()).toList();
    }
  }
}
