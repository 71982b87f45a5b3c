package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Conformed accounts: the companies that customers belong to. */
public final class Accounts {
  private static final TableSpec.Builder T =
      TableSpec.whole("accounts", "One row per account (company) that customers belong to.");

  /** {@code account_id}. */
  public static final ColumnSpec ACCOUNT_ID = T.key("account_id", StringType, "id of the account");

  /** {@code name}. */
  public static final ColumnSpec NAME = T.column("name", StringType, "name of the company");

  /** {@code industry}. */
  public static final ColumnSpec INDUSTRY = T.column("industry", StringType, "industry");

  /** {@code employees}. */
  public static final ColumnSpec EMPLOYEES = T.column("employees", IntegerType, "people employed");

  /** {@code company_size}. */
  public static final ColumnSpec COMPANY_SIZE =
      T.column("company_size", StringType, "size band as the source states it");

  /** {@code country}. */
  public static final ColumnSpec COUNTRY =
      T.column("country", StringType, "country of the company");

  /** {@code plan}. */
  public static final ColumnSpec PLAN = T.column("plan", StringType, "plan of the account");

  /** {@code signed_up_on}. */
  public static final ColumnSpec SIGNED_UP_ON =
      T.column("signed_up_on", DateType, "day the account was opened");

  /** {@code acquisition_channel}. */
  public static final ColumnSpec ACQUISITION_CHANNEL =
      T.column("acquisition_channel", StringType, "channel that brought the account");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private Accounts() {}
}
