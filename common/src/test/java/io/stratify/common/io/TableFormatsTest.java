package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet, ORC and Delta. */
class TableFormatsTest extends SourceSuite {
  private Path delta;

  @BeforeEach
  void place() {
    delta = folder.resolve("delta");
  }

  /** A Delta table of one row that is replaced: version n holds n. */
  private void versions(int count) {
    for (long n = 0; n < count; n++) {
      spark()
          .range(n, n + 1, 1, 1)
          .write()
          .format("delta")
          .mode("overwrite")
          .save(delta.toString());
    }
  }

  @Test
  void aPinnedVersionStaysWhileTheTableGoesOn() {
    versions(3);
    assertThat(sorted(read(delta()))).containsExactly("[2]");
    assertThat(sorted(read(delta("versionAsOf", "1")))).containsExactly("[1]");
    String time =
        DeltaTable.forPath(spark(), delta.toString())
            .history()
            .where("version = 0")
            .selectExpr("CAST(timestamp AS STRING)")
            .first()
            .getString(0);
    assertThat(sorted(read(delta("timestampAsOf", time)))).containsExactly("[0]");
  }

  @Test
  void aTableOfTheCatalogIsPinnedToo() {
    versions(2);
    spark().sql("DROP TABLE IF EXISTS pinned_table");
    spark().sql("CREATE TABLE pinned_table USING delta LOCATION '" + delta + "'");
    assertThat(sorted(read(table("s", "pinned_table")))).containsExactly("[1]");
    assertThat(sorted(read(table("s", "pinned_table", "versionAsOf", "0")))).containsExactly("[0]");
  }

  @Test
  void aVersionThatDoesNotExistIsRefused() {
    versions(3);
    refused(
        delta("versionAsOf", "9"),
        "Cannot read source s (shop.conf:3): the Delta table has no version 9; it has 0 to 2."
            + " Correct sources.s.options.versionAsOf, or remove it to read the newest");
  }

  @Test
  void aTimeOutsideTheHistoryIsRefused() {
    versions(1);
    assertThatThrownBy(() -> read(delta("timestampAsOf", "2020-01-01")))
        .isInstanceOf(StratifyException.class)
        .hasMessageMatching(
            "Cannot read source s \\(shop.conf:3\\): the history of the Delta table begins at"
                + " 20.*, after .*\\. Choose a later sources.s.options.timestampAsOf");
    assertThatThrownBy(() -> read(delta("timestampAsOf", "2199-01-01")))
        .isInstanceOf(StratifyException.class)
        .hasMessageMatching(
            "Cannot read source s \\(shop.conf:3\\): the newest version of the Delta table is of"
                + " 20.*, before .*\\. Choose an earlier sources.s.options.timestampAsOf, or remove"
                + " it to read the newest");
    refused(
        delta("timestampAsOf", "soon"),
        "Cannot read source s (shop.conf:3): timestampAsOf is soon, which is no time. Set"
            + " sources.s.options.timestampAsOf to such as \"2026-05-01 00:00:00\"");
  }

  @Test
  void aVacuumedVersionIsRefusedBeforeAnythingIsRead() {
    versions(2);
    vacuum();
    assertThat(sorted(read(delta("versionAsOf", "1")))).containsExactly("[1]");
    refused(
        delta("versionAsOf", "0"),
        "Cannot read source s (shop.conf:3): 1 of the 1 data files of its versionAsOf = 0 were"
            + " vacuumed. Pin a later version, or remove the pin from sources.s.options");
  }

