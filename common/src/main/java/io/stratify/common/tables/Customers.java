package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Conformed customers. */
public final class Customers {
  private static final TableSpec.Builder T =
      TableSpec.whole("customers", "One row per customer of the warehouse.");

  /** {@code customer_id}. */
  public static final ColumnSpec CUSTOMER_ID =
      T.key("customer_id", StringType, "id of the customer in every table");

  /** {@code signed_up_on}. */
  public static final ColumnSpec SIGNED_UP_ON =
      T.column("signed_up_on", DateType, "day the customer registered");

  /** {@code birth_year}. */
  public static final ColumnSpec BIRTH_YEAR = T.column("birth_year", IntegerType, "year of birth");

  /** {@code gender}. */
  public static final ColumnSpec GENDER = T.column("gender", StringType, "gender as stated");

  /** {@code country}. */
  public static final ColumnSpec COUNTRY = T.column("country", StringType, "country of residence");

  /** {@code region}. */
  public static final ColumnSpec REGION =
      T.column("region", StringType, "region within the country");

  /** {@code job_role}. */
  public static final ColumnSpec JOB_ROLE = T.column("job_role", StringType, "role or occupation");

  /** {@code account_id}. */
  public static final ColumnSpec ACCOUNT_ID =
      T.column("account_id", StringType, "account (company) the customer belongs to");

  /** {@code acquisition_channel}. */
  public static final ColumnSpec ACQUISITION_CHANNEL =
      T.column("acquisition_channel", StringType, "channel that brought the customer");

  /** {@code acquisition_cost}. */
  public static final ColumnSpec ACQUISITION_COST =
      T.column("acquisition_cost", TableSpec.MONEY, "cost of bringing the customer");

  /** {@code device}. */
  public static final ColumnSpec DEVICE = T.column("device", StringType, "device at registration");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Customers() {}
}
