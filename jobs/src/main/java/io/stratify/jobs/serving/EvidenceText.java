package io.stratify.jobs.serving;

import io.stratify.common.tables.SegmentationValidation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * The evidence about a segmentation, for a terminal: what decides first, then what else is known.
 */
public final class EvidenceText {
  private EvidenceText() {}

  /**
   * What decides, and what is said of all segments at once.
   *
   * @param figures rows of {@code segmentation_validation}
   * @param where the figures of single segments are, completing "are"
   */
  public static String brief(List<Row> figures, String where) {
    List<Row> some =
        figures.stream()
            .filter(
                r ->
                    SegmentationValidation.THRESHOLD.text(r) != null
                        || SegmentationValidation.ALL.equals(
                            SegmentationValidation.SEGMENT_ID.text(r)))
            .toList();
    int further = figures.size() - some.size();
    return of(some)
        + (further == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "  %,d further figures, of single segments, are %s.%n",
                further,
                where));
  }

  /**
   * A table of all of it.
   *
   * @param figures rows of {@code segmentation_validation}
   */
  public static String of(List<Row> figures) {
    TextTable table =
        new TextTable(
            "evidence",
            "cohort",
            "segment",
            "value",
            "95 % of samples",
            "p",
            "must be",
            "verdict",
            "");
    figures.stream()
        .sorted(Comparator.comparing(r -> SegmentationValidation.THRESHOLD.text(r) == null))
        .forEach(
            r ->
                table.row(
                    SegmentationValidation.EVIDENCE.text(r),
                    SegmentationValidation.COHORT.text(r),
                    SegmentationValidation.SEGMENT_ID.text(r),
                    number(r.getAs(SegmentationValidation.VALUE.name())),
                    interval(r),
                    number(r.getAs(SegmentationValidation.P_VALUE.name())),
                    SegmentationValidation.THRESHOLD.text(r),
                    SegmentationValidation.VERDICT.text(r),
                    SegmentationValidation.REASON.text(r)));
    return table.toString();
  }

  private static String interval(Row r) {
    Double low = r.getAs(SegmentationValidation.LOW.name());
    Double high = r.getAs(SegmentationValidation.HIGH.name());
    return low == null ? "" : number(low) + " to " + number(high);
  }

  private static String number(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
