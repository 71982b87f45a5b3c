package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ErasureConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.CustomerIds;
import io.stratify.common.tables.CustomerIds.Form;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person is in every place there is, in several snapshots and versions; then in none. */
class NoTraceTest extends SparkSuite {
  private static final Set<Slice> REPLACED_WHOLE =
      Set.of(Slice.WHOLE, Slice.MONTHS, Slice.AS_OF_DATES);

  private static final String GONE = "ZEBRA-4711";
  private static final String STAYS = "LION-0815";
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

  /** Delta sums its log up in a checkpoint at every tenth commit. */
  private static final int COMMITS_TO_A_CHECKPOINT = 10;

  @TempDir Path folder;
  private Lake lake;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void noFileHoldsTheIdAndNobodyElseIsMissing() throws IOException {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("run-1", "abc", "0.1.0"));
    CustomerIds.TABLES.forEach(this::fill);
    for (int i = 0; i < COMMITS_TO_A_CHECKPOINT; i++) {
      write(Consents.TABLE, new Snapshot(MAY, 1));
    }
    assertThat(checkpoints()).isNotEmpty();
    assertThat(logsWith(GONE)).as("the log holds no id at any time").isEmpty();
    long inTables = rowsWith(GONE).stream().mapToLong(Long::longValue).sum();
    assertThat(rowsOnDiskWith(GONE)).isEqualTo(inTables + COMMITS_TO_A_CHECKPOINT);
    assertThat(filesWith(GONE, files(false))).isNotEmpty();
    List<Long> othersBefore = rowsWith(STAYS);
    Path killed = Files.createDirectories(Path.of(lake.output().scratch(), "run-that-was-killed"));
    Files.writeString(killed.resolve("part"), GONE);

    ErasureReport report =
        new Erasure(lake, new ErasureConfig(Optional.of("the key of the hashes")), Instant.EPOCH)
            .erase(List.of(GONE));

    assertThat(report.tables()).hasSameSizeAs(CustomerIds.TABLES).allMatch(t -> t.rows() > 0);
    assertThat(report.nowhere()).isEmpty();
    assertThat(rowsOnDiskWith(GONE)).isZero();
    assertThat(filesWith(GONE, files(false))).isEmpty();
    assertThat(logsWith(GONE)).isEmpty();
    assertThat(rowsWith(GONE)).containsOnly(0L);
    assertThat(rowsWith(STAYS)).isEqualTo(othersBefore).doesNotContain(0L);
  }

  /** Two as-of dates and two revisions where the table has them. */
  private void fill(TableSpec table) {
    write(table, new Snapshot(MAY, 1));
    if (!REPLACED_WHOLE.contains(table.slice())) {
      write(table, new Snapshot(JUNE, 1));
    }
    if (table.slice() == Slice.PUBLISHED) {
      write(table, new Snapshot(JUNE, 2));
    }
  }

  /** A row per place and person. */
  private void write(TableSpec table, Snapshot snapshot) {
    List<Row> rows = new ArrayList<>();
    for (CustomerIds.Place place : CustomerIds.in(table)) {
      for (String id : List.of(GONE, STAYS)) {
        Sample row = Sample.of(table);
        String value = place.form() == Form.ROW ? "{\"who\":\"" + id + "\"}" : id;
        for (ColumnSpec c : table.body()) {
          if (c.name().equals("kind") && c.allowed().isEmpty()) {
            row.with(c, "customer");
          }
        }
        rows.add(row.with(place.column(), value).row());
      }
    }
    Dataset<Row> data =
        spark()
            .createDataFrame(rows, table.bodySchema())
            .withColumn(TableSpec.AS_OF.name(), functions.lit(Date.valueOf(snapshot.asOf())));
    lake.replace(table, snapshot, data.coalesce(1), "conform");
  }

  /** The rows of every table with this text anywhere. */
  private List<Long> rowsWith(String text) {
    return CustomerIds.TABLES.stream().map(t -> with(lake.read(t, "x"), text)).toList();
  }

  private static long with(Dataset<Row> rows, String text) {
    Column[] all = Stream.of(rows.columns()).map(functions::col).toArray(Column[]::new);
    return rows.where(to_json(struct(all)).contains(text)).count();
  }

  /** Rows in all files outside the logs, whether a version of a table needs them or not. */
  private long rowsOnDiskWith(String text) throws IOException {
    long found = 0;
    for (TableSpec table : CustomerIds.TABLES) {
      Path home = folder.resolve(table.name());
      String[] data =
          files(false).stream()
              .filter(f -> f.startsWith(home))
              .map(Path::toString)
              .filter(f -> f.endsWith(".parquet"))
              .toArray(String[]::new);
      found += with(spark().read().parquet(data), text);
    }
    return found;
  }

  /** Checkpoints are compressed, and so read as rows; all else shows by its bytes. */
  private List<Path> logsWith(String text) throws IOException {
    List<Path> found = filesWith(text, files(true));
    for (Path checkpoint : checkpoints()) {
      if (with(spark().read().parquet(checkpoint.toString()), text) > 0) {
        found.add(checkpoint);
      }
    }
    return found;
  }

  private static List<Path> filesWith(String text, List<Path> files) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
        found.add(file);
      }
    }
    return found;
  }

  private List<Path> checkpoints() throws IOException {
    return files(true).stream().filter(f -> f.toString().endsWith(".parquet")).toList();
  }

  private List<Path> files(boolean ofLogs) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> f.toString().contains("_delta_log") == ofLogs)
          .toList();
    }
  }
}
