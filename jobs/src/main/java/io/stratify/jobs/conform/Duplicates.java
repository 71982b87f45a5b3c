package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.config.Deduplicate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds rows that say nothing new, and rows that contradict another about the same key. Of equal
 * rows one is kept and the others are {@link Fate#DUPLICATE}; of different rows with one key the
 * latest is kept, and the others break a rule, or are {@link Fate#SUPERSEDED} where the
 * configuration says that the latest counts.
 *
 * @param key columns that identify a row where all of them are given; may be empty
 * @param order what orders rows of one key, the one that counts first; may be empty
 * @param ties columns whose smallest value counts among rows of one time
 * @param mode which rows count once
 */
record Duplicates(List<String> key, List<Column> order, List<String> ties, Deduplicate mode) {
  private static final String GROUP = "_group";
  private static final String TWIN = "_twin";
  private static final String PLACE = "_place";

  /** The rows with duplicates and contradictions marked; a shuffle by key. */
  Dataset<Row> mark(Dataset<Row> rows) {
    if (mode == Deduplicate.NONE) {
      return rows;
    }
    Column fingerprint = col(Mapping.FINGERPRINT);
    List<Column> places = new ArrayList<>(order);
    ties.forEach(tie -> places.add(col(tie)));
    places.add(fingerprint);
    WindowSpec sameKey = Window.partitionBy(col(GROUP)).orderBy(places.toArray(Column[]::new));
    Column rule = col(Mapping.RULE);
    Column marked =
        when(rule.isNotNull(), rule)
            .when(col(TWIN), lit(Fate.DUPLICATE))
            .when(
                col(PLACE).gt(1),
                lit(mode == Deduplicate.LATEST ? Fate.SUPERSEDED : contradiction()));
    return rows.withColumn(GROUP, group())
        .withColumn(
            TWIN, coalesce(fingerprint.equalTo(lag(fingerprint, 1).over(sameKey)), lit(false)))
        .withColumn(PLACE, row_number().over(sameKey))
        .withColumn(Mapping.RULE, marked)
        .drop(GROUP, TWIN, PLACE);
  }

  /** Equal for rows that {@link #mark} holds against each other. */
  Column hash() {
    Column equal = xxhash64(col(Mapping.FINGERPRINT));
    return key.isEmpty() ? equal : coalesce(hashOfKeyed(), equal);
  }

  /** The same, and null for rows without a key: it looks at the columns of the key only. */
  Column hashOfKeyed() {
    return when(complete(), xxhash64(parts()));
  }

  private Column complete() {
    return key.stream().map(k -> col(k).isNotNull()).reduce(Column::and).orElseThrow();
  }

  private Column[] parts() {
    return key.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
  }

  private String contradiction() {
    return String.join(", ", key) + " is used by another row with other values";
  }

  /** Rows that broke a rule stay by themselves; rows without a key are alike if they are equal. */
  private Column group() {
    Column fingerprint = col(Mapping.FINGERPRINT).cast("string");
    Column named = lit(null).cast("string");
    if (!key.isEmpty()) {
      named = when(complete(), concat(lit("k"), concat_ws("\u0000", parts())));
    }
    return when(col(Mapping.RULE).isNotNull(), concat(lit("!"), fingerprint))
        .otherwise(coalesce(named, fingerprint));
  }
}
