package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerFeatures;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What a walk through the days of the customers is to see.
 *
 * @param dates the as-of dates of the plan for which there is a row
 * @param columns of {@link FeatureValues#SCHEMA}
 */
record SnapshotView(List<LocalDate> dates, List<String> columns) implements Serializable {

  SnapshotView {
    dates = List.copyOf(dates);
    columns = List.copyOf(columns);
  }

  /** Everything there is. */
  static SnapshotView all(SnapshotPlan plan) {
    return new SnapshotView(plan.dates(), List.of(FeatureValues.SCHEMA.fieldNames()));
  }

  /** Recency, frequency and money, the purchase histories and the outcomes of all dates. */
  static SnapshotView measures(SnapshotPlan plan) {
    List<String> columns =
        Arrays.stream(FeatureValues.SCHEMA.fieldNames())
            .filter(
                c -> FeatureValues.MEASURES.contains(c) || (isOutcome(c) && !plan.past().isEmpty()))
            .toList();
    return new SnapshotView(plan.dates(), columns);
  }

  /**
   * Features of some dates, as far as they have their inputs, with what is scored and what
   * predictions are made of.
   */
  static SnapshotView features(SnapshotPlan plan, List<LocalDate> dates, Set<String> wanted) {
    Set<String> columns = new HashSet<>(FeatureValues.MEASURES);
    CustomerFeatures.ALL.stream()
        .filter(f -> wanted.contains(f.name()) && plan.has(f))
        .forEach(f -> columns.add(f.name()));
    return new SnapshotView(
        dates, Arrays.stream(FeatureValues.SCHEMA.fieldNames()).filter(columns::contains).toList());
  }

  private static boolean isOutcome(String column) {
    return column.startsWith(FeatureValues.OUTCOME);
  }

  /** Whether outcomes are wanted. */
  boolean outcomes() {
    return columns.stream().anyMatch(SnapshotView::isOutcome);
  }

  /** Whether features are wanted that need more than orders. */
  boolean features() {
    return columns.stream().anyMatch(c -> !isOutcome(c) && !FeatureValues.MEASURES.contains(c));
  }

  /** The columns with their types. */
  StructType schema() {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(FeatureValues.SCHEMA.apply(column));
    }
    return schema;
  }

  /** Where the columns are among all values. */
  int[] places() {
    return columns.stream().mapToInt(FeatureValues.SCHEMA::fieldIndex).toArray();
  }
}
