package io.stratify.jobs.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.SupportTickets;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The features of the configuration. They are offered nothing but the rows of a customer before the
 * as-of date, and of these rows nothing that happened later: so no SQL can see the future.
 */
final class CustomFeatures {
  /** What the rows are grouped by. */
  static final Column[] KEY = {TableSpec.AS_OF.col(), CustomerFeatures.CUSTOMER_ID.col()};

  /** Before the name of a feature while it is a column, since the snapshots have others. */
  private static final String PREFIX = "_custom_";

  private static final StructType DATES =
      new StructType().add(TableSpec.AS_OF.name(), DataTypes.DateType);

  private final List<CustomFeature> features;
  private final List<LocalDate> dates;

  CustomFeatures(List<CustomFeature> features, List<LocalDate> dates) {
    this.features = List.copyOf(features);
    this.dates = List.copyOf(dates);
  }

  /** The snapshots with the column {@code custom}; an empty map where nothing has a value. */
  Dataset<Row> add(Dataset<Row> snapshots, Function<TableSpec, Dataset<Row>> tables) {
    Dataset<Row> joined = snapshots;
    for (TableSpec table : CustomFeature.tables()) {
      List<CustomFeature> ofTable =
          features.stream().filter(f -> f.table().equals(table.name())).toList();
      if (!ofTable.isEmpty()) {
        joined = joined.join(aggregated(table, ofTable, tables.apply(table)), keys(), "left");
      }
    }
    List<Column> entries = new ArrayList<>();
    for (CustomFeature f : features) {
      entries.add(lit(f.name()));
      entries.add(col(PREFIX + f.name()));
    }
    String[] names = features.stream().map(f -> PREFIX + f.name()).toArray(String[]::new);
    Column all = map(entries.toArray(Column[]::new)).cast(CustomerFeatures.CUSTOM.type());
    return joined
        .withColumn(CustomerFeatures.CUSTOM.name(), map_filter(all, (k, v) -> v.isNotNull()))
        .drop(names);
  }

  private static String[] keys() {
    return new String[] {TableSpec.AS_OF.name(), CustomerFeatures.CUSTOMER_ID.name()};
  }

  private Dataset<Row> aggregated(TableSpec table, List<CustomFeature> ofTable, Dataset<Row> rows) {
    List<Column> values = ofTable.stream().map(CustomFeatures::value).toList();
    return offered(table, rows)
        .groupBy(KEY)
        .agg(values.get(0), values.subList(1, values.size()).toArray(Column[]::new));
  }

  /** The aggregate as a number; what is no number, or not finite, is no value. */
  static Column value(CustomFeature feature) {
    Column value = expr(feature.sql().sql());
    boolean flag = feature.type() == CustomFeature.Type.FLAG;
    Column number = (flag ? value.cast(DataTypes.IntegerType) : value).cast(DataTypes.DoubleType);
    // No number is greater than any other in Spark.
    Column finite = number.lt(Double.POSITIVE_INFINITY).and(number.gt(Double.NEGATIVE_INFINITY));
    return when(finite, number).as(PREFIX + feature.name());
  }

  /**
   * The rows before each as-of date, once per date, with it. Times that lie after it are null, as
   * is what was known only at such a time. Figures of {@code customer_day} are not: they are 0 or
   * empty.
   */
  Dataset<Row> offered(TableSpec table, Dataset<Row> rows) {
    Dataset<Row> asOf =
        rows.sparkSession()
            .createDataFrame(
                dates.stream().<Row>map(d -> RowFactory.create(Date.valueOf(d))).toList(), DATES)
            .coalesce(1);
    Map<String, Column> later = new LinkedHashMap<>();
    for (ColumnSpec c : table.body()) {
      boolean time =
          c.type().equals(DataTypes.DateType) || c.type().equals(DataTypes.TimestampType);
      if (time) {
        later.put(c.name(), when(before(c), c.col()));
      }
    }
    if (table.equals(CustomerDay.TABLE)) {
      CustomerDay.FACTS.forEach(c -> later.put(c.name(), coalesce(c.col(), nothing(c.type()))));
    }
    if (table.equals(SupportTickets.TABLE)) {
      later.put(
          SupportTickets.SATISFACTION.name(),
          when(
              SupportTickets.CLOSED_AT.col().isNull().or(before(SupportTickets.CLOSED_AT)),
              SupportTickets.SATISFACTION.col()));
    }
    if (table.equals(Subscriptions.TABLE)) { // what a trial will cost is known once it is paid for
      later.put(
          Subscriptions.MONTHLY_REVENUE.name(),
          when(before(Subscriptions.STARTED_ON), Subscriptions.MONTHLY_REVENUE.col()));
    }
    return rows.drop(TableSpec.MONTH.name())
        .join(broadcast(asOf), happened(table).lt(TableSpec.AS_OF.col()))
        .withColumns(later);
  }

  private static Column nothing(DataType type) {
    return (type instanceof MapType ? map() : lit(0)).cast(type);
  }

  private static Column before(ColumnSpec time) {
    return time.col().lt(TableSpec.AS_OF.col());
  }

  /** When a row happened; a subscription begins with its trial. */
  private static Column happened(TableSpec table) {
    if (table.equals(Subscriptions.TABLE)) {
      return least(Subscriptions.TRIAL_STARTED_ON.col(), Subscriptions.STARTED_ON.col());
    }
    return table.equals(CustomerDay.TABLE)
        ? CustomerDay.DAY.col()
        : Inputs.spec(table).occurredAt().orElseThrow().col();
  }
}
