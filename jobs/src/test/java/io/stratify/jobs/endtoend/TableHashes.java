package io.stratify.jobs.endtoend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.stratify.common.tables.DataQuality;
import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.RunLog;
import io.stratify.common.tables.SegmentationDecision;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of every table but the log of runs as hashes. Left out is what differs between two
 * undisturbed runs as well: ids of runs, times, versions of tables, and how often a date was
 * published; of published tables what was published last counts.
 */
final class TableHashes {
  private static final Map<TableSpec, Set<String>> OTHERWISE =
      Map.of(
          Publication.TABLE,
          Set.of(
              Publication.RUN_ID.name(),
              Publication.PUBLISHED_AT.name(),
              Publication.REVISION.name()),
          DataQuality.TABLE,
          Set.of(DataQuality.RUN_ID.name()),
          HistoryDay.TABLE,
          Set.of(HistoryDay.GENERATION.name(), HistoryDay.SOURCES.name()),
          Forgotten.TABLE,
          Set.of(Forgotten.FORGOTTEN_AT.name()),
          SegmentationTable.TABLE,
          Set.of(SegmentationTable.DATA_VERSIONS.name()),
          SegmentationDecision.TABLE,
          Set.of(SegmentationDecision.RUN_ID.name(), SegmentationDecision.DECIDED_AT.name()));

  private TableHashes() {}

  /** Hashes by table, in order. */
  static Map<String, List<String>> of(Outcome outcome) {
    Dataset<Row> all =
        Tables.ALL.stream()
            .filter(t -> outcome.has(t) && !t.equals(RunLog.TABLE))
            .map(t -> hashes(t, rows(outcome, t)))
            .reduce(Dataset::union)
            .orElseThrow();
    Map<String, List<String>> hashes = new TreeMap<>();
    for (Row row : all.collectAsList()) {
      hashes
          .computeIfAbsent(row.getString(0), t -> new java.util.ArrayList<>())
          .add(row.getString(1));
    }
    hashes.values().forEach(java.util.Collections::sort);
    return hashes;
  }

  private static Dataset<Row> rows(Outcome outcome, TableSpec table) {
    Dataset<Row> rows = outcome.table(table);
    if (table.slice() != Slice.PUBLISHED) {
      Dataset<Row> kept = rows.drop(OTHERWISE.getOrDefault(table, Set.of()).toArray(String[]::new));
      return table.equals(Publication.TABLE)
          ? kept.withColumn("segmentations", to_json(col("segmentations"))).distinct()
          : kept;
    }
    Dataset<Row> last =
        outcome.table(Publication.TABLE).groupBy("as_of").agg(max("revision").as("revision"));
    return rows.join(last, new String[] {"as_of", "revision"})
        .drop("revision")
        .drop(OTHERWISE.getOrDefault(table, Set.of()).toArray(String[]::new));
  }

  private static Dataset<Row> hashes(TableSpec table, Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.columns())
            .sorted()
            .map(org.apache.spark.sql.functions::col)
            .toArray(Column[]::new);
    return rows.select(lit(table.name()), sha2(to_json(struct(columns)), 256));
  }
}
