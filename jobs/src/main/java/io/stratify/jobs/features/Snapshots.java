package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.TableSpec;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of {@code customer_features}, present or past.
 *
 * @param placed customers and their days
 * @param cutoffs of the scores, by as-of date
 * @param predictions models of purchases and value
 * @param tables what features of the configuration are made of
 */
record Snapshots(
    SnapshotFeatures.Placed placed,
    Map<LocalDate, Cutoffs> cutoffs,
    Predictions predictions,
    Function<TableSpec, Dataset<Row>> tables) {

  /** One row per date and customer known before it; what is not wanted is null. */
  Dataset<Row> of(List<LocalDate> dates, Wanted wanted) {
    Dataset<Row> rows = placed.seen(SnapshotView.features(placed.plan(), dates, wanted.columns()));
    if (wanted.customs()) {
      rows = new CustomFeatures(wanted.custom(), dates).add(rows, tables);
    }
    if (wanted.scores()) {
      rows = Cutoffs.score(rows, cutoffs);
    }
    return whole(wanted.predictions() ? predictions.add(rows) : rows);
  }

  /** All columns: those that are not there are null by their expression, and so are not stored. */
  private static Dataset<Row> whole(Dataset<Row> rows) {
    Set<String> there = Set.of(rows.columns());
    return rows.select(
        CustomerFeaturesPast.TABLE.columns().stream()
            .map(c -> there.contains(c.name()) ? c.col() : lit(null).cast(c.type()).as(c.name()))
            .toArray(Column[]::new));
  }
}
