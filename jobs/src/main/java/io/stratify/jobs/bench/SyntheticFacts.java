package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Customers, orders and events of a shop, as many as wanted. A session is four events of one
 * customer on one day; of ten orders six are placed in a session. Rows lie in no order of customer
 * or day, as they come out of conform.
 *
 * @param spark session
 * @param customers customers
 * @param orders orders over all days
 * @param events events over all days
 * @param first first day
 * @param days days
 */
record SyntheticFacts(
    SparkSession spark, long customers, long orders, long events, LocalDate first, int days) {
  /** Some of the types of events, as steps of a funnel. */
  static final List<String> FUNNEL = List.of("type 0", "type 1", "type 2");

  private static final int EVENTS_PER_SESSION = 4;
  private static final String N = "_n";
  private static final String SESSION = "_session";

  private long sessions() {
    return Math.max(1, events / EVENTS_PER_SESSION);
  }

  /** Conformed customers, who signed up in the year before the first day. */
  Dataset<Row> customerRows() {
    return spark
        .range(customers)
        .select(
            format_string("c%08d", col("id")).as(Customers.CUSTOMER_ID.name()),
            date_add(lit(Date.valueOf(first)), chance(col("id"), 16, 365).cast("int").minus(365))
                .as(Customers.SIGNED_UP_ON.name()),
            chance(col("id"), 17, 60).plus(1945).cast("int").as(Customers.BIRTH_YEAR.name()),
            oneOf("gender ", col("id"), 21, 2).as(Customers.GENDER.name()),
            oneOf("country ", col("id"), 18, 5).as(Customers.COUNTRY.name()),
            oneOf("region ", col("id"), 22, 40).as(Customers.REGION.name()),
            oneOf("role ", col("id"), 23, 9).as(Customers.JOB_ROLE.name()),
            lit(null).cast("string").as(Customers.ACCOUNT_ID.name()),
            oneOf("channel ", col("id"), 19, 4).as(Customers.ACQUISITION_CHANNEL.name()),
            money(chance(col("id"), 20, 5000)).as(Customers.ACQUISITION_COST.name()),
            oneOf("device ", col("id"), 24, 3).as(Customers.DEVICE.name()));
  }

  /** Conformed orders. */
  Dataset<Row> orderRows() {
    Column inSession = chance(col(N), 1, 100).lt(60);
    Column where =
        when(inSession, chance(col(N), 2, sessions())).otherwise(col(N).plus(sessions()));
    Column undone = chance(col(N), 3, 100).lt(4);
    Column amount = money(chance(col(N), 4, 30_000).plus(200));
    return spark
        .range(orders)
        .select(col("id").as(N))
        .withColumn(SESSION, where)
        .select(
            concat(lit("o"), col(N)).as(Orders.ORDER_ID.name()),
            customer().as(Orders.CUSTOMER_ID.name()),
            time(chance(col(N), 5, 86_400)).as(Orders.ORDERED_AT.name()),
            when(undone, Orders.RETURNED).otherwise(Orders.COMPLETED).as(Orders.STATUS.name()),
            amount.as(Orders.AMOUNT.name()),
            when(chance(col(N), 6, 5).equalTo(0), money(chance(col(N), 7, 1000)))
                .as(Orders.DISCOUNT.name()),
            oneOf("channel ", col(N), 8, 4).as(Orders.CHANNEL.name()),
            amount.as(Orders.GROSS_AMOUNT.name()),
            when(undone, amount).otherwise(money(lit(0L))).as(Orders.RETURNED_AMOUNT.name()));
  }

  /** Conformed events. */
  Dataset<Row> eventRows() {
    return spark
        .range(events)
        .select(col("id").as(N))
        .withColumn(SESSION, pmod(col(N), lit(sessions())))
        .select(
            concat(lit("e"), col(N)).as(Events.EVENT_ID.name()),
            customer().as(Events.CUSTOMER_ID.name()),
            time(chance(col(N), 9, 86_400)).as(Events.OCCURRED_AT.name()),
            oneOf("type ", col(N), 10, 8).as(Events.EVENT_TYPE.name()),
            oneOf("feature ", col(N), 11, 12).as(Events.FEATURE.name()),
            concat(lit("s"), col(SESSION), lit("-"), lit(first.toString()))
                .as(Events.SESSION_ID.name()),
            money(chance(col(N), 12, 30_000)).as(Events.DURATION_SECONDS.name()),
            oneOf("device ", col(SESSION), 13, 3).as(Events.DEVICE.name()));
  }

  private Column customer() {
    return format_string("c%08d", chance(col(SESSION), 14, customers));
  }

  private Column time(Column second) {
    Column day = date_add(lit(Date.valueOf(first)), chance(col(SESSION), 15, days).cast("int"));
    return timestamp_seconds(unix_timestamp(day.cast("timestamp")).plus(second));
  }

  private static Column money(Column cents) {
    return cents.divide(lit(100)).cast(TableSpec.MONEY);
  }

  private static Column oneOf(String name, Column number, int salt, long below) {
    return concat(lit(name), chance(number, salt, below));
  }

  /** A number from 0 that follows from another one and looks like chance. */
  private static Column chance(Column number, int salt, long below) {
    return pmod(xxhash64(number, lit(salt)), lit(below));
  }
}
