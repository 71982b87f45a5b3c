package io.stratify.jobs.validation;

import io.stratify.common.tables.SegmentationHealth;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * One measure of one lens and what follows from it.
 *
 * @param of the segmentation
 * @param measure its name
 * @param value null where it is not measurable
 * @param reference as-of date that it is measured against; null without one
 * @param threshold what the value must be
 * @param verdict one of those of {@code segmentation_health}
 * @param reason what is behind the value, or why there is none
 */
record Measured(
    Segmentation of,
    String measure,
    Double value,
    LocalDate reference,
    String threshold,
    String verdict,
    String reason) {
  private static final int DECIMALS = 2;

  boolean isMeasurable() {
    return value != null;
  }

  boolean proposesRefit() {
    return SegmentationHealth.REFIT_PROPOSED.equals(verdict);
  }

  /** The row of {@code segmentation_health}, without its slice. */
  Row row() {
    return RowFactory.create(
        of.id(),
        measure,
        of.lens(),
        value,
        reference == null ? null : Date.valueOf(reference),
        threshold,
        verdict,
        reason);
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s %s (%s), must be %s",
        measure,
        AgainstLimit.text(value, threshold, DECIMALS),
        reason,
        threshold);
  }
}
