package io.stratify.common.tables;

import java.util.List;

/** Every table of Stratify, in the order in which the pipeline writes them. */
public final class Tables {
  /** All tables. */
  public static final List<TableSpec> ALL =
      List.of(
          Customers.TABLE,
          Products.TABLE,
          Orders.TABLE,
          OrderLines.TABLE,
          Events.TABLE,
          Quarantine.TABLE,
          Reconciliation.TABLE,
          CustomerDay.TABLE,
          CustomerFeatures.TABLE,
          RfmCutoff.TABLE,
          SegmentationTable.TABLE,
          SegmentationCandidate.TABLE,
          SegmentationValidation.TABLE,
          CustomerSegment.TABLE,
          Segment.TABLE,
          SegmentProfile.TABLE,
          SegmentKpi.TABLE,
          Publication.TABLE);

  private Tables() {}
}
