package io.stratify.jobs.cli;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.stratify.common.spark.Names;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a query for a program: one JSON object per line. */
final class QueryJson {
  private static final Map<String, String> AS_IT_IS =
      Map.of(
          "ignoreNullFields", "false",
          "timeZone", "UTC",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");

  private QueryJson() {}

  /**
   * Prints the rows while they come: their number is not bounded by the memory.
   *
   * @param limit most rows to print
   * @throws UsageException if two columns have one name
   */
  static void print(Dataset<Row> result, Optional<Integer> limit, PrintWriter out) {
    Set<String> names = new HashSet<>();
    for (String name : result.columns()) {
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new UsageException(
            "Cannot print as JSON: two columns are called "
                + name
                + ". Name them with AS, e.g. SELECT a.id AS a_id, b.id AS b_id");
      }
    }
    Column[] columns = Arrays.stream(result.columns()).map(Names::column).toArray(Column[]::new);
    Dataset<Row> rows = limit.map(result::limit).orElse(result);
    Iterator<Row> lines = rows.select(to_json(struct(columns), AS_IT_IS)).toLocalIterator();
    while (lines.hasNext() && !out.checkError()) {
      out.print(lines.next().getString(0) + "\n");
    }
  }
}
