package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.SegmentChange;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who entered and who left a segment since the snapshot published before. */
final class Changes {
  private static final Column SEGMENT = CustomerSegment.SEGMENT_ID.col();
  private static final Column BEFORE = CustomerSegment.PREVIOUS_SEGMENT_ID.col();
  private static final Column NONE = lit(null).cast("string");

  private Changes() {}

  /** The memberships that are shifts: the customer was in another segment of the lens before. */
  static Dataset<Row> shifts(Dataset<Row> memberships) {
    return memberships.where(BEFORE.isNotNull().and(BEFORE.notEqual(SEGMENT)));
  }

  /**
   * The body of {@code segment_change}: two rows per shift, one per customer who came or went.
   *
   * @param memberships {@code customer_segment} of this snapshot
   * @param previous that of the snapshot published before
   * @param lenses lenses that were published before; of others nobody changes
   * @param gone whether to tell who is in no segment any more, of whom only those may be told whose
   *     withdrawal takes them out of what was published before, too
   */
  static Dataset<Row> of(
      Dataset<Row> memberships,
      Dataset<Row> previous,
      Collection<String> lenses,
      LocalDate previousAsOf,
      boolean gone) {
    Column known = CustomerSegment.LENS.col().isin(lenses.toArray());
    Dataset<Row> now = memberships.where(known);
    Dataset<Row> entered = now.where(BEFORE.isNull().or(BEFORE.notEqual(SEGMENT)));
    Dataset<Row> moved =
        rows(entered, "enter", SEGMENT, BEFORE, previousAsOf)
            .union(rows(shifts(now), "exit", BEFORE, SEGMENT, previousAsOf));
    if (!gone) {
      return moved;
    }
    Dataset<Row> absent =
        previous
            .where(known)
            .join(
                now,
                new String[] {CustomerSegment.LENS.name(), CustomerSegment.CUSTOMER_ID.name()},
                "left_anti");
    return moved.union(rows(absent, "exit", SEGMENT, NONE, previousAsOf));
  }

  private static Dataset<Row> rows(
      Dataset<Row> who, String change, Column segment, Column other, LocalDate previousAsOf) {
    return who.select(
        CustomerSegment.LENS.col().as(SegmentChange.LENS.name()),
        CustomerSegment.CUSTOMER_ID.col().as(SegmentChange.CUSTOMER_ID.name()),
        lit(change).as(SegmentChange.CHANGE.name()),
        segment.as(SegmentChange.SEGMENT_ID.name()),
        other.as(SegmentChange.OTHER_SEGMENT_ID.name()),
        lit(Date.valueOf(previousAsOf)).as(SegmentChange.PREVIOUS_AS_OF.name()));
  }
}
