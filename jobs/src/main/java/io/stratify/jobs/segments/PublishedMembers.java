package io.stratify.jobs.segments;

import io.stratify.common.io.Lake;
import io.stratify.common.tables.CustomerSegment;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who is in the segments of a segmentation as readers have it: all that is left of one by which
 * nobody can be assigned any more.
 *
 * @param lake where it was published
 * @param asOf the date before which
 */
record PublishedMembers(Lake lake, LocalDate asOf) {
  /**
   * One row per customer: id, and id of the segment, as in {@link CustomerSegment}; nothing where
   * the lens was published with another segmentation last.
   */
  Optional<Dataset<Row>> of(Segmentation segmentation) {
    String lens = segmentation.lens();
    return Optional.ofNullable(
            Published.last(lake, "segments", p -> p.asOf().isBefore(asOf)).get(lens))
        .filter(p -> p.segmentationId().equals(segmentation.id()))
        .map(p -> lake.readSlice(CustomerSegment.TABLE, p.snapshot()))
        .map(rows -> rows.where(CustomerSegment.LENS.col().equalTo(lens)))
        .map(
            rows ->
                rows.select(CustomerSegment.CUSTOMER_ID.col(), CustomerSegment.SEGMENT_ID.col()));
  }
}
