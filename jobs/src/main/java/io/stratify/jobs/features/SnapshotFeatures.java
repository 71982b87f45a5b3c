package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The features of every customer on every as-of date of a plan, and what he did after the past
 * ones, from one pass over {@code customer_day}: one scan, one shuffle by customer, and walks
 * through the days of each customer in their order.
 */
record SnapshotFeatures(SnapshotPlan plan) {
  private static final String KEY = "_key";
  private static final String DAY = "day";
  private static final String PROFILE = "profile";
  private static final String FACTS = "facts";

  /**
   * One row per as-of date and customer known before it: {@code as_of}, the features but the scores
   * and those of the configuration, and the outcomes with a prefix.
   */
  Dataset<Row> from(Dataset<Row> customers, Dataset<Row> accounts, Dataset<Row> customerDays) {
    return placed(customers, accounts, customerDays).seen(SnapshotView.all(plan));
  }

  /** Customers and their days, shuffled once for all walks through them. */
  Placed placed(Dataset<Row> customers, Dataset<Row> accounts, Dataset<Row> customerDays) {
    Column customer = col(CustomerDay.CUSTOMER_ID.name());
    Dataset<Row> days =
        customerDays
            .where(CustomerDay.DAY.col().lt(lit(Date.valueOf(plan.asOf()))))
            .select(Day.columns());
    Dataset<Row> rows =
        Person.profiles(customers, accounts, PROFILE)
            .unionByName(inBytes(days), true)
            .repartition(customer)
            .select(key(customer).as(KEY), customer, col(DAY), col(PROFILE), col(FACTS))
            .sortWithinPartitions(KEY);
    return new Placed(plan, customers.sparkSession(), rows.queryExecution().toRdd().toJavaRDD());
  }

  private static Dataset<Row> inBytes(Dataset<Row> days) {
    return days.sparkSession()
        .internalCreateDataFrame(
            days.queryExecution().toRdd().toJavaRDD().mapPartitions(new DayBytes()).rdd(),
            DayBytes.schema(CustomerDay.CUSTOMER_ID.name(), DAY, FACTS),
            false);
  }

  /** Customer and day in one number, which sorts faster than both: the profile comes first. */
  private static Column key(Column customer) {
    Column day = coalesce(col(DAY).plus(Timeline.FIRST_DAY), lit(0)).cast("long");
    return shiftleft(shiftright(xxhash64(customer), Timeline.DAY_BITS), Timeline.DAY_BITS)
        .plus(day);
  }

  /**
   * Customers and their days, those of a customer one after the other.
   *
   * @param plan what is computed
   * @param spark session
   * @param rows as a {@link Timeline} takes them
   */
  record Placed(SnapshotPlan plan, SparkSession spark, JavaRDD<InternalRow> rows) {
    /** What a walk sees, with {@code as_of}. */
    Dataset<Row> seen(SnapshotView view) {
      return spark
          .internalCreateDataFrame(
              rows.mapPartitions(new Timeline(plan, view)).rdd(), view.schema(), false)
          .withColumn(TableSpec.AS_OF.name(), date_from_unix_date(col(FeatureValues.DATE)));
    }
  }

  /** The outcomes among the rows of {@link #from}. */
  static Dataset<Row> outcomes(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(TableSpec.AS_OF.col());
    columns.add(CustomerFeatures.CUSTOMER_ID.col());
    for (String name : FeatureValues.outcomes()) {
      Column value = col(FeatureValues.OUTCOME + name);
      boolean date = name.equals(CustomerOutcome.UNTIL.name());
      columns.add((date ? date_from_unix_date(value) : value).as(name));
    }
    return rows.where(col(FeatureValues.OUTCOME + CustomerOutcome.UNTIL).isNotNull())
        .select(columns.toArray(Column[]::new));
  }
}
