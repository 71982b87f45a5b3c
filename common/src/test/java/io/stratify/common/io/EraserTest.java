package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.TableSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraserTest extends SparkSuite {
  private static final String CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";
  private static final String LISTING = "spark.sql.sources.parallelPartitionDiscovery.parallelism";
  private static final Snapshot MAY = new Snapshot(LocalDate.of(2026, 5, 1), 1);
  private static final Snapshot JUNE = new Snapshot(LocalDate.of(2026, 6, 1), 1);
  private static final TableSpec THINGS = things();

  @TempDir Path folder;
  private Lake lake;
  private Eraser eraser;

  private static TableSpec things() {
    TableSpec.Builder builder = TableSpec.snapshot("things", "Things.");
    builder.column("id", DataTypes.StringType, "id");
    builder.column("text", DataTypes.StringType, "text");
    return builder.build();
  }

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("run-1", "abc", "0.1.0"));
    eraser = new Eraser(lake);
  }

  @Test
  void rowsThatEqualAKeyAreDeletedFromAllSnapshots() {
    lake.replace(THINGS, MAY, text("id, text", row("a", "x"), row("b", "x")), "conform");
    lake.replace(THINGS, JUNE, text("id, text", row("a", "y"), row("aa", "y")), "conform");
    assertThat(eraser.delete(THINGS, text("id", row("a"), row("c")), "forget")).isEqualTo(2);
    assertThat(rows()).containsExactly("[2026-05-01,b,x]", "[2026-06-01,aa,y]");
    CommitRow commit = lake.history(THINGS, 1).get(0);
    assertThat(commit.operation()).isEqualTo("MERGE");
    assertThat(commit.removed()).hasValue(2);
    assertThat(commit.written()).as("what stays beside them is no news").hasValue(0);
    assertThat(eraser.delete(THINGS, text("id", row("a"), row("c")), "forget")).isZero();
  }

  @Test
  void aKeyOfSeveralColumnsMustBeEqualInAllAndNullEqualsNull() {
    lake.replace(
        THINGS, MAY, text("id, text", row(null, "x"), row(null, "y"), row("a", "x")), "conform");
    assertThat(eraser.delete(THINGS, text("id, text", row(null, "x")), "forget")).isEqualTo(1);
    assertThat(rows()).containsExactly("[2026-05-01,a,x]", "[2026-05-01,null,y]");
  }

  @Test
  void onlyTheFilesOfTheNewestVersionAreLeft() throws IOException {
    lake.replace(THINGS, MAY, text("id, text", row("a", "x")).coalesce(1), "conform");
    lake.replace(THINGS, MAY, text("id, text", row("b", "x")).coalesce(1), "conform");
    lake.replace(THINGS, JUNE, text("id, text", row("c", "x")).coalesce(1), "conform");
    // What a run that was killed leaves behind: in no version at all.
    Path stray = Files.writeString(table().resolve("as_of=2026-05-01/part-stray.parquet"), "x");
    Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertThat(dataFiles()).hasSize(4);
    assertThat(eraser.vacuum(THINGS, "forget")).isEqualTo(2);
    assertThat(dataFiles()).hasSize(2).noneMatch(f -> f.contains("stray"));
    assertThat(rows()).containsExactly("[2026-05-01,b,x]", "[2026-06-01,c,x]");
    assertThat(eraser.vacuum(THINGS, "forget")).isZero();
  }

  @Test
  void aFileThatStaysIsReported() throws IOException {
    lake.replace(THINGS, MAY, text("id, text", row("a", "x")), "conform");
    Path stray = Files.writeString(table().resolve("as_of=2026-05-01/part-stray.parquet"), "x");
    // The clock of the store is ahead of ours, so the file looks as if it were just being written.
    Files.setLastModifiedTime(stray, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    assertThatThrownBy(() -> eraser.vacuum(THINGS, "forget"))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot forget: table things still has 1 files on disk that its newest version does"
                + " not need (part-stray.parquet ...). See that no other program writes to "
                + lake.path(THINGS)
                + " and that this user may delete files there, then run the same command again");
  }

  @Test
  void theSettingsOfTheSessionAreAsBeforeAndTheConsoleIsQuiet() {
    lake.replace(THINGS, MAY, text("id, text", row("a", "x")), "conform");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    scala.Console.withOut(
        console,
        () -> {
          eraser.vacuum(THINGS, "forget");
          return null;
        });
    assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(spark().conf().get(CHECK)).isEqualTo("true");
    assertThat(spark().conf().get(LISTING)).isEqualTo("10000");
    assertThat(spark().conf().contains("spark.databricks.delta.commitInfo.userMetadata")).isFalse();
  }

  @Test
  void theLogDoesNotSayWhatWasDeleted() throws IOException {
    lake.replace(THINGS, MAY, text("id, text", row("zebra", "x"), row("b", "x")), "conform");
    assertThat(eraser.delete(THINGS, text("id", row("zebra")), "forget")).isEqualTo(1);
    eraser.vacuum(THINGS, "forget");
    Path newest = table().resolve("_delta_log/00000000000000000002.json");
    assertThat(Files.readString(newest)).contains("MERGE").contains("forget");
    for (Path file : files("_delta_log")) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("zebra");
    }
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }

  private List<String> rows() {
    Dataset<Row> rows = lake.read(THINGS, "x");
    return sorted(rows);
  }

  private Path table() {
    return folder.resolve("things");
  }

  private List<String> dataFiles() throws IOException {
    return files("").stream()
        .map(p -> table().relativize(p).toString())
        .filter(f -> f.endsWith(".parquet") && !f.startsWith("_delta_log"))
        .toList();
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(table().resolve(below))) {
      return Arrays.asList(all.filter(Files::isRegularFile).toArray(Path[]::new));
    }
  }
}
