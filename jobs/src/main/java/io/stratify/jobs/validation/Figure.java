package io.stratify.jobs.validation;

import io.stratify.common.config.Gate;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.jobs.segments.Segmentation;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * One figure for or against a segmentation.
 *
 * @param evidence what was measured
 * @param cohort as-of date or customers that it was measured on
 * @param segment segment that it is about
 * @param value the figure; null where it is not measurable
 * @param interval what 95 % of the resamples are in; null for what is counted
 * @param pValue adjusted p-value; null but for tests
 * @param threshold what it must be; null where it decides nothing
 * @param verdict one of those of {@link SegmentationValidation}
 * @param reason how it was measured, or why it cannot be; null where nothing is to be said
 */
record Figure(
    String evidence,
    String cohort,
    String segment,
    Double value,
    Interval interval,
    Double pValue,
    String threshold,
    String verdict,
    String reason) {

  private static final int DECIMALS = 3;

  /** A figure about all segments that decides nothing yet. */
  static Figure of(String evidence, String cohort, double value, Interval interval) {
    return ofSegment(evidence, cohort, SegmentationValidation.ALL, value, interval);
  }

  /** A figure about one segment that decides nothing yet. */
  static Figure ofSegment(
      String evidence, String cohort, String segment, double value, Interval interval) {
    return new Figure(
        evidence,
        cohort,
        segment,
        value,
        interval,
        null,
        null,
        SegmentationValidation.INFORMATION,
        null);
  }

  /** No figure. */
  static Figure none(String evidence, String cohort, String reason) {
    return none(evidence, cohort, SegmentationValidation.ALL, reason);
  }

  /** No figure about one segment. */
  static Figure none(String evidence, String cohort, String segment, String reason) {
    return new Figure(
        evidence,
        cohort,
        segment,
        null,
        null,
        null,
        null,
        SegmentationValidation.NOT_MEASURABLE,
        reason);
  }

  /** The same with words on how it was measured. */
  Figure because(String why) {
    return new Figure(evidence, cohort, segment, value, interval, pValue, threshold, verdict, why);
  }

  /** The same with the p-value of its test. */
  Figure with(double adjusted) {
    return new Figure(
        evidence, cohort, segment, value, interval, adjusted, threshold, verdict, reason);
  }

  /** The same held against the limit of a gate. */
  Figure against(Gate gate, double limit, boolean unmeasuredFails) {
    String judged =
        value != null
            ? gate.passes(value, limit) ? SegmentationValidation.PASS : SegmentationValidation.FAIL
            : unmeasuredFails ? SegmentationValidation.FAIL : SegmentationValidation.NOT_MEASURABLE;
    return judged(gate.threshold(limit), judged);
  }

  /** The same with a threshold and a verdict. */
  Figure judged(String must, String judged) {
    return new Figure(evidence, cohort, segment, value, interval, pValue, must, judged, reason);
  }

  boolean measured() {
    return value != null;
  }

  boolean failed() {
    return verdict.equals(SegmentationValidation.FAIL);
  }

  /** Whether it decided something. */
  boolean decides() {
    return threshold != null;
  }

  /** One sentence, for the segmentation it is about. */
  String sentence(String segmentation) {
    String about =
        (segment.equals(SegmentationValidation.ALL) ? "" : " of " + segment)
            + (cohort.equals(SegmentationValidation.ALL) ? "" : ", " + cohort + ",");
    return value == null
        ? segmentation + " " + evidence + about + " is not measurable: " + reason
        : String.format(
            Locale.ROOT,
            "%s %s%s is %s, must be %s",
            segmentation,
            evidence,
            about,
            AgainstLimit.text(value, String.valueOf(threshold), DECIMALS),
            threshold);
  }

  /** The row of {@code segmentation_validation}, without its slice. */
  Row row(Segmentation s) {
    return RowFactory.create(
        s.id(),
        evidence,
        cohort,
        segment,
        s.lens(),
        value,
        interval == null ? null : (Double) interval.low(),
        interval == null ? null : (Double) interval.high(),
        pValue,
        threshold,
        verdict,
        reason);
  }
}
