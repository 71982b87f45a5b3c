package io.stratify.jobs.membership;

import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The assignment of customers and its reasons, as a step that can be timed. */
public final class AssignmentTrial {
  private AssignmentTrial() {}

  /** {@code customer_segment} of customers of whom nothing was published before. */
  public static Dataset<Row> memberships(
      Dataset<Row> features, List<Segmentation> segmentations, LocalDate asOf) {
    return Stays.of(MembershipJob.assign(features, segmentations), Optional.empty(), asOf);
  }

  /** {@code membership_reason}. */
  public static Dataset<Row> reasons(Dataset<Row> features, List<Segmentation> segmentations) {
    return Reasons.of(features, segmentations);
  }
}
