package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.ProfileFeatures;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the warehouse knows of a customer and of his account, as of today.
 *
 * @param profile the column that {@link #profiles} adds
 */
record Person(Row profile) {
  private static final String ACCOUNT = "account";
  private static final int OLDEST = 120;
  private static final List<String> SEASONS = List.of("winter", "spring", "summer", "autumn");

  /** The customers with one column of all that describes them. */
  static Dataset<Row> profiles(Dataset<Row> customers, Dataset<Row> accounts, String name) {
    Dataset<Row> known =
        accounts.select(Accounts.ACCOUNT_ID.col(), struct(accountColumns()).as(ACCOUNT));
    return customers
        .join(known, Customers.ACCOUNT_ID.name(), "left")
        .select(Customers.CUSTOMER_ID.col(), struct(columns()).as(name));
  }

  private static Column[] columns() {
    return new Column[] {
      unix_date(Customers.SIGNED_UP_ON.col()).as("signed_up"),
      Customers.BIRTH_YEAR.col(),
      Customers.GENDER.col(),
      Customers.COUNTRY.col(),
      Customers.REGION.col(),
      Customers.JOB_ROLE.col(),
      Customers.ACQUISITION_CHANNEL.col(),
      Customers.ACQUISITION_COST.col(),
      Customers.DEVICE.col(),
      col(ACCOUNT)
    };
  }

  private static Column[] accountColumns() {
    return new Column[] {
      unix_date(Accounts.SIGNED_UP_ON.col()).as("opened"),
      Accounts.INDUSTRY.col(),
      Accounts.COUNTRY.col(),
      Accounts.EMPLOYEES.col(),
      Accounts.COMPANY_SIZE.col(),
      Accounts.PLAN.col()
    };
  }

  /** Day of registration; null where it is not known. */
  Integer signedUp() {
    return profile.getAs("signed_up");
  }

  void describe(Moment moment, FeatureValues out) {
    Integer born = profile.getAs(Customers.BIRTH_YEAR.name());
    int year = LocalDate.ofEpochDay(moment.asOf()).getYear();
    boolean plausible = born != null && year - born >= 0 && year - born <= OLDEST;
    out.set(ProfileFeatures.AGE, plausible ? Integer.valueOf(year - born) : null);
    copy(out, ProfileFeatures.GENDER, profile, Customers.GENDER);
    copy(out, ProfileFeatures.COUNTRY, profile, Customers.COUNTRY);
    copy(out, ProfileFeatures.REGION, profile, Customers.REGION);
    copy(out, ProfileFeatures.JOB_ROLE, profile, Customers.JOB_ROLE);
    copy(out, ProfileFeatures.ACQUISITION_CHANNEL, profile, Customers.ACQUISITION_CHANNEL);
    copy(out, ProfileFeatures.ACQUISITION_COST, profile, Customers.ACQUISITION_COST);
    copy(out, ProfileFeatures.SIGNUP_DEVICE, profile, Customers.DEVICE);
    describeStart(YearMonth.from(LocalDate.ofEpochDay(moment.start())), out);
    describeAccount(moment, out);
  }

  private static void describeStart(YearMonth start, FeatureValues out) {
    int month = start.getMonthValue();
    out.set(ProfileFeatures.SIGNUP_MONTH, String.format(Locale.ROOT, "%02d", month));
    out.set(ProfileFeatures.SIGNUP_SEASON, SEASONS.get(month % 12 / 3));
    out.set(
        ProfileFeatures.SIGNUP_COHORT,
        String.format(Locale.ROOT, "%d-Q%d", start.getYear(), (month + 2) / 3));
  }

  /** An account that was opened later is not known yet. */
  private void describeAccount(Moment moment, FeatureValues out) {
    Row account = profile.getAs(ACCOUNT);
    Integer opened = account == null ? null : account.<Integer>getAs("opened");
    if (account == null || (opened != null && opened >= moment.asOf())) {
      return;
    }
    copy(out, ProfileFeatures.INDUSTRY, account, Accounts.INDUSTRY);
    copy(out, ProfileFeatures.ACCOUNT_COUNTRY, account, Accounts.COUNTRY);
    out.set(ProfileFeatures.ACCOUNT_AGE_DAYS, moment.since(opened));
    if (!moment.past()) {
      copy(out, ProfileFeatures.EMPLOYEES, account, Accounts.EMPLOYEES);
      copy(out, ProfileFeatures.COMPANY_SIZE, account, Accounts.COMPANY_SIZE);
      copy(out, ProfileFeatures.ACCOUNT_PLAN, account, Accounts.PLAN);
    }
  }

  private static void copy(FeatureValues out, ColumnSpec feature, Row from, ColumnSpec column) {
    out.set(feature, from.getAs(column.name()));
  }
}
