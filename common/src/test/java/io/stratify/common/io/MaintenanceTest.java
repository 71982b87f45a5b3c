package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest extends SparkSuite {
  private static final Snapshot MAY = new Snapshot(LocalDate.of(2026, 5, 1), 1);
  private static final TableSpec GROWN = spec();

  @TempDir Path folder;
  private Lake lake;

  private static TableSpec spec() {
    TableSpec.Builder builder = TableSpec.appended("grown_things", "Things.");
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
  }

  @Test
  void theRetentionIsInDays() throws IOException {
    append("a");
    Path older = stray("part-older.parquet", Duration.ofDays(8));
    Path younger = stray("part-younger.parquet", Duration.ofDays(6));
    assertThat(new Maintenance(lake, 7, 1).run(GROWN, "maintain").deleted()).isEqualTo(1);
    assertThat(older).doesNotExist();
    assertThat(younger).exists();
    assertThat(lake.read(GROWN, "x").count()).isEqualTo(1);
  }

  /** Two files of some 20 and one of some 1,500 kilobytes. */
  @Test
  void theSizeUpToWhichFilesArePutTogetherIsInMegabytes() {
    append(noise(20_000));
    append(noise(20_000));
    append(noise(1_500_000));
    Maintenance.Done done = new Maintenance(lake, 7, 1).run(GROWN, "maintain");
    assertThat(done.filesBefore()).isEqualTo(3);
    assertThat(done.filesAfter()).as("the large one stays as it is").isEqualTo(2);
    assertThat(done.mb()).isBetween(1.2, 1.8);
    assertThat(new Maintenance(lake, 7, 1).run(GROWN, "maintain").filesAfter()).isEqualTo(2);
  }

  /** Letters that cannot be compressed much. */
  private static String noise(int length) {
    return new Random(length)
        .ints(length, '0', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Path stray(String name, Duration age) throws IOException {
    Path file = Files.writeString(Path.of(lake.path(GROWN), name), "x");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private void append(String text) {
    lake.replace(
        GROWN,
        MAY,
        spark().createDataFrame(List.of(RowFactory.create(text)), GROWN.bodySchema()),
        "publish");
  }
}
