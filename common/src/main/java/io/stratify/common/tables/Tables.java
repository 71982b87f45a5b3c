package io.stratify.common.tables;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every table of Stratify, in the order in which the pipeline writes them. */
public final class Tables {
  /** All tables. */
  public static final List<TableSpec> ALL =
      Stream.concat(
              Inputs.ALL.stream(),
              Stream.of(
                  IdentityMap.TABLE,
                  Quarantine.TABLE,
                  Reconciliation.TABLE,
                  DataQuality.TABLE,
                  InputSchema.TABLE,
                  Forgotten.TABLE,
                  CustomerDay.TABLE,
                  HistoryDay.TABLE,
                  CustomerFeatures.TABLE,
                  RfmCutoff.TABLE,
                  FeatureStats.TABLE,
                  CustomerFeaturesPast.TABLE,
                  CustomerOutcome.TABLE,
                  SegmentationTable.TABLE,
                  SegmentationCandidate.TABLE,
                  SegmentRuleTable.TABLE,
                  SegmentationValidation.TABLE,
                  SegmentProposal.TABLE,
                  SegmentationDecision.TABLE,
                  CustomerSegment.TABLE,
                  Segment.TABLE,
                  SegmentDecision.TABLE,
                  SegmentChange.TABLE,
                  SegmentLineage.TABLE,
                  MembershipReason.TABLE,
                  ShiftReason.TABLE,
                  SegmentMigration.TABLE,
                  SegmentOutlook.TABLE,
                  SegmentationHealth.TABLE,
                  SegmentProfile.TABLE,
                  SegmentKpi.TABLE,
                  Publication.TABLE,
                  RunLog.TABLE))
          .toList();

  /**
   * The tables that hold nothing that cannot be computed again: where their declaration is another
   * than that of the table on disk they are made anew, and not refused.
   */
  public static final Set<TableSpec> DERIVED =
      Set.of(
          CustomerDay.TABLE, HistoryDay.TABLE, CustomerFeaturesPast.TABLE, CustomerOutcome.TABLE);

  /**
   * Columns that a table got after it had been in use, and that need a value: what rows of before
   * get, by table and column. Other columns that were added are empty in them.
   */
  public static final Map<String, Map<String, String>> ADDED =
      Map.of(
          SegmentationValidation.TABLE.name(),
          Map.of(
              SegmentationValidation.COHORT.name(), SegmentationValidation.ALL,
              SegmentationValidation.SEGMENT_ID.name(), SegmentationValidation.ALL));

  private Tables() {}
}
