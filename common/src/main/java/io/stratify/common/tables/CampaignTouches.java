package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Conformed campaign touches. */
public final class CampaignTouches {
  private static final TableSpec.Builder T =
      TableSpec.whole("campaign_touches", "One row per message of a campaign to a customer.");

  /** {@code touch_id}. */
  public static final ColumnSpec TOUCH_ID =
      T.column("touch_id", StringType, "id of the touch, unique where it is given");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.required("customer_id", StringType, "customer who was addressed");

  /** {@code campaign_id}. */
  public static final ColumnSpec CAMPAIGN_ID = T.required("campaign_id", StringType, "campaign");

  /** {@code channel}. */
  public static final ColumnSpec CHANNEL =
      T.column("channel", StringType, "channel of the message");

  /** {@code sent_at}. */
  public static final ColumnSpec SENT_AT = T.required("sent_at", TimestampType, "when it was sent");

  /** {@code opened_at}. */
  public static final ColumnSpec OPENED_AT =
      T.column("opened_at", TimestampType, "when it was first opened");

  /** {@code clicked_at}. */
  public static final ColumnSpec CLICKED_AT =
      T.column("clicked_at", TimestampType, "when it was first clicked");

  /** {@code converted_at}. */
  public static final ColumnSpec CONVERTED_AT =
      T.column("converted_at", TimestampType, "when the customer did what it asked for");

  /** {@code cost}. */
  public static final ColumnSpec COST = T.column("cost", TableSpec.MONEY, "cost of the touch");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CampaignTouches() {}
}
