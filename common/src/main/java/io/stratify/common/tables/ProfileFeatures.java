package io.stratify.common.tables;

import java.util.List;
import java.util.Set;

/**
 * Who a customer is and how he came: profile, firmographic and context. The warehouse knows
 * profiles and accounts as they are today, without their history.
 */
public final class ProfileFeatures {
  private static final FeatureSet F = new FeatureSet();

  static {
    F.in(FeatureGroup.PROFILE, "customers");
  }

  /** {@code age}. */
  public static final ColumnSpec AGE =
      F.days(
          "age",
          "year of the as-of date less year of birth; null where that is unknown or not from 0 to"
              + " 120",
          "older",
          "younger");

  /** {@code gender}. */
  public static final ColumnSpec GENDER = F.word("gender", "gender as stated");

  /** {@code country}. */
  public static final ColumnSpec COUNTRY = F.word("country", "country of residence");

  /** {@code region}. */
  public static final ColumnSpec REGION = F.word("region", "region within the country");

  /** {@code job_role}. */
  public static final ColumnSpec JOB_ROLE = F.word("job_role", "role or occupation");

  static {
    F.in(FeatureGroup.FIRMOGRAPHIC, "accounts");
  }

  /** {@code industry}. */
  public static final ColumnSpec INDUSTRY = F.word("industry", "industry of the account");

  /** {@code account_country}. */
  public static final ColumnSpec ACCOUNT_COUNTRY =
      F.word("account_country", "country of the account");

  /** {@code account_age_days}. */
  public static final ColumnSpec ACCOUNT_AGE_DAYS =
      F.days(
          "account_age_days",
          "days from the day the account was opened to the as-of date",
          "old accounts",
          "young accounts");

  /** {@code employees}. */
  public static final ColumnSpec EMPLOYEES =
      F.days(
          "employees",
          "people employed by the account; null in a past snapshot, since only today's is known",
          "large companies",
          "small companies");

  /** {@code company_size}. */
  public static final ColumnSpec COMPANY_SIZE =
      F.word(
          "company_size",
          "size band of the account; null in a past snapshot, since only today's is known");

  /** {@code account_plan}. */
  public static final ColumnSpec ACCOUNT_PLAN =
      F.word(
          "account_plan",
          "plan of the account; null in a past snapshot, since only today's is known");

  static {
    F.in(FeatureGroup.FIRMOGRAPHIC, "subscriptions");
  }

  /** {@code plan}. */
  public static final ColumnSpec PLAN =
      F.word(
          "plan",
          "plan with the most subscriptions that run on the as-of date; the first in the alphabet"
              + " of equals, null where none runs");

  static {
    F.in(FeatureGroup.CONTEXT, "customers");
  }

  /** {@code acquisition_channel}. */
  public static final ColumnSpec ACQUISITION_CHANNEL =
      F.word("acquisition_channel", "channel that brought the customer");

  /** {@code acquisition_cost}. */
  public static final ColumnSpec ACQUISITION_COST =
      F.money(
          "acquisition_cost", "cost of bringing the customer", "expensive to win", "cheap to win");

  /** {@code signup_device}. */
  public static final ColumnSpec SIGNUP_DEVICE = F.word("signup_device", "device at registration");

  /** {@code signup_month}. */
  public static final ColumnSpec SIGNUP_MONTH =
      F.word(
          "signup_month",
          "month, 01 to 12, of registration or of the first fact if that is earlier");

  /** {@code signup_season}. */
  public static final ColumnSpec SIGNUP_SEASON =
      F.word(
          "signup_season",
          "winter (December to February), spring, summer or autumn, by signup_month");

  /** {@code signup_cohort}. */
  public static final ColumnSpec SIGNUP_COHORT =
      F.word(
          "signup_cohort",
          "quarter, such as 2026-Q1, of registration or of the first fact if that is earlier");

  /**
   * What the warehouse knows as of today only and what changes with success: in a past snapshot it
   * would tell the future.
   */
  public static final Set<ColumnSpec> PRESENT_ONLY = Set.of(EMPLOYEES, COMPANY_SIZE, ACCOUNT_PLAN);

  /** All of them, in the order of the table. */
  static final List<Feature> ALL = F.all();

  private ProfileFeatures() {}
}
