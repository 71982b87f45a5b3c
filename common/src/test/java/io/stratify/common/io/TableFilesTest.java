package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.exceptions.ConcurrentAppendException;
import io.delta.tables.DeltaTable;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.TableSpec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest extends SparkSuite {
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final TableSpec SHOWN = spec();

  @TempDir Path folder;
  private Lake lake;

  private static TableSpec spec() {
    TableSpec.Builder builder = TableSpec.published("shown_things", "Things.");
    builder.key("id", DataTypes.StringType, "id");
    return builder.build();
  }

  @BeforeEach
  void open() {
    lake = lake();
  }

  private Lake lake() {
    return new Lake(spark(), folder.toString(), new CommitStamp("run-1", "abc", "0.1.0"));
  }

  @Override
  protected boolean interpreted() {
    return true;
  }

  private static Snapshot revision(int revision) {
    return new Snapshot(MAY, revision);
  }

  private void write(int revision, String... ids) {
    lake.replace(SHOWN, revision(revision), things(ids), "test");
  }

  private Dataset<Row> things(String... ids) {
    List<Row> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(RowFactory.create(id));
    }
    return spark().createDataFrame(rows, SHOWN.bodySchema());
  }

  private static List<String> paths(List<AddFile> files) {
    return files.stream().map(AddFile::path).sorted().toList();
  }

  /** Twice past a checkpoint, with everything that is ever done to a table. */
  @Test
  void theFilesAreThoseThatDeltaFinds() {
    Random random = new Random(7);
    for (int i = 0; i < 26; i++) {
      int step = i;
      String[] ids =
          IntStream.range(0, 1 + i % 3).mapToObj(j -> step + "-" + j).toArray(String[]::new);
      write(1 + random.nextInt(4), ids);
      if (i % 5 == 4) {
        DeltaTable.forPath(spark(), lake.path(SHOWN)).delete("id LIKE '%-0'");
      }
      if (i == 7 || i == 18) {
        DeltaTable.forPath(spark(), lake.path(SHOWN)).optimize().executeCompaction();
      }
      if (i == 21) {
        lake.deleteSuperseded(SHOWN, revision(3), "test");
      }
      List<String> expected =
          paths(
              DeltaLog.forTable(spark(), lake.path(SHOWN))
                  .update(false, scala.Option.empty(), scala.Option.empty())
                  .allFiles()
                  .collectAsList());
      assertThat(paths(lake.guard().files(SHOWN).files()))
          .as("after step %d", i)
          .isEqualTo(expected);
      assertThat(paths(lake().guard().files(SHOWN).files())).as("anew").isEqualTo(expected);
    }
    Dataset<Row> delta =
        spark().read().format("delta").load(lake.path(SHOWN)).where(revision(3).published());
    assertThat(delta.count()).isPositive();
    assertThat(lake.read(SHOWN, revision(3), "test").collectAsList())
        .containsExactlyInAnyOrderElementsOf(delta.collectAsList());
  }

  /** Past a checkpoint, by whom it was written and by others. */
  @Test
  void theNumberOfTheLastCommitIsKeptWithTheTable() {
    TableSpec.Builder builder = TableSpec.monthly("days", "Days.");
    builder.key("day", DataTypes.DateType, "day");
    TableSpec days = builder.build();
    for (int i = 1; i <= 13; i++) {
      Dataset<Row> one = spark().sql("SELECT date_add(DATE'2026-01-01', " + 10 * i + ") AS day");
      Months months = new Months(lake, days);
      long written = i == 1 ? months.replaceAll(one, "test") : months.append(one, "test");
      assertThat(written).isEqualTo(1);
      if (i == 11) {
        lake = lake(); // which has not seen what was before the checkpoint
      }
      assertThat(new Months(lake, days).generation()).isEqualTo(i);
      assertThat(new Months(lake(), days).generation()).as("anew").isEqualTo(i);
    }
    assertThat(lake.read(days, "test").count()).isEqualTo(13);
  }

  @Test
  void aTableThatWasMadeAnewHasItsOwnFiles() {
    write(1, "a");
    lake.guard().files(SHOWN);
    spark()
        .range(1)
        .select(functions.col("id").cast("string"))
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(lake.path(SHOWN));
    assertThat(lake.guard().files(SHOWN).files()).hasSize(1);
    assertThat(lake.guard().files(SHOWN).rows(spark()).columns()).containsExactly("id");
  }

  @Test
  void aTableThatWasDeletedAndMadeAgainHasNoFilesOfTheOldOne() {
    write(1, "a");
    lake.guard().files(SHOWN);
    Lake other = lake();
    other.guard().delete(SHOWN);
    other.replace(SHOWN, revision(1), things("b"), "test");
    other.replace(SHOWN, revision(2), things("c"), "test");
    assertThat(lake.read(SHOWN, revision(1), "test").select("id").collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("b");
    assertThat(paths(lake.guard().files(SHOWN).files()))
        .isEqualTo(paths(lake().guard().files(SHOWN).files()));
  }

  @Test
  void aConditionOnThePartitionHoldsForTheRowsOfASlice() {
    write(1, "a", "b");
    write(2, "c");
    Dataset<Row> slice = lake.readSlice(SHOWN, revision(1));
    assertThat(slice.where(revision(1).published()).count()).isEqualTo(2);
    assertThat(slice.where(revision(2).published()).count()).isZero();
    assertThat(slice.where("id = 'b' AND revision = 1").count()).isEqualTo(1);
    assertThat(lake.readSlice(SHOWN, revision(3)).count()).isZero();
    write(1, "d");
    assertThat(slice.count()).as("what was read stays").isEqualTo(2);
  }

  @Test
  void rowsThatAnotherProgramAddsToTheSliceMeanwhileAreNotLost() {
    write(1, "a");
    write(2, "b");
    Replacement first = replacing(slice(1));
    write(2, "c");
    assertThat(first.commit(row("d", 1), "{}")).as("of other slices").isEqualTo(OptionalLong.of(1));

    Replacement second = replacing(slice(1));
    Replacement whole = replacing(Map.of());
    row("e", 1).write().format("delta").mode("append").save(lake.path(SHOWN));
    assertThatThrownBy(() -> second.commit(row("f", 1), "{}"))
        .isInstanceOf(ConcurrentAppendException.class);
    assertThatThrownBy(() -> whole.commit(row("f", 1), "{}"))
        .isInstanceOf(ConcurrentAppendException.class);
    assertThat(lake.read(SHOWN, revision(1), "test").select("id").collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactlyInAnyOrder("d", "e");
    assertThat(TableFiles.rows(lake.guard().files(SHOWN).in(slice(1)))).isEqualTo(Optional.of(2L));
  }

  @Test
  void rowsThatAnotherProgramAddsToOneOfTheSlicesAreNotLost() {
    write(1, "a");
    write(2, "b");
    Replacement both =
        new Replacement(lake.guard().files(SHOWN), List.of(slice(1), slice(2)), List.of());
    row("c", 2).write().format("delta").mode("append").save(lake.path(SHOWN));
    assertThatThrownBy(() -> both.commit(row("d", 1), "{}"))
        .isInstanceOf(ConcurrentAppendException.class);
    assertThat(lake.read(SHOWN, "test").count()).isEqualTo(3);
  }

  private Replacement replacing(Map<String, String> partition) {
    return new Replacement(lake.guard().files(SHOWN), List.of(partition), List.of());
  }

  private static Map<String, String> slice(int revision) {
    return Map.of("as_of", MAY.toString(), "revision", String.valueOf(revision));
  }

  private Dataset<Row> row(String id, int revision) {
    return things(id)
        .withColumn("as_of", functions.lit(java.sql.Date.valueOf(MAY)))
        .withColumn("revision", functions.lit(revision))
        .select(SHOWN.cols());
  }
}