  @Test
  void aFolderThatIsNoDeltaTableIsRefused() throws IOException {
    write("delta/a.csv", "id\n");
    refused(
        delta(),
        "Cannot read source s (shop.conf:3): there is no Delta table at its path. Correct"
            + " sources.s.path, or sources.s.format");
    Path nowhere = folder.resolve("nowhere");
    refused(
        files("s", "delta", nowhere),
        "Cannot read source s: "
            + nowhere
            + " does not exist (shop.conf:3). Correct sources.s.path, or put the data there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "csv"})
  void theFilesOfADeltaTableAreNotReadWithoutItsLog(String format) {
    versions(2);
    refused(
        files("s", format, delta),
        "Cannot read source s (shop.conf:3): "
            + delta
            + " is a Delta table or a part of one, whose files hold deleted and replaced rows as"
            + " well. Set sources.s.format = delta");
  }

  @Test
  void norAreTheyByAPattern() {
    versions(2);
    assertThatThrownBy(() -> read(files("s", "parquet", delta.resolve("*.parquet"))))
        .hasMessageContaining("is a Delta table or a part of one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void severalFilesAndPartitionsAreOneSourceWithTheTypesThatTheyHave(String format) {
    Dataset<Row> rows =
        spark()
            .sql(
                "SELECT CAST(id AS INT) AS n, CAST(id AS DECIMAL(9,2)) AS price,"
                    + " DATE'2026-01-01' AS day, if(id < 2, 'FR', 'DE') AS country"
                    + " FROM range(0, 4, 1, 2)");
    Path path = folder.resolve("t");
    rows.write().partitionBy("country").format(format).save(path.toString());
    Dataset<Row> read = read(files("s", format, path));
    assertThat(read.schema().simpleString())
        .isEqualTo("struct<n:int,price:decimal(9,2),day:date,country:string>");
    assertThat(read.inputFiles().length).isEqualTo(2);
    assertThat(sorted(read)).isEqualTo(sorted(rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void aFileOfAnotherFormatIsNamed(String format) throws IOException {
    Path file = write("in/a.csv", "id,total\na,1\n");
    refused(
        files("s", format, folder.resolve("in")),
        "Cannot read source s (shop.conf:3): "
            + file
            + " is no file of this format, or a damaged one. Correct sources.s.format, or put a whole"
            + " file there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void aFileThatWasCutShortIsRefused(String format) throws IOException {
    Path path = folder.resolve("t");
    spark().range(9).repartition(1).write().format(format).save(path.toString());
    Path file;
    try (var all = Files.list(path)) {
      file = all.filter(p -> p.toString().endsWith(format)).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut." + format);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    // The reader of ORC does not tell which file it was.
    refused(
        files("s", format, cut),
        "Cannot read source s (shop.conf:3): "
            + (format.equals("orc") ? "a file in its path" : cut)
            + " is no file of this format, or a damaged one. Correct sources.s.format, or put "
            + (format.equals("orc") ? "whole files there" : "a whole file there"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet", "orc", "text", "delta"})
  void aGlobWithoutAMatchIsRefused(String format) {
    Path glob = folder.resolve("*." + format);
    refused(
        files("s", format, glob),
        "Cannot read source s: "
            + glob
            + " does not exist (shop.conf:3). Correct sources.s.path, or put the data there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet", "orc", "text"})
  void anEmptyFolderIsRefused(String format) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(
        files("s", format, empty),
        "Cannot read source s: "
            + empty
            + " is empty (shop.conf:3). Put the data there, or correct sources.s.path");
  }

  @Test
  void aFormatThatSparkDoesNotKnowIsRefused() {
    versions(1);
    refused(
        files("s", "excel", delta),
        "Cannot read source s (shop.conf:3): Spark knows no format excel. Correct sources.s.format,"
            + " or add the jar of that format to STRATIFY_JARS");
  }

  /** Deletes the files of all versions but the newest, with few tasks. */
  private void vacuum() {
    Map<String, String> settings =
        Map.of(
            "spark.databricks.delta.retentionDurationCheck.enabled", "false",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    settings.forEach(spark().conf()::set);
    try {
      DeltaTable.forPath(spark(), delta.toString()).vacuum(0);
    } finally {
      settings.keySet().forEach(spark().conf()::unset);
    }
  }

  private SourceConfig delta(String... options) {
    return files("s", "delta", delta, options);
  }
}
