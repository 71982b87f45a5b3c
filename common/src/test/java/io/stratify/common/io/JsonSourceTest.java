package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class JsonSourceTest extends SourceSuite {
  @Test
  void malformedRecordsCarryTheirText() throws IOException {
    Path file = write("a.json", "{\"id\":\"a\",\"n\":3}\n{\"id\":\"b\",\n\n5\n{\"id\":\"c\"}\n");
    Dataset<Row> rows = read(files("s", "json", file));
    assertThat(rows.columns()).containsExactly("id", "n", SourceReader.CORRUPT);
    assertThat(sorted(rows))
        .containsExactly(
            "[a,3,null]", "[c,null,null]", "[null,null,5]", "[null,null,{\"id\":\"b\",]");
    assertThat(sorted(rows.select("id", SourceReader.CORRUPT))).contains("[null,5]");
  }

  @Test
  void theColumnIsThereWhereNoRecordIsMalformed() throws IOException {
    Dataset<Row> rows = read(files("s", "json", write("a.json", "{\"id\":\"a\"}\n")));
    assertThat(sorted(rows)).containsExactly("[a,null]");
  }

  @Test
  void anArrayOfRecordsIsReadWhereTheSourceSaysSo() throws IOException {
    Path file = write("a.json", "[{\"id\": \"a\"},\n {\"id\":\n \"b\"}]\n");
    assertThat(sorted(read(files("s", "json", file, "multiLine", "true"))))
        .containsExactly("[a,null]", "[b,null]");
  }

  @Test
  void filesWithoutAnyRecordAreRefusedWithWhatToDo() throws IOException {
    Path file = write("a.json", "{\n\"id\": \"a\"\n}\n");
    String message =
        "Cannot read source s (shop.conf:3): no record of "
            + file
            + " is a JSON object on a line of its own. Where a record spans lines, or the file is"
            + " one array, set sources.s.options.multiLine = true; else correct sources.s.format";
    refused(files("s", "json", file), message);
    Path csv = write("b.json", "id,total\na,1\n");
    refused(files("s", "json", csv), message.replace(file.toString(), csv.toString()));
  }

  @Test
  void aQueryStopsAtAMalformedRecord() throws IOException {
    var lines = files("lines", "json", write("a.json", "{\"id\":{\"k\":1}}\n{\"id\"\n"));
    assertThatThrownBy(
            () -> read("q", query("q", "SELECT count(*) FROM lines"), lines).collectAsList())
        .hasStackTraceContaining("source lines has a malformed record")
        .hasStackTraceContaining("The record is: {\"id\"");
  }

  @Test
  void inferredTimesAreThoseOfTheZoneInWhichTheSourceWasOpened() throws IOException {
    Dataset<Row> rows =
        readIn(
            "Asia/Tokyo",
            files(
                "s",
                "json",
                write("z.json", "{\"at\":\"2026-05-01T09:00:00\"}\n"),
                "inferTimestamp",
                "true"));
    // Nine in the morning in Tokyo is midnight in UTC.
    assertThat(sorted(rows.selectExpr("unix_seconds(at) % 86400"))).containsExactly("[0]");
  }
}
