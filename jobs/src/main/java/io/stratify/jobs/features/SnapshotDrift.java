package io.stratify.jobs.features;

import io.stratify.common.tables.FeatureStats;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * How far some features moved between two snapshots, from what {@code feature_stats} keeps of both:
 * nobody has to look at the customers again.
 *
 * @param index population stability index by feature, of those that both snapshots describe
 * @param unknown the others, such as keys of maps, which have no statistics
 */
public record SnapshotDrift(Map<String, Double> index, Set<String> unknown) {
  private static final int WORST = 3;

  /**
   * Compares two snapshots.
   *
   * @param before rows of {@code feature_stats}
   * @param now the same of the later snapshot
   * @param features what is compared; a score stands for the feature that it ranks, since a fifth
   *     of the customers has each score at any time
   */
  public static SnapshotDrift between(
      List<Row> before, List<Row> now, Collection<String> features) {
    Map<String, Row> earlier = byFeature(before);
    Map<String, Row> later = byFeature(now);
    SnapshotDrift drift = new SnapshotDrift(new TreeMap<>(), new TreeSet<>());
    for (String feature : features) {
      String described = ranked(feature);
      Row was = earlier.get(described);
      Row is = later.get(described);
      if (was == null || is == null) {
        drift.unknown().add(described);
      } else {
        drift.index().put(described, Distribution.rounded(Distribution.fromStats(is).against(was)));
      }
    }
    return drift;
  }

  /** The population stability index of shares that add up to 1, by what they are shares of. */
  public static double ofShares(Map<String, Double> before, Map<String, Double> now) {
    return Distribution.rounded(Stability.ofCategories(before, 0, now, 0));
  }

  /** The largest index; there has to be one. */
  public double largest() {
    return Collections.max(index.values());
  }

  /** The features that moved most with their index, and those that could not be compared. */
  public String text() {
    String missing =
        unknown.isEmpty() ? "" : "without statistics at both dates: " + String.join(", ", unknown);
    return index.isEmpty()
        ? missing
        : worst(index, WORST) + (missing.isEmpty() ? "" : "; " + missing);
  }

  /** Some features with the largest index, the worst first. */
  static String worst(Map<String, Double> index, int most) {
    return index.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String ranked(String feature) {
    return Arrays.stream(Cutoffs.Measure.values())
        .filter(m -> m.score.equals(feature))
        .map(m -> m.column)
        .findFirst()
        .orElse(feature);
  }

  private static Map<String, Row> byFeature(List<Row> stats) {
    Map<String, Row> rows = new HashMap<>();
    stats.forEach(r -> rows.put(FeatureStats.FEATURE.text(r), r));
    return rows;
  }
}
