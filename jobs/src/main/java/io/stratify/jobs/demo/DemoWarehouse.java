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

  /** One row per company that customers buy for. */
  public static final String ACCOUNTS = "crm_accounts";

  /** One row per contact of a customer: e-mail addresses, phone numbers, and links of accounts. */
  public static final String IDENTITIES = "crm_identities";

  /** One row per decision about the use of data. */
  public static final String CONSENTS = "crm_consents";

  /** One row per membership or trial of one. */
  public static final String SUBSCRIPTIONS = "shop_subscriptions";

  /** One row per support ticket. */
  public static final String TICKETS = "desk_tickets";

  /** One row per message of a campaign. */
  public static final String TOUCHES = "mail_touches";

  /** One row per answer to a question of the survey. */
  public static final String SURVEYS = "survey_answers";

  /** One row per note of what a customer said. */
  public static final String FEEDBACK = "crm_notes";

  /** One row per person and experiment that was shown. */
  public static final String EXPOSURES = "web_exposures";

  /** One row per currency and day from which a rate holds. */
  public static final String RATES = "fx_rates";

  /** The person of every customer id: answers, which the pipeline never reads. */
  public static final String ANSWER_IDENTITIES = "answer_identities";

  /** What every person allows at the end, and later: answers, which the pipeline never reads. */
  public static final String ANSWER_CONSENTS = "answer_consents";

  /** The persona of every customer: the answers, which the pipeline never reads. */
  public static final String ANSWERS = "answer_personas";

  private static final int CUSTOMERS_PER_PARTITION = 25_000;

  private final SparkSession spark;
  private final DemoSpec spec;
  private final long from;
  private final long to;
  private final int partitions;

  private DemoWarehouse(SparkSession spark, DemoSpec spec, long from, long to, int partitions) {
    this.spark = spark;
    this.spec = spec;
    this.from = from;
    this.to = to;
    this.partitions = partitions;
  }

  /** A warehouse in as many partitions as its size asks for. */
  public static DemoWarehouse of(SparkSession spark, DemoSpec spec) {
    return new DemoWarehouse(spark, spec, 0, spec.customers(), partitionsFor(spec.customers()));
  }

  private static int partitionsFor(long customers) {
    return Math.max(2, (int) ((customers + CUSTOMERS_PER_PARTITION - 1) / CUSTOMERS_PER_PARTITION));
  }

  /** The same warehouse in another number of partitions. */
  public DemoWarehouse in(int count) {
    return new DemoWarehouse(spark, spec, from, to, count);
  }

  /**
   * What the customers of some positions have in this warehouse. Ids follow from positions, so that
   * ranges without gaps from 0 on make a whole warehouse together, even one of several seeds. What
   * belongs to no customer, products and rates, comes with the range from 0. A company comes with
   * the range of the first of its customers, who may be in the range before.
   *
   * @param first position of the first customer, from 0
   * @param end position after the last customer
   */
  public DemoWarehouse only(long first, long end) {
    if (first < 0 || first >= end || end > spec.customers()) {
      throw new IllegalArgumentException(
          "Cannot take customers %s to %s; positions go from 0 to %s"
              .formatted(first, end, spec.customers()));
    }
    return new DemoWarehouse(spark, spec, first, end, partitionsFor(end - first));
  }

  /** The raw tables by name. */
  public Map<String, Dataset<Row>> tables() {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    LifeTables.SOURCES.forEach(table -> tables.put(table.name(), dataset(table)));
    tables.put(PRODUCTS, common(Sales.products(), Sales.PRODUCTS));
    tables.put(RATES, common(Currencies.rates(spec), Currencies.RATES));
    return tables;
  }

  private Dataset<Row> common(List<Row> rows, StructType schema) {
    return spark.createDataFrame(from == 0 ? rows : List.of(), schema).coalesce(1);
  }

  /**
   * What the pipeline has to find, by name: the persona of every customer id ({@code customer,
   * persona, first_persona, changed_on}), the person of every customer id ({@code customer_id,
   * person}), and what every person decided about the use of data ({@code person, analytics,
   * analytics_later, marketing}: granted, withdrawn, or null for no decision).
   */
  public Map<String, Dataset<Row>> answers() {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    LifeTables.ANSWERS.forEach(table -> tables.put(table.name(), dataset(table)));
    return tables;
  }

  /** Counts the dirty rows of each kind; runs one Spark job. */
  public Map<DirtyRow, Long> dirtyRows() {
    DemoSpec wanted = spec;
    Dataset<String> kinds =
        customers()
            .flatMap(
                (FlatMapFunction<Long, String>)
                    i ->
                        LifeTables.SOURCES.stream()
                            .flatMap(t -> t.dirtOf(wanted, i).stream())
                            .iterator(),
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
    return spark.range(from, to, 1, partitions);
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
