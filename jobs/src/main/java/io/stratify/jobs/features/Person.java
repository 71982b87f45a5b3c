package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.tables.Accounts;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.ProfileFeatures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What the warehouse knows of a customer and of his account, as of today.
 *
 * @param profile the column that {@link #profiles} adds
 */
record Person(InternalRow profile) {
  private static final String ACCOUNT = "account";
  private static final int OLDEST = 120;
  private static final List<String> SEASONS = List.of("winter", "spring", "summer", "autumn");

  private static final String OPENED = "opened";
  private static final String SIGNED_UP = "signed_up";

  private static final List<ColumnSpec> OF_CUSTOMER =
      List.of(
          Customers.BIRTH_YEAR,
          Customers.GENDER,
          Customers.COUNTRY,
          Customers.REGION,
          Customers.JOB_ROLE,
          Customers.ACQUISITION_CHANNEL,
          Customers.ACQUISITION_COST,
          Customers.DEVICE);

  private static final List<ColumnSpec> OF_ACCOUNT =
      List.of(
          Accounts.INDUSTRY,
          Accounts.COUNTRY,
          Accounts.EMPLOYEES,
          Accounts.COMPANY_SIZE,
          Accounts.PLAN);

  private static final int AT_ACCOUNT = 1 + OF_CUSTOMER.size();

  /** Fields of a profile. */
  static final int SIZE = AT_ACCOUNT + 1;

  /** The customers with one column of all that describes them. */
  static Dataset<Row> profiles(Dataset<Row> customers, Dataset<Row> accounts, String name) {
    Column account = struct(columns(Accounts.SIGNED_UP_ON, OPENED, OF_ACCOUNT)).as(ACCOUNT);
    List<Column> profile =
        new ArrayList<>(List.of(columns(Customers.SIGNED_UP_ON, SIGNED_UP, OF_CUSTOMER)));
    profile.add(col(ACCOUNT));
    return customers
        .join(
            accounts.select(Accounts.ACCOUNT_ID.col(), account),
            Customers.ACCOUNT_ID.name(),
            "left")
        .select(Customers.CUSTOMER_ID.col(), struct(profile.toArray(Column[]::new)).as(name));
  }

  /** A date as a number of days, and then the others. */
  private static Column[] columns(ColumnSpec date, String name, List<ColumnSpec> others) {
    List<Column> all = new ArrayList<>();
    all.add(unix_date(date.col()).as(name));
    others.forEach(c -> all.add(c.col()));
    return all.toArray(Column[]::new);
  }

  /** Day of registration; null where it is not known. */
  Integer signedUp() {
    return profile.isNullAt(0) ? null : (Integer) profile.getInt(0);
  }

  void describe(Moment moment, FeatureValues out) {
    Integer born = (Integer) value(profile, OF_CUSTOMER, Customers.BIRTH_YEAR);
    int year = LocalDate.ofEpochDay(moment.asOf()).getYear();
    boolean plausible = born != null && year - born >= 0 && year - born <= OLDEST;
    out.set(ProfileFeatures.AGE, plausible ? Integer.valueOf(year - born) : null);
    copy(out, ProfileFeatures.GENDER, Customers.GENDER);
    copy(out, ProfileFeatures.COUNTRY, Customers.COUNTRY);
    copy(out, ProfileFeatures.REGION, Customers.REGION);
    copy(out, ProfileFeatures.JOB_ROLE, Customers.JOB_ROLE);
    copy(out, ProfileFeatures.ACQUISITION_CHANNEL, Customers.ACQUISITION_CHANNEL);
    copy(out, ProfileFeatures.ACQUISITION_COST, Customers.ACQUISITION_COST);
    copy(out, ProfileFeatures.SIGNUP_DEVICE, Customers.DEVICE);
    describeStart(LocalDate.ofEpochDay(moment.start()), out);
    if (!profile.isNullAt(AT_ACCOUNT)) {
      describeAccount(profile.getStruct(AT_ACCOUNT, 1 + OF_ACCOUNT.size()), moment, out);
    }
  }

  private static void describeStart(LocalDate start, FeatureValues out) {
    int month = start.getMonthValue();
    out.set(ProfileFeatures.SIGNUP_MONTH, (month < 10 ? "0" : "") + month);
    out.set(ProfileFeatures.SIGNUP_SEASON, SEASONS.get(month % 12 / 3));
    out.set(ProfileFeatures.SIGNUP_COHORT, start.getYear() + "-Q" + (month + 2) / 3);
  }

  /** An account that was opened later is not known yet. */
  private static void describeAccount(InternalRow account, Moment moment, FeatureValues out) {
    Integer opened = account.isNullAt(0) ? null : (Integer) account.getInt(0);
    if (opened != null && opened >= moment.asOf()) {
      return;
    }
    out.set(ProfileFeatures.INDUSTRY, value(account, OF_ACCOUNT, Accounts.INDUSTRY));
    out.set(ProfileFeatures.ACCOUNT_COUNTRY, value(account, OF_ACCOUNT, Accounts.COUNTRY));
    out.set(ProfileFeatures.ACCOUNT_AGE_DAYS, moment.since(opened));
    if (!moment.past()) {
      out.set(ProfileFeatures.EMPLOYEES, value(account, OF_ACCOUNT, Accounts.EMPLOYEES));
      out.set(ProfileFeatures.COMPANY_SIZE, value(account, OF_ACCOUNT, Accounts.COMPANY_SIZE));
      out.set(ProfileFeatures.ACCOUNT_PLAN, value(account, OF_ACCOUNT, Accounts.PLAN));
    }
  }

  private void copy(FeatureValues out, ColumnSpec feature, ColumnSpec column) {
    out.set(feature, value(profile, OF_CUSTOMER, column));
  }

  private static Object value(InternalRow row, List<ColumnSpec> columns, ColumnSpec column) {
    int at = 1 + columns.indexOf(column);
    return row.isNullAt(at) ? null : row.get(at, column.type());
  }
}
