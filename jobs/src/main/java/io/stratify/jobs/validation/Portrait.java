package io.stratify.jobs.validation;

import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.Segment;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/**
 * What the small tables say of the customers of a snapshot.
 *
 * @param asOf its as-of date
 * @param featureStats how its features are distributed: rows of that table
 * @param segments its segments with their shares: rows of that table
 */
record Portrait(LocalDate asOf, List<Row> featureStats, List<Row> segments) {
  /** The shares of a lens by segment, whatever segmentation it had; empty without the lens. */
  Map<String, Double> sharesOfLens(String lens) {
    return shares(r -> lens.equals(Segment.LENS.text(r)));
  }

  /** The shares of a segmentation by segment; empty where no lens was published with it. */
  Map<String, Double> sharesOf(String segmentation) {
    return shares(r -> segmentation.equals(Segment.SEGMENTATION_ID.text(r)));
  }

  /** Number of customers that the features were measured on. */
  long described() {
    return featureStats.stream()
        .mapToLong(r -> r.<Long>getAs(FeatureStats.CUSTOMERS.name()))
        .max()
        .orElse(0);
  }

  /** Number of customers of a lens. */
  long customers(String lens) {
    return segments.stream()
        .filter(r -> lens.equals(Segment.LENS.text(r)))
        .mapToLong(r -> r.<Long>getAs(Segment.CUSTOMERS.name()))
        .sum();
  }

  private Map<String, Double> shares(Predicate<Row> of) {
    Map<String, Double> shares = new TreeMap<>();
    segments.stream()
        .filter(of)
        .forEach(r -> shares.put(Segment.SEGMENT_ID.text(r), r.getAs(Segment.SHARE.name())));
    return shares;
  }
}
