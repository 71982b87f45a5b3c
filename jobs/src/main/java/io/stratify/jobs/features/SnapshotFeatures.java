package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The features of every customer on every as-of date of a plan, and what he did after the past
 * ones, from one pass over {@code customer_day}: one scan, one shuffle by customer, and one walk
 * through the days of each customer in their order.
 */
record SnapshotFeatures(SnapshotPlan plan) {
  private static final String DAY = "day";
  private static final String PROFILE = "profile";
  private static final String FACTS = "facts";

  /**
   * One row per as-of date and customer known before it: {@code as_of}, the features but the scores
   * and those of the configuration, and the outcomes with a prefix.
   */
  Dataset<Row> from(Dataset<Row> customers, Dataset<Row> accounts, Dataset<Row> customerDays) {
    Dataset<Row> days =
        customerDays
            .where(CustomerDay.DAY.col().lt(lit(Date.valueOf(plan.asOf()))))
            .select(
                CustomerDay.CUSTOMER_ID.col(),
                unix_date(CustomerDay.DAY.col()).as(DAY),
                Day.asStruct().as(FACTS));
    Dataset<Row> rows =
        Person.profiles(customers, accounts, PROFILE)
            .unionByName(days, true)
            .select(col(CustomerDay.CUSTOMER_ID.name()), col(DAY), col(PROFILE), col(FACTS));
    StructType schema = rows.schema();
    return rows.groupBy(CustomerDay.CUSTOMER_ID.col())
        .as(Encoders.STRING(), Encoders.row(schema))
        .flatMapSortedGroups(
            new Column[] {col(DAY).asc_nulls_first()},
            new Timeline(plan),
            Encoders.row(FeatureValues.SCHEMA))
        .withColumn(TableSpec.AS_OF.name(), date_from_unix_date(col(FeatureValues.DATE)));
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
