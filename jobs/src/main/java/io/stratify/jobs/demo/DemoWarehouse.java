package io.stratify.jobs.demo;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The synthetic warehouse: what is in it depends on its {@link DemoSpec} alone, whatever the number
 * of partitions and the time zone.
 */
public final class DemoWarehouse {
  /** One row per customer. */
  public static final String CUSTOMERS = "crm_customers";

  /** One row per product. */
  public static final String PRODUCTS = "shop_products";

  /** One row per order, cancelled order or refund. */
  public static final String ORDERS = "shop_orders";

  /** One row per line of an order or refund. */
  public static final String ORDER_LINES = "shop_order_lines";

  /** One row per event in the web shop. */
  public static final String EVENTS = "web_events";

  /** The persona of every customer: the answers, which the pipeline never reads. */
  public static final String ANSWERS = "answer_personas";

  private static final int CUSTOMERS_PER_PARTITION = 25_000;

  private static final List<CustomerTable> FROM_LIVES =
      List.of(
          new CustomerTable(CUSTOMERS, People.CUSTOMERS, People::customers),
          new CustomerTable(ORDERS, Sales.ORDERS, Sales::orders),
          new CustomerTable(ORDER_LINES, Sales.LINES, Sales::lines),
          new CustomerTable(EVENTS, Usage.EVENTS, Usage::events));

  private static final CustomerTable ANSWER_TABLE =
      new CustomerTable(ANSWERS, People.ANSWERS, People::answers);

  private final SparkSession spark;
  private final DemoSpec spec;
  private final int partitions;

  private DemoWarehouse(SparkSession spark, DemoSpec spec, int partitions) {
    this.spark = spark;
    this.spec = spec;
    this.partitions = partitions;
  }

  /** A warehouse in as many partitions as its size asks for. */
  public static DemoWarehouse of(SparkSession spark, DemoSpec spec) {
    int needed = (spec.customers() + CUSTOMERS_PER_PARTITION - 1) / CUSTOMERS_PER_PARTITION;
    return new DemoWarehouse(spark, spec, Math.max(2, needed));
  }

  /** The same warehouse in another number of partitions. */
  public DemoWarehouse in(int count) {
    return new DemoWarehouse(spark, spec, count);
  }

  /** The raw tables by name. */
  public Map<String, Dataset<Row>> tables() {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    FROM_LIVES.forEach(table -> tables.put(table.name(), dataset(table)));
    tables.put(PRODUCTS, spark.createDataFrame(Sales.products(), Sales.PRODUCTS).coalesce(1));
    return tables;
  }

  /** The persona of every customer: {@code customer, persona, first_persona, changed_on}. */
  public Dataset<Row> answers() {
    return dataset(ANSWER_TABLE);
  }

  /** Counts the dirty rows of each kind; runs one Spark job. */
  public Map<DirtyRow, Long> dirtyRows() {
    DemoSpec wanted = spec;
    Dataset<String> kinds =
        customers()
            .flatMap(
                (FlatMapFunction<Long, String>)
                    i -> FROM_LIVES.stream().flatMap(t -> t.dirtOf(wanted, i).stream()).iterator(),
                Encoders.STRING());
    Map<DirtyRow, Long> counts =
        Arrays.stream(DirtyRow.values())
            .collect(toMap(k -> k, k -> 0L, Long::sum, () -> new EnumMap<>(DirtyRow.class)));
    for (Row row : kinds.groupBy("value").count().collectAsList()) {
      counts.put(DirtyRow.valueOf(row.getString(0)), row.getLong(1));
    }
    return counts;
  }

  private Dataset<Row> dataset(CustomerTable table) {
    DemoSpec wanted = spec;
    Dataset<Row> rows =
        customers()
            .flatMap(
                (FlatMapFunction<Long, Row>) i -> table.rowsOf(wanted, i).iterator(),
                Encoders.row(withDaysForDates(table.schema())));
    return rows.select(
        Arrays.stream(table.schema().fields()).map(DemoWarehouse::withDate).toArray(Column[]::new));
  }

  private Dataset<Long> customers() {
    return spark.range(0, spec.customers(), 1, partitions);
  }

  /** Dates travel as days: java.sql.Date would bring the time zone of the JVM into play. */
  private static StructType withDaysForDates(StructType schema) {
    StructType days = new StructType();
    for (StructField field : schema.fields()) {
      boolean date = field.dataType().equals(DataTypes.DateType);
      days = days.add(field.name(), date ? DataTypes.IntegerType : field.dataType());
    }
    return days;
  }

  private static Column withDate(StructField field) {
    return field.dataType().equals(DataTypes.DateType)
        ? functions.expr("date_from_unix_date(" + field.name() + ")").as(field.name())
        : functions.col(field.name());
  }
}
