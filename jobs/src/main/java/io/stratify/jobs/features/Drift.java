package io.stratify.jobs.features;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.FeatureStats;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.JavaConverters;

/**
 * The rows of {@code feature_stats}, each held against the one of the snapshot before.
 *
 * @param rows one per feature, in the order of the table
 * @param major features of another population, the worst first, with their index
 */
record Drift(List<Row> rows, Map<String, Double> major) {
  private static final int QUARTER = 25;
  private static final int WORST = 5;

  /**
   * Compares.
   *
   * @param now the features of the snapshot, in the order of the table
   * @param before rows of {@code feature_stats} of the snapshot before; none where there is none
   */
  static Drift of(
      Map<String, Distribution> now,
      long customers,
      List<CustomFeature> custom,
      Optional<LocalDate> date,
      List<Row> before) {
    Map<String, Row> earlier = new HashMap<>();
    before.forEach(r -> earlier.put(r.getAs(FeatureStats.FEATURE.name()), r));
    List<Row> rows = new ArrayList<>();
    Map<String, Double> major = new HashMap<>();
    now.forEach(
        (name, distribution) -> {
          Row was = earlier.get(name);
          Double psi = was == null ? null : Distribution.rounded(distribution.against(was));
          if (psi != null && psi >= Stability.MAJOR_FROM) {
            major.put(name, psi);
          }
          LocalDate compared = was == null ? null : date.orElseThrow();
          rows.add(row(name, distribution, customers, custom, compared, psi));
        });
    return new Drift(rows, major);
  }

  /** One sentence on the features that drifted; none where none did. */
  Optional<String> notice(Optional<LocalDate> date) {
    if (major.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d %s distributed otherwise than as of %s (PSI >= %.2f): %s%s",
            major.size(),
            major.size() == 1 ? "feature is" : "features are",
            date.orElseThrow(),
            Stability.MAJOR_FROM,
            SnapshotDrift.worst(major, WORST),
            major.size() > WORST ? " ..., see feature_stats" : ""));
  }

  private static Row row(
      String name,
      Distribution now,
      long customers,
      List<CustomFeature> custom,
      LocalDate compared,
      Double psi) {
    return RowFactory.create(
        name,
        FeatureReport.group(name, custom),
        now.number() ? FeatureStats.NUMBER : FeatureStats.CATEGORY,
        FeatureReport.definition(name, custom),
        customers,
        now.nulls(),
        now.number() ? null : (Long) now.categories(),
        now.mean(),
        now.deviation(),
        now.skew(),
        now.least(),
        now.percentile(QUARTER),
        now.percentile(2 * QUARTER),
        now.percentile(3 * QUARTER),
        now.greatest(),
        now.percentiles() == null ? null : now.percentiles().toArray(),
        now.number() ? null : JavaConverters.mapAsScalaMap(now.shares()),
        compared == null ? null : Date.valueOf(compared),
        psi,
        psi == null ? null : Stability.verdict(psi));
  }
}
