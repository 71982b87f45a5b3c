package io.stratify.common.io;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSourceTest extends SourceSuite {
  private static final String BAD_ROWS = "id,total,note\na,1,x\nb,2\nc,3,y,z\nd,4,w\n";

  @Test
  void rowsWithTooFewOrTooManyFieldsCarryTheirText() throws IOException {
    Dataset<Row> rows = read(csv("s", write("a.csv", BAD_ROWS)));
    assertThat(sorted(rows))
        .containsExactly("[a,1,x,null]", "[b,2,null,b,2]", "[c,3,y,c,3,y,z]", "[d,4,w,null]");
  }

  @Test
  void theyAreFoundWhateverColumnsAreUsed() throws IOException {
    Dataset<Row> rows = read(csv("s", write("a.csv", BAD_ROWS)));
    assertThat(sorted(rows.select("id", SourceReader.CORRUPT)))
        .containsExactly("[a,null]", "[b,b,2]", "[c,c,3,y,z]", "[d,null]");
    Dataset<Row> bad = rows.where(col(SourceReader.CORRUPT).isNotNull());
    assertThat(bad.count()).isEqualTo(2);
    assertThat(sorted(bad.select("id"))).containsExactly("[b]", "[c]");
    assertThat(rows.count()).isEqualTo(4);
  }

  @Test
  void aRecordThatSpansLinesIsOneWhereTheSourceSaysSo() throws IOException {
    Path file = write("a.csv", "id,note\na,\"one\ntwo, \"\"three\"\"\"\nb\n");
    assertThat(sorted(read(csv("s", file, "multiLine", "true", "escape", "\""))))
        .containsExactly("[a,one\ntwo, \"three\",null]", "[b,null,b]");
  }

  @Test
  void whereItDoesNotSaySoThePartsAreMalformed() throws IOException {
    Path file = write("a.csv", "id,note,end\na,\"one\ntwo\",x\nb,three,y\n");
    assertThat(sorted(read(csv("s", file)).select("id", SourceReader.CORRUPT)))
        .containsExactly("[a,a,\"one]", "[b,null]", "[two\",two\",x]");
  }

  @Test
  void aMalformedRecordFarIntoALongFileOfRecordsThatSpanLinesIsFound() throws IOException {
    // Longer than the 1 MiB that the parser holds at once.
    StringBuilder text = new StringBuilder("id,note,end\n");
    for (int i = 0; i < 40_000; i++) {
      text.append(i).append(i % 1000 == 0 ? ",\"sho\nrt\"\n" : ",\"a value\nof two lines\",x\n");
    }
    assertThat(text.length()).isGreaterThan(1 << 20);
    Dataset<Row> bad =
        read(csv("s", write("a.csv", text.toString()), "multiLine", "true"))
            .where("_corrupt_record IS NOT NULL");
    assertThat(bad.count()).isEqualTo(40);
    assertThat(bad.where("id = 39000").first().<String>getAs(SourceReader.CORRUPT))
        .isEqualTo("39000,\"sho\nrt\"");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE"})
  void namesAndValuesAreDecoded(String encoding) throws IOException {
    Path file = write("a.csv", "id,straße\na,Zoë\nb\n", Charset.forName(encoding));
    Dataset<Row> rows = read(csv("s", file, "encoding", encoding));
    assertThat(rows.columns()).containsExactly("id", "straße", SourceReader.CORRUPT);
    assertThat(sorted(rows)).containsExactly("[a,Zoë,null]", "[b,null,b]");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aByteOrderMarkIsNoPartOfTheFirstName(String multiLine) throws IOException {
    write("in/a.csv", "\uFEFFid,name\na,Zoë\n");
    write("in/b.csv", "id,name\nb,Eve\n");
    Dataset<Row> rows = read(csv("s", folder.resolve("in"), "multiLine", multiLine));
    assertThat(rows.columns()).containsExactly("id", "name", SourceReader.CORRUPT);
    assertThat(sorted(rows)).containsExactly("[a,Zoë,null]", "[b,Eve,null]");
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1", "UTF-16"})
  void aHeaderOfAnotherEncodingIsRefused(String encoding) throws IOException {
    Path file = write("a.csv", "id,straße\na,b\n", Charset.forName(encoding));
    refused(
        csv("s", file),
        "Cannot read source s (shop.conf:3): the first line of "
            + file
            + " is no UTF-8 text. Name its encoding, such as sources.s.options.encoding ="
            + " ISO-8859-1 or UTF-16; or correct sources.s.format");
  }

  @Test
  void aParquetFileReadAsCsvIsRefused() {
    Path file = folder.resolve("p");
    spark().range(1).repartition(1).write().parquet(file.toString());
    assertThatThrownBy(() -> read(csv("s", file)))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot read source s (shop.conf:3): the first line of " + file)
        .hasMessageEndingWith("or correct sources.s.format");
  }

  @Test
  void separatorsAndQuotesAreThoseOfTheSource() throws IOException {
    Path file = write("a.txt", "id|note\na|'x|y'\n");
    assertThat(sorted(read(csv("s", file, "sep", "|", "quote", "'"))))
        .containsExactly("[a,x|y,null]");
    Path tabs = write("b.tsv", "a\tb\n");
    assertThat(sorted(read(files("s", "csv", tabs, "sep", "\\t")))).containsExactly("[a,b,null]");
  }

  @Test
  void filesOfTheSameColumnsInAnotherOrderAreRefused() throws IOException {
    Path first = write("in/1.csv", "id,total\na,1\n");
    write("in/2.csv", "id,total\nb,2\n");
    Path other = write("in/3.csv", "total,id\n3,c\n");
    refused(
        csv("s", folder.resolve("in")),
        "Cannot read source s (shop.conf:3): its files have different headers, and CSV is read by"
            + " position.%n  2 files such as "
            + first
            + ": id, total%n  "
            + other
            + ": total, id%nGive each form a source of its own (path takes a glob) and join them"
            + " with a query: SELECT ... FROM a UNION ALL SELECT ... FROM b");
  }

  @Test
  void aFileWithOneMoreColumnIsRefused() throws IOException {
    write("in/1.csv", "id,total\na,1\n");
    write("in/2.csv", "id,total,tax\nb,2,3\n");
    assertThatThrownBy(() -> read(csv("s", folder.resolve("in"))))
        .hasMessageContaining("1.csv: id, total" + System.lineSeparator())
        .hasMessageContaining("2.csv: id, total, tax" + System.lineSeparator());
  }

  @Test
  void headersThatDifferOnlyInQuotesCaseAndCommentsAreEqual() throws IOException {
    write("in/1.csv", "id,total\na,1\n");
    write("in/2.csv", "# made by hand\n\n\"ID\",Total \nb,2\n");
    assertThat(
            sorted(
                read(
                    csv(
                        "s",
                        folder.resolve("in"),
                        "comment",
                        "#",
                        "ignoreTrailingWhiteSpace",
                        "true"))))
        .containsExactly("[a,1,null]", "[b,2,null]");
  }

  @Test
  void manyDailyFilesAndEmptyOnesAreOneSource() throws IOException {
    for (int day = 1; day <= 60; day++) {
      write("in/day-" + day + ".csv", "id,total\no" + day + "," + day + "\n");
    }
    write("in/empty.csv", "");
    write("in/headless.csv", "id,total\n");
    Dataset<Row> rows = read(csv("s", folder.resolve("in/*.csv")));
    // 1 + 2 + ... + 60
    assertThat(rows.selectExpr("CAST(sum(total) AS INT)").first().getInt(0)).isEqualTo(1830);
    assertThat(rows.where("_corrupt_record IS NOT NULL").count()).isZero();
  }

  @Test
  void aPartitionedFolderGivesItsColumnsToo() throws IOException {
    write("in/country=FR/a.csv", "id\na\n");
    write("in/country=DE/b.csv", "id\nb\nc,c\n");
    Dataset<Row> rows = read(csv("s", folder.resolve("in")));
    assertThat(sorted(rows.select("id", "country", SourceReader.CORRUPT)))
        .containsExactly("[a,FR,null]", "[b,DE,null]", "[c,DE,c,c]");
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write("id\na\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("a.csv.gz"), bytes.toByteArray());
    assertThat(sorted(read(csv("s", file)))).containsExactly("[a,null]");
    Path broken = Files.write(folder.resolve("b.csv.gz"), Arrays.copyOf(bytes.toByteArray(), 6));
    assertThatThrownBy(() -> read(csv("s", broken)))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot read source s (shop.conf:3): ");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path file = write("a.csv", "id\na\n");
    // Hadoop checks a file against the checksum beside it, which is that of another content here.
    Path other = folder.resolve("other");
    spark().range(9).repartition(1).write().csv(other.toString());
    try (var all = Files.list(other)) {
      Path sum = all.filter(p -> p.toString().endsWith(".csv.crc")).findFirst().orElseThrow();
      Files.copy(sum, folder.resolve(".a.csv.crc"));
    }
    assertThatThrownBy(() -> read(csv("s", file)))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot read source s (shop.conf:3): " + file)
        .hasMessageContaining("Checksum error")
        .hasMessageEndingWith("Put a readable file there, or give this user the right to read it");
  }

  @Test
  void filesBelowAFolderThatIsNoPartitionNeedAnOption() throws IOException {
    write("in/2026/a.csv", "id\na\n");
    refused(
        csv("s", folder.resolve("in")),
        "Cannot read source s (shop.conf:3): there are no CSV files directly in its path. Correct"
            + " sources.s.path, or set sources.s.options.recursiveFileLookup = true to read the"
            + " folders below it");
    assertThat(sorted(read(csv("s", folder.resolve("in"), "recursiveFileLookup", "true"))))
        .containsExactly("[a,null]");
  }

  @Test
  void failFastStopsAtTheFirstWhateverColumnsAreUsed() throws IOException {
    Dataset<Row> rows = read(csv("s", write("a.csv", BAD_ROWS), "mode", "failfast"));
    assertThatThrownBy(() -> rows.select("id").collectAsList())
        .hasStackTraceContaining("MALFORMED_RECORD_IN_PARSING");
    Path good = write("b.csv", "id,total\na,1\n");
    assertThat(sorted(read(csv("s", good, "mode", "FAILFAST")))).containsExactly("[a,1,null]");
  }

  @Test
  void aQueryStopsAtAMalformedRecordUnlessItCarriesIt() throws IOException {
    var lines = csv("lines", write("a.csv", "id,total\na,1\nb\n"));
    for (String sql : new String[] {"SELECT id FROM lines", "SELECT count(*) FROM lines"}) {
      Dataset<Row> rows = read("q", query("q", sql), lines);
      assertThat(rows.columns()).doesNotContain(SourceReader.CORRUPT);
      assertThatThrownBy(rows::collectAsList)
          .hasStackTraceContaining(
              "Cannot run the query of source q (shop.conf:3): source lines has a malformed record,"
                  + " which a query would pass on as nulls. Correct it, or carry _corrupt_record"
                  + " through the query so that such records are quarantined. The record is: b");
    }
    assertThat(
            sorted(
                read("q", query("q", "SELECT lines.id, lines._corrupt_record FROM lines"), lines)))
        .containsExactly("[a,null]", "[b,b]");
  }

  @Test
  void inferredTimesAreThoseOfTheZoneInWhichTheSourceWasOpened() throws IOException {
    Dataset<Row> rows =
        readIn(
            "Asia/Tokyo",
            csv("s", write("z.csv", "id,at\na,2026-05-01 09:00:00\n"), "inferSchema", "true"));
    // Nine in the morning in Tokyo is midnight in UTC.
    assertThat(sorted(rows.selectExpr("unix_seconds(at) % 86400"))).containsExactly("[0]");
  }
}
