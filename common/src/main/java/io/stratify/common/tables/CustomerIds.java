package io.stratify.common.tables;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;

import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Where the ids of customers are kept. Every table is declared here, as one that names customers or
 * as one that names nobody, so that nobody is left anywhere when he is erased.
 */
public final class CustomerIds {
  /** How a column names customers. */
  public enum Form {
    /** The value is the id of a customer. */
    ID,
    /** The value is a row of a source as JSON, and any value in it may be the id of a customer. */
    ROW
  }

  /**
   * A column that names customers.
   *
   * @param where the rows in which it does
   */
  public record Place(TableSpec table, ColumnSpec column, Form form, Column where) {}

  /**
   * Every place. The map of identities comes last: it tells which ids are one person, and whoever
   * erases a person has to know that until nothing else is left.
   */
  public static final List<Place> PLACES =
      List.of(
          id(Customers.TABLE, Customers.CUSTOMER_ID),
          id(Identities.TABLE, Identities.CUSTOMER_ID),
          new Place(
              Identities.TABLE,
              Identities.VALUE,
              Form.ID,
              lower(trim(Identities.KIND.col())).equalTo(Identities.CUSTOMER)),
          id(Consents.TABLE, Consents.CUSTOMER_ID),
          id(Orders.TABLE, Orders.CUSTOMER_ID),
          id(OrderLines.TABLE, OrderLines.CUSTOMER_ID),
          id(Events.TABLE, Events.CUSTOMER_ID),
          id(Subscriptions.TABLE, Subscriptions.CUSTOMER_ID),
          id(SupportTickets.TABLE, SupportTickets.CUSTOMER_ID),
          id(CampaignTouches.TABLE, CampaignTouches.CUSTOMER_ID),
          id(SurveyResponses.TABLE, SurveyResponses.CUSTOMER_ID),
          id(Feedback.TABLE, Feedback.CUSTOMER_ID),
          id(ExperimentExposures.TABLE, ExperimentExposures.CUSTOMER_ID),
          id(Quarantine.TABLE, Quarantine.CUSTOMER_ID),
          new Place(Quarantine.TABLE, Quarantine.ROW, Form.ROW, lit(true)),
          id(CustomerDay.TABLE, CustomerDay.CUSTOMER_ID),
          id(CustomerFeatures.TABLE, CustomerFeatures.CUSTOMER_ID),
          id(CustomerFeaturesPast.TABLE, CustomerFeatures.CUSTOMER_ID),
          id(CustomerOutcome.TABLE, CustomerOutcome.CUSTOMER_ID),
          id(CustomerSegment.TABLE, CustomerSegment.CUSTOMER_ID),
          id(SegmentChange.TABLE, SegmentChange.CUSTOMER_ID),
          id(MembershipReason.TABLE, MembershipReason.CUSTOMER_ID),
          id(ShiftReason.TABLE, ShiftReason.CUSTOMER_ID),
          id(IdentityMap.TABLE, IdentityMap.CUSTOMER_ID),
          id(IdentityMap.TABLE, IdentityMap.CANONICAL_ID));

  /** The tables with such a place, in the order in which a person is erased from them. */
  public static final List<TableSpec> TABLES =
      PLACES.stream().map(Place::table).distinct().toList();

  /** The tables that name nobody: what they hold is about products, groups, models or runs. */
  public static final List<TableSpec> NAMELESS =
      List.of(
          Accounts.TABLE,
          Products.TABLE,
          ValueDrivers.TABLE,
          CompetitorScores.TABLE,
          Initiatives.TABLE,
          MarketSizes.TABLE,
          Hypotheses.TABLE,
          Playbooks.TABLE,
          SegmentNames.TABLE,
          Reconciliation.TABLE,
          DataQuality.TABLE,
          InputSchema.TABLE,
          Forgotten.TABLE,
          HistoryDay.TABLE,
          RfmCutoff.TABLE,
          FeatureStats.TABLE,
          SegmentationTable.TABLE,
          SegmentationCandidate.TABLE,
          SegmentRuleTable.TABLE,
          SegmentationValidation.TABLE,
          SegmentProposal.TABLE,
          SegmentationDecision.TABLE,
          Segment.TABLE,
          SegmentDecision.TABLE,
          SegmentLineage.TABLE,
          SegmentMigration.TABLE,
          SegmentOutlook.TABLE,
          SegmentationHealth.TABLE,
          SegmentProfile.TABLE,
          SegmentKpi.TABLE,
          Publication.TABLE,
          RunLog.TABLE);

  private CustomerIds() {}

  /** The places of one table. */
  public static List<Place> in(TableSpec table) {
    return PLACES.stream().filter(p -> p.table().equals(table)).toList();
  }

  private static Place id(TableSpec table, ColumnSpec column) {
    return new Place(table, column, Form.ID, lit(true));
  }
}
