package io.stratify.jobs.segments;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What is kept of a fit beside the segmentation itself. */
final class FitRows {
  private FitRows() {}

  /** The rules that describe its clusters: rows of {@code segment_rule}, without their slice. */
  static List<Row> rules(Segmentation s) {
    return s.segments().stream()
        .filter(i -> i.rule() != null)
        .map(
            i ->
                RowFactory.create(
                    s.id(),
                    i.id(),
                    s.lens(),
                    i.rule().sql(),
                    i.rule().depth(),
                    i.rule().agreement(),
                    i.rule().precision(),
                    i.rule().coverage()))
        .toList();
  }

  /** A candidate of its search: a row of {@code segmentation_candidate}, without its slice. */
  static Row candidate(Segmentation s, Lens.Candidate c) {
    Figures f = c.figures();
    return RowFactory.create(
        s.id(),
        c.algorithm().label(),
        c.k(),
        s.lens(),
        (long) c.points(),
        f == null ? null : (Double) f.cost(),
        c.costOfAll(),
        f == null ? null : (Double) f.silhouette(),
        f == null ? null : (Double) f.calinskiHarabasz(),
        f == null ? null : (Double) f.daviesBouldin(),
        f == null ? null : f.bic(),
        f == null ? null : f.stability(),
        f == null ? null : (Double) f.smallestShare(),
        f == null ? null : f.outcomeEffect(),
        c.score(),
        c.chosen(),
        c.reason());
  }
}
