package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What lies below an output root, read as a reader without Stratify would. */
record Outcome(Path root) {
  private static final List<String> FATES =
      List.of(
          "rows_conformed",
          "rows_quarantined",
          "rows_duplicate",
          "rows_superseded",
          "rows_merged",
          "rows_withheld");

  boolean has(TableSpec table) {
    return Files.isDirectory(root.resolve(table.name()).resolve("_delta_log"));
  }

  /** All rows of a table. */
  Dataset<Row> table(TableSpec table) {
    return rows(table.name());
  }

  private Dataset<Row> rows(String table) {
    return SharedSpark.session().read().format("delta").load(root.resolve(table).toString());
  }

  /** The rows that a reader of {@code current_<table>} sees, by the rule in words. */
  Dataset<Row> current(TableSpec table) {
    Row newest =
        table(Publication.TABLE)
            .orderBy(functions.col("as_of").desc(), functions.col("revision").desc())
            .first();
    return snapshot(table, newest.getAs("as_of").toString(), newest.<Integer>getAs("revision"));
  }

  /** The rows of one snapshot. */
  Dataset<Row> snapshot(TableSpec table, String asOf, int revision) {
    return table(table).where("as_of = '" + asOf + "' AND revision = " + revision);
  }

  /** Rows as texts in a fixed order, without some columns. */
  static List<String> texts(Dataset<Row> rows, String... without) {
    Dataset<Row> kept = rows.drop(without);
    Column[] columns =
        Arrays.stream(kept.columns()).sorted().map(functions::col).toArray(Column[]::new);
    return kept
        .select(functions.to_json(functions.struct(columns)).as("row"))
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .sorted()
        .toList();
  }

  /** Everything that readers see now: the publications and the rows of every current view. */
  Map<String, List<String>> seenByReaders() {
    Map<String, List<String>> seen = new TreeMap<>();
    seen.put("publication", texts(table(Publication.TABLE)));
    for (TableSpec table : Tables.ALL) {
      if (table.slice() == Slice.PUBLISHED && has(table)) {
        seen.put("current_" + table, texts(current(table)));
      }
    }
    return seen;
  }

  /** The same without the ids and times of the runs: equal for equal inputs. */
  Map<String, List<String>> seenOfAnyRun() {
    Map<String, List<String>> seen = seenByReaders();
    seen.put(
        "publication", texts(table(Publication.TABLE), "run_id", Publication.PUBLISHED_AT.name()));
    return seen;
  }

  /**
   * Every file below the root but those of the log of runs, with its size and time: equal trees
   * mean that nothing else was written.
   */
  Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(root)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(root)) {
      Path log = root.resolve(RunLog.TABLE.name());
      for (Path p : all.filter(p -> Files.isRegularFile(p) && !p.startsWith(log)).toList()) {
        files.put(
            root.relativize(p).toString(), Files.size(p) + " " + Files.getLastModifiedTime(p));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Each table that exists has its declared columns and can be read to the end. */
  void assertNoTableIsBroken() {
    assertAllIsAsDeclared();
    for (TableSpec table : Tables.ALL) {
      if (has(table)) {
        assertThat(table(table).collectAsList()).as("rows of %s", table).isNotNull();
      }
    }
  }

  /** Each table that exists has its declared columns, nothing is left, and the books hold. */
  void assertAllIsAsDeclared() {
    for (TableSpec table : Tables.ALL) {
      if (has(table)) {
        assertThat(table(table).columns())
            .as("columns of %s", table)
            .containsExactly(table.columns().stream().map(c -> c.name()).toArray(String[]::new));
      }
    }
    assertThat(files().keySet())
        .as("probe files and locks")
        .noneMatch(f -> f.startsWith(".stratify-") || f.startsWith("_"));
    assertTheBooksHold();
  }

  /**
   * Every row that was read has one fate. Of the last run of conform those that were handed on are
   * in their table and the others in quarantine; whoever was forgotten since may be gone.
   */
  void assertTheBooksHold() {
    String asOf =
        table(RunLog.TABLE)
            .where("job = 'conform' AND status = 'done'")
            .orderBy(RunLog.STARTED_AT.col().desc())
            .first()
            .getAs("as_of")
            .toString();
    Map<String, Long> expected = new TreeMap<>();
    Dataset<Row> there = lastQuarantine(asOf);
    for (Row b : table(Reconciliation.TABLE).collectAsList()) {
      String input = b.getAs("input");
      assertThat(FATES.stream().mapToLong(b::<Long>getAs).sum())
          .as("rows of %s as of %s with a fate, of those read", input, b.<Object>getAs("as_of"))
          .isEqualTo(b.<Long>getAs("rows_read"));
      assertThat(b.<Boolean>getAs("balanced")).isTrue();
      if (b.getAs("as_of").toString().equals(asOf)) {
        expected.put(input, b.getAs("rows_conformed"));
        expected.put("quarantine of " + input, b.getAs("rows_quarantined"));
        there = there.union(rows(input).select(functions.lit(input)));
      }
    }
    expected.values().removeIf(n -> n == 0);
    Map<String, Long> found = new TreeMap<>();
    there.groupBy("of").count().collectAsList().stream()
        .forEach(r -> found.put(r.getString(0), r.getLong(1)));
    if (has(Forgotten.TABLE) && !table(Forgotten.TABLE).isEmpty()) {
      expected.forEach((of, n) -> found.merge(of, n, Math::max));
    }
    assertThat(found).as("rows of %s that the books tell of", asOf).isEqualTo(expected);
  }

  private Dataset<Row> lastQuarantine(String asOf) {
    return table(Quarantine.TABLE)
        .where("as_of = '" + asOf + "'")
        .select(functions.concat(functions.lit("quarantine of "), Quarantine.INPUT.col()).as("of"));
  }
}
