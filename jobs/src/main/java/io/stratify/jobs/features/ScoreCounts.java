package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * How many customers of one as-of date have each score.
 *
 * @param perScore customers per measure and score, 0 for those without one
 */
record ScoreCounts(Map<Cutoffs.Measure, Map<Integer, Long>> perScore) {

  /** Counts in one pass. */
  static ScoreCounts of(Dataset<Row> scored) {
    List<Cutoffs.Measure> measures = List.of(Cutoffs.Measure.values());
    String[] names = measures.stream().map(m -> m.score).toArray(String[]::new);
    List<Row> rows =
        scored
            .na()
            .fill(0, names)
            .groupBy(Arrays.stream(names).map(n -> col(n)).toArray(Column[]::new))
            .agg(count(lit(1)))
            .collectAsList();
    Map<Cutoffs.Measure, Map<Integer, Long>> counts = new EnumMap<>(Cutoffs.Measure.class);
    for (Cutoffs.Measure m : measures) {
      Map<Integer, Long> ofMeasure = counts.computeIfAbsent(m, k -> new HashMap<>());
      rows.forEach(
          r -> ofMeasure.merge(r.<Integer>getAs(m.score), r.getLong(names.length), Long::sum));
    }
    return new ScoreCounts(counts);
  }

  /** All of them. */
  long customers() {
    return perScore.get(Cutoffs.Measure.RECENCY).values().stream().mapToLong(n -> n).sum();
  }

  /** Those who have scores. */
  long scored() {
    return customers() - perScore.get(Cutoffs.Measure.RECENCY).getOrDefault(0, 0L);
  }

  /** The rows of {@code rfm_cutoff}, without their slice. */
  List<Row> rows(Cutoffs cutoffs) {
    List<Row> rows = new ArrayList<>();
    for (Cutoffs.Measure m : Cutoffs.Measure.values()) {
      double[] cuts = cutoffs.bounds().get(m.column);
      for (int score = 1; cuts != null && score <= Cutoffs.SCORES; score++) {
        int band = m.moreIsBetter ? score - 1 : Cutoffs.SCORES - score;
        rows.add(
            RowFactory.create(
                m.column,
                score,
                band == 0 ? null : cuts[band - 1],
                band == Cutoffs.SCORES - 1 ? null : cuts[band],
                perScore.get(m).getOrDefault(score, 0L)));
      }
    }
    return rows;
  }
}
