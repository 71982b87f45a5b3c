package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.FeatureText;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What customers did between two as-of dates: what is behind a change of their features. */
final class Activity {
  /** Name of the column: a map of what is counted. */
  static final String ACTIVITY = "_activity";

  private static final Map<String, ColumnSpec> SUMS = sums();

  /** Days with one of these are his; a message that was sent to him makes none. */
  private static final List<ColumnSpec> OWN =
      List.of(
          CustomerDay.ORDERS,
          CustomerDay.RETURNED_ORDERS,
          CustomerDay.EVENTS,
          CustomerDay.TICKETS_OPENED,
          CustomerDay.SATISFACTION_ANSWERS,
          CustomerDay.TOUCHES_OPENED,
          CustomerDay.TOUCHES_CLICKED,
          CustomerDay.TOUCHES_CONVERTED,
          CustomerDay.NPS_ANSWERS,
          CustomerDay.FEEDBACK,
          CustomerDay.TRIALS_STARTED,
          CustomerDay.SUBSCRIPTIONS_STARTED,
          CustomerDay.SUBSCRIPTIONS_ENDED);

  private Activity() {}

  private static Map<String, ColumnSpec> sums() {
    Map<String, ColumnSpec> sums = new LinkedHashMap<>();
    sums.put("orders", CustomerDay.ORDERS);
    sums.put("bought", CustomerDay.GROSS_AMOUNT);
    sums.put("returned", CustomerDay.RETURNED_AMOUNT);
    sums.put("events", CustomerDay.EVENTS);
    sums.put("tickets", CustomerDay.TICKETS_OPENED);
    sums.put("clicks", CustomerDay.TOUCHES_CLICKED);
    sums.put("subscriptions ended", CustomerDay.SUBSCRIPTIONS_ENDED);
    return sums;
  }

  /**
   * One row per customer with a day on which he did something, from the first date (included) to
   * the second (excluded).
   */
  static Dataset<Row> between(Dataset<Row> days, LocalDate from, LocalDate to) {
    Column day = CustomerDay.DAY.col();
    List<Column> entries = new ArrayList<>(List.of(lit("days"), count(lit(1)).cast("double")));
    SUMS.forEach(
        (name, column) -> {
          entries.add(lit(name));
          entries.add(coalesce(sum(column.col()).cast("double"), lit(0.0)));
        });
    return days.where(TableSpec.MONTH.col().geq(lit(Date.valueOf(from.withDayOfMonth(1)))))
        .where(day.geq(lit(Date.valueOf(from))).and(day.lt(lit(Date.valueOf(to)))))
        .where(own())
        .groupBy(CustomerDay.CUSTOMER_ID.col())
        .agg(map(entries.toArray(Column[]::new)).as(ACTIVITY))
        .select(CustomerDay.CUSTOMER_ID.col(), col(ACTIVITY));
  }

  private static Column own() {
    return OWN.stream()
        .map(c -> c.col().gt(0))
        .reduce(Column::or)
        .orElseThrow()
        .or(size(CustomerDay.IMPORTANCE_ANSWERS.col()).gt(0))
        .or(size(CustomerDay.ATTITUDE_ANSWERS.col()).gt(0));
  }

  /** What was done, in brackets; null where nothing was. */
  static String text(Map<String, Double> activity, LocalDate since) {
    if (activity == null) {
      return String.format(Locale.ROOT, " (nothing done since %s)", since);
    }
    List<String> words = new ArrayList<>();
    activity.forEach(
        (name, value) -> {
          if (value != null && value != 0) {
            words.add(name + " " + FeatureText.number(value));
          }
        });
    return String.format(Locale.ROOT, " (since %s: %s)", since, String.join(", ", words));
  }
}
