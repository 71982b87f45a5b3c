package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SourceReaderTest extends SourceSuite {
  @Test
  void csvColumnsAreTextWhateverTheyHold() throws IOException {
    Path file = write("orders.csv", "id,total\n007,1.50\n");
    Dataset<Row> rows = read("orders", csv("orders", file));
    assertThat(rows.schema().simpleString())
        .isEqualTo("struct<id:string,total:string,_corrupt_record:string>");
    assertThat(sorted(rows)).containsExactly("[007,1.50,null]");
  }

  @Test
  void theOptionsOfTheSourceReachTheReader() throws IOException {
    Path file = write("orders.csv", "007;1\n");
    assertThat(sorted(read(files("orders", "csv", file, "sep", ";"))))
        .containsExactly("[007,1,null]");
  }

  @Test
  void aFolderAndAGlobReadAllTheirFiles() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    write("in/a.csv", "id\na\n");
    write("in/b.csv", "id\nb\n");
    assertThat(sorted(read("x", csv("x", folder.resolve("in")))))
        .containsExactly("[a,null]", "[b,null]");
    assertThat(sorted(read("x", csv("x", folder.resolve("in/*.csv")))))
        .containsExactly("[a,null]", "[b,null]");
  }

  @Test
  void parquetAndDeltaAndJsonAreReadWithTheirTypes() throws IOException {
    Dataset<Row> rows = spark().range(3, 5).toDF("n");
    rows.write().parquet(folder + "/p");
    rows.write().format("delta").save(folder + "/d");
    Path json = write("j.json", "{\"n\": 3}\n{\"n\": 4}\n");
    assertDataFrameDataEquals(rows, read("p", files("p", "parquet", folder.resolve("p"))));
    assertDataFrameDataEquals(rows, read("d", files("d", "delta", folder.resolve("d"))));
    assertDataFrameDataEquals(rows, read("j", files("j", "json", json)).drop(SourceReader.CORRUPT));
  }

  @Test
  void aTableOfTheCatalogIsRead() {
    text("id", RowFactory.create("a")).createOrReplaceTempView("shop_view");
    assertThat(sorted(read("t", table("t", "shop_view")))).containsExactly("[a]");
  }

  @Test
  void aQuerySeesTheOtherSourcesUnderTheirNames() throws IOException {
    SourceConfig paid = csv("paid", write("p.csv", "id,total\na,1\nb,2\n"));
    SourceConfig names = csv("names", write("n.csv", "id,name\na,Ann\n"));
    SourceConfig joined =
        query("joined", "SELECT name, total FROM PAID JOIN names ON paid.id = names.id");
    assertThat(sorted(read("joined", joined, paid, names))).containsExactly("[Ann,1]");
  }

  @Test
  void aQueryMayUseATableOfTheSameNameAsItsSource() {
    text("id", RowFactory.create("a")).write().mode("overwrite").saveAsTable("shop_orders");
    SourceConfig orders = table("shop_orders", "shop_orders");
    SourceConfig upper = query("upper", "SELECT upper(id) FROM shop_orders");
    assertThat(sorted(read("upper", upper, orders))).containsExactly("[A]");
    assertThat(sorted(read("upper", upper, orders))).as("again").containsExactly("[A]");
    assertThat(sorted(read("shop_orders", upper, orders))).containsExactly("[a]");
  }

  @Test
  void aQueryLeavesTheSessionAsItWas() throws IOException {
    text("id", RowFactory.create("old")).write().mode("overwrite").saveAsTable("shop_archive");
    text("id", RowFactory.create("mine")).createOrReplaceTempView("shop_seen");
    SourceConfig fresh = csv("shop_archive", write("new.csv", "id\nnew\n"));
    SourceConfig old = table("shop_older", "shop_archive");
    SourceConfig seen = table("shop_seen", "shop_seen");
    SourceConfig all =
        query(
            "all",
            "SELECT id FROM shop_archive UNION ALL SELECT id FROM shop_older"
                + " UNION ALL SELECT upper(id) FROM shop_seen");
    for (int time = 1; time <= 2; time++) {
      assertThat(sorted(read("all", all, fresh, old, seen)))
          .as("time %d", time)
          .containsExactly("[MINE]", "[new]", "[old]");
      assertThat(sorted(read("shop_older", all, fresh, old))).containsExactly("[old]");
    }
    spark().catalog().dropTempView("shop_seen");
    spark().sql("DROP TABLE shop_archive");
  }

  @Test
  void everyPassOverADeltaTableSeesTheSameRows() {
    Path delta = folder.resolve("grows");
    rows(1).write().format("delta").save(delta.toString());
    spark().sql("CREATE TABLE shop_grows USING delta LOCATION '" + delta + "'");
    spark().sql("CREATE VIEW shop_grown AS SELECT * FROM shop_grows");
    try {
      SourceConfig files = files("d", "delta", delta);
      Dataset<Row> byPath = read("d", files);
      Dataset<Row> byTable = read("t", table("t", "shop_grows"));
      Dataset<Row> byQuery = read("q", query("q", "SELECT n FROM d"), files);
      Dataset<Row> byView = read("v", table("v", "shop_grown"));
      rows(2).write().format("delta").mode("append").save(delta.toString());
      for (Dataset<Row> fixed : List.of(byPath, byTable, byQuery)) {
        assertThat(sorted(fixed)).containsExactly("[1]");
        assertThat(SourceReader.mayChange(fixed)).isFalse();
      }
      assertThat(SourceReader.mayChange(byView)).isTrue();
      assertThat(sorted(read("d", files))).containsExactly("[1]", "[2]");
      assertThat(sorted(read("first", table("first", "delta.`" + delta + "@v0`"))))
          .as("a version in the name")
          .containsExactly("[1]");
    } finally {
      spark().sql("DROP VIEW shop_grown");
      spark().sql("DROP TABLE shop_grows");
    }
  }

  private Dataset<Row> rows(long n) {
    return spark().range(n, n + 1).toDF("n");
  }

  @Test
  void aQueryDoesNotOpenSourcesThatItDoesNotName() throws IOException {
    SourceConfig paid = csv("paid", write("p.csv", "id\na\n"));
    SourceConfig broken = csv("broken", folder.resolve("nowhere"));
    assertThat(sorted(read("q", query("q", "SELECT id FROM paid"), paid, broken)))
        .containsExactly("[a]");
  }

  @Test
  void aMissingPathIsNamedWithItsKey() {
    Path nowhere = folder.resolve("nowhere.csv");
    refused(
        csv("orders", nowhere),
        "Cannot read source orders: "
            + nowhere
            + " does not exist (shop.conf:3). Correct sources.orders.path, or put the data there");
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    // What Spark and Hadoop leave beside data is no data.
    Files.writeString(empty.resolve("_SUCCESS"), "x");
    Files.writeString(empty.resolve(".part.crc"), "x");
    refused(
        csv("orders", empty),
        "Cannot read source orders: "
            + empty
            + " is empty (shop.conf:3). Put the data there, or correct sources.orders.path");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path empty = write("empty.csv", "");
    refused(
        csv("orders", empty),
        "Cannot read source orders: "
            + empty
            + " is empty (shop.conf:3). Put the data there, or correct sources.orders.path");
  }

  @Test
  void anUnknownTableAndAWrongQueryAreToldInOneLine() {
    for (SourceConfig source :
        List.of(table("t", "no_such_table"), query("q", "SELECT * FROM no_such_table"))) {
      assertThatThrownBy(() -> read(source.name(), source))
          .isInstanceOf(StratifyException.class)
          .hasMessageStartingWith("Cannot read source " + source.name() + " (shop.conf:3): ")
          .hasMessageContaining("`no_such_table` cannot be found")
          .message()
          .doesNotContain("\n", "line 1 pos");
    }
  }
}
