package io.stratify.jobs.features;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.FeatureStats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
  /** Sums depend on the order of the rows in their last digits. */
  private static final MathContext DIGITS = new MathContext(9);

  private static final int MEDIAN = 50;
  private static final int QUARTER = 25;

  /**
   * Compares.
   *
   * @param stats rows of {@link FeatureReport#query}
   * @param before rows of {@code feature_stats} of the snapshot before; none where there is none
   */
  static Drift of(
      List<Row> stats, List<CustomFeature> custom, Optional<LocalDate> date, List<Row> before) {
    Map<String, Row> found = new HashMap<>();
    stats.forEach(r -> found.put(r.getString(0), r));
    Map<String, Row> earlier = new HashMap<>();
    before.forEach(r -> earlier.put(r.getAs(FeatureStats.FEATURE.name()), r));
    List<Row> rows = new ArrayList<>();
    Map<String, Double> major = new HashMap<>();
    List<String> names = new ArrayList<>(FeatureReport.numbers(custom));
    names.addAll(FeatureReport.categories());
    for (String name : names) {
      Row was = earlier.get(name);
      Figures now = Figures.of(found.get(name), !FeatureReport.categories().contains(name));
      Double psi = was == null ? null : rounded(now.against(was));
      if (psi != null && psi >= Stability.MAJOR_FROM) {
        major.put(name, psi);
      }
      rows.add(now.row(name, custom, was == null ? null : date.orElseThrow(), psi));
    }
    return new Drift(rows, major);
  }

  /** One sentence on the features that drifted; none where none did. */
  Optional<String> notice(Optional<LocalDate> date) {
    if (major.isEmpty()) {
      return Optional.empty();
    }
    String worst =
        major.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(5)
            .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d features are distributed otherwise than as of %s (PSI >= %.2f): %s%s",
            major.size(),
            date.orElseThrow(),
            Stability.MAJOR_FROM,
            worst,
            major.size() > 5 ? " ..., see feature_stats" : ""));
  }

  private static Double rounded(Double value) {
    return value == null || value.isNaN() || value.isInfinite()
        ? null
        : (Double) new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /** What was counted of one feature. */
  private record Figures(
      boolean number,
      long customers,
      double nulls,
      Double mean,
      Double deviation,
      Double skew,
      List<Double> percentiles,
      long categories,
      TreeMap<String, Double> shares) {

    static Figures of(Row r, boolean number) {
      long customers = r.<Long>getAs("customers");
      long known = r.<Long>getAs("known");
      TreeMap<String, Double> shares = new TreeMap<>();
      for (Row c : r.<Row>getList(r.fieldIndex("largest"))) {
        shares.put(c.getString(1), rounded(-c.getLong(0) / (double) known));
      }
      List<Double> percentiles =
          known == 0 || r.isNullAt(r.fieldIndex("percentiles"))
              ? null
              : r.<Double>getList(r.fieldIndex("percentiles"));
      return new Figures(
          number,
          customers,
          rounded(1 - known / (double) customers),
          rounded(r.getAs("mean")),
          rounded(r.getAs("deviation")),
          rounded(r.getAs("skew")),
          percentiles,
          r.<Integer>getAs("categories"),
          shares);
    }

    double against(Row was) {
      double nullsBefore = was.<Double>getAs(FeatureStats.NULL_SHARE.name());
      if (number) {
        int at = was.fieldIndex(FeatureStats.QUANTILES.name());
        List<Double> before = was.isNullAt(at) ? null : was.getList(at);
        return Stability.ofNumbers(before, nullsBefore, percentiles, nulls);
      }
      int at = was.fieldIndex(FeatureStats.SHARES.name());
      Map<String, Double> before = was.isNullAt(at) ? Map.of() : was.getJavaMap(at);
      return Stability.ofCategories(before, nullsBefore, shares, nulls);
    }

    Row row(String name, List<CustomFeature> custom, LocalDate compared, Double psi) {
      return RowFactory.create(
          name,
          FeatureReport.group(name, custom),
          number ? FeatureStats.NUMBER : FeatureStats.CATEGORY,
          FeatureReport.definition(name, custom),
          customers,
          nulls,
          number ? null : (Long) categories,
          mean,
          deviation,
          skew,
          percentile(0),
          percentile(QUARTER),
          percentile(MEDIAN),
          percentile(MEDIAN + QUARTER),
          percentile(2 * MEDIAN),
          percentiles == null ? null : percentiles.toArray(),
          number ? null : JavaConverters.mapAsScalaMap(shares),
          compared == null ? null : Date.valueOf(compared),
          psi,
          psi == null ? null : Stability.verdict(psi));
    }

    private Double percentile(int p) {
      return percentiles == null ? null : rounded(percentiles.get(p));
    }
  }
}
