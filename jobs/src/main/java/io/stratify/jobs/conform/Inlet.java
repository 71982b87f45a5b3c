package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.stratify.common.StratifyException;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.SourceConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.InputSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.jobs.Concurrently;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Opens the sources of all inputs and maps them, after every mapping has been checked. */
public final class Inlet {
  private static final String ZONE = "spark.sql.session.timeZone";
  private static final int CONCURRENT_SOURCES = 4;
  private static final Set<String> TYPED = Set.of("parquet", "orc", "delta");

  /**
   * The mapped rows of one input.
   *
   * @param spec declaration of the input
   * @param input configuration
   * @param rows canonical columns with the marks of {@link Mapping}
   * @param bare the same rows for a look at their keys: neither observed nor in one currency
   * @param read counts the rows read
   * @param quality rules of the configuration
   * @param rates to convert money with, once the day of a row is known from its order
   * @param schema what the source looked like
   * @param sourceBytes Spark's estimate of the size of the source
   */
  record Mapped(
      InputSpec spec,
      InputConfig input,
      Dataset<Row> rows,
      Dataset<Row> bare,
      RowCount read,
      Quality quality,
      Optional<CurrencyRates> rates,
      SourceSchema schema,
      BigInteger sourceBytes) {
    /** The same input with rows that went through another step. */
    Mapped with(Dataset<Row> next) {
      return new Mapped(spec, input, next, bare, read, quality, rates, schema, sourceBytes);
    }

    /** The same input with what is known of its source from the last run. */
    Mapped settled(List<Row> before) {
      SourceSchema known = schema.settled(before);
      return new Mapped(spec, input, rows, bare, read, quality, rates, known, sourceBytes);
    }

    /** The same input where rows without a value in a column break a rule. */
    Mapped requiring(String column) {
      return with(Mapping.breaking(rows, col(column).isNull(), column + " is missing"));
    }
  }

  private final SparkSession spark;
  private final StratifyConfig config;
  private final LocalDate asOf;
  private final SourceReader sources;
  private final Map<String, Dataset<Row>> opened = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private Optional<CurrencyRates> rates = Optional.empty();

  private Inlet(SparkSession spark, StratifyConfig config, LocalDate asOf) {
    this.spark = spark;
    this.config = config;
    this.asOf = asOf;
    this.sources = new SourceReader(spark, config.sources());
  }

  /**
   * The mapped rows of each configured input, by table name.
   *
   * @param notices takes a sentence on rates that are left out
   * @throws StratifyException that names every expression that does not fit its source
   */
  static Map<String, Mapped> open(
      SparkSession spark, StratifyConfig config, LocalDate asOf, Consumer<String> notices) {
    Inlet inlet = new Inlet(spark, config, asOf);
    Map<String, Mapped> mapped = inlet.open();
    inlet.rates.flatMap(CurrencyRates::leftOut).ifPresent(notices);
    return mapped;
  }

  /** What does not fit its source in the mapping of one input; see {@link MappingCheck}. */
  static List<String> problems(
      SparkSession spark, StratifyConfig config, LocalDate asOf, String table) {
    Inlet inlet = new Inlet(spark, config, asOf);
    InputConfig input = config.inputs().get(table);
    Inputs.SPECS.stream()
        .filter(spec -> spec.table().name().equals(table))
        .forEach(spec -> inlet.inZoneOf(input, () -> inlet.open(spec, input)));
    return inlet.problems;
  }

  private Map<String, Mapped> open() {
    openFiles();
    Map<String, Mapped> mapped = new LinkedHashMap<>();
    for (InputSpec spec : Inputs.SPECS) {
      InputConfig input = config.inputs().get(spec.table().name());
      if (input != null) {
        inZoneOf(input, () -> open(spec, input).ifPresent(m -> mapped.put(input.table(), m)));
      }
    }
    if (!problems.isEmpty()) {
      throw new StratifyException(
          "Cannot map the inputs; nothing was written. Correct these expressions:%n  %s",
          String.join(String.format("%n  "), problems));
    }
    return mapped;
  }

  /** Formats that know their columns open alike in every zone, and each waits for a job. */
  private void openFiles() {
    List<Callable<Dataset<Row>>> tasks = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (InputConfig input : config.inputs().values()) {
      SourceConfig source = config.sources().get(input.source());
      boolean typed =
          source != null
              && source.query().isEmpty()
              && TYPED.contains(source.format().toLowerCase(Locale.ROOT));
      if (typed && !names.contains(source.name())) {
        names.add(source.name());
        tasks.add(() -> sources.read(source.name()));
      }
    }
    List<Dataset<Row>> rows = Concurrently.all(CONCURRENT_SOURCES, tasks);
    for (int i = 0; i < names.size(); i++) {
      opened.put(names.get(i), rows.get(i));
    }
  }

  /** Each input has a plan of its own, also where two share a source. */
  private Dataset<Row> source(String name) {
    Dataset<Row> rows = opened.remove(name);
    return rows == null ? sources.read(name) : rows;
  }

  /** Naive timestamps are read in the zone of the configuration; all else is UTC. */
  private void inZoneOf(InputConfig input, Runnable work) {
    inZone(input.timeZone().orElse(config.conform().timeZone()), work);
  }

  private void inZone(ZoneId zone, Runnable work) {
    String before = spark.conf().get(ZONE);
    spark.conf().set(ZONE, zone.getId());
    try {
      work.run();
    } finally {
      spark.conf().set(ZONE, before);
    }
  }

  private Optional<Mapped> open(InputSpec spec, InputConfig input) {
    Dataset<Row> source = input.rows().isEmpty() ? source(input.source()) : written(spark, input);
    Mapping mapping = new Mapping(spec.table(), input);
    List<String> found = mapping.problems(source);
    Quality quality = new Quality(spec.table(), input.rules(), filledLater(spec, input));
    if (found.isEmpty()) {
      mapping.map(
          source,
          rows -> {
            found.addAll(quality.problems(rows));
            return rows;
          });
      if (found.isEmpty() && spec.table().equals(Orders.TABLE)) {
        found.addAll(
            FilledLater.problems(
                input, Optional.ofNullable(config.inputs().get(OrderLines.TABLE.name())), quality));
      }
    }
    if (found.isEmpty()) {
      return Optional.of(observed(spec, input, mapping, quality, source));
    }
    problems.addAll(found);
    return Optional.empty();
  }

  private Set<String> filledLater(InputSpec spec, InputConfig input) {
    return spec.table().equals(OrderLines.TABLE)
        ? FilledLater.ofLines(
            config.inputs().containsKey(Orders.TABLE.name()),
            input.currency().isPresent() && dayComesLater(spec, input))
        : Set.of();
  }

  private Mapped observed(
      InputSpec spec, InputConfig input, Mapping mapping, Quality quality, Dataset<Row> source) {
    Dataset<Row> wanted =
        input.where().map(w -> source.where(chosen(source, w.sql()))).orElse(source);
    RowCount read = counted(spec, wanted);
    BigInteger bytes = source.queryExecution().optimizedPlan().stats().sizeInBytes().bigInteger();
    Dataset<Row> rows =
        mapping.map(read.rows(), typed -> quality.markRows(inBaseCurrency(spec, input, typed)));
    Optional<CurrencyRates> later =
        input.currency().filter(c -> dayComesLater(spec, input)).map(c -> rates());
    SourceConfig from = config.sources().get(input.source());
    SourceSchema schema =
        SourceSchema.of(
            spec.table(),
            input,
            source,
            mapping.types(source),
            from != null && SourceReader.infersTypes(from, config.sources()));
    Dataset<Row> bare = mapping.map(wanted);
    return new Mapped(spec, input, rows, bare, read, quality, later, schema, bytes);
  }

  /** Rows about people are computed once for several queries, the others once for the last. */
  private static RowCount counted(InputSpec spec, Dataset<Row> rows) {
    RowCount read = RowCount.of(rows, "rows read for " + spec.table());
    return ConformRun.OF_PEOPLE.contains(spec.table()) ? read.ofFirstQuery() : read;
  }

  /** Of a record that cannot be read nobody knows whether it is meant: it stays, and is counted. */
  private static Column chosen(Dataset<Row> source, String where) {
    return SourceReader.keepsRecords(source)
        ? expr(where).or(col(SourceReader.CORRUPT).isNotNull())
        : expr(where);
  }

  private Dataset<Row> inBaseCurrency(InputSpec spec, InputConfig input, Dataset<Row> rows) {
    return input.currency().isEmpty() || dayComesLater(spec, input)
        ? rows
        : rates().convert(spec, rows);
  }

  /** Lines take the day from their order, where there are orders. */
  private boolean dayComesLater(InputSpec spec, InputConfig input) {
    return spec.table().equals(OrderLines.TABLE)
        && (config.inputs().containsKey(Orders.TABLE.name()) || !input.maps(OrderLines.ORDERED_AT));
  }

  /** Whichever input asks first, the days of rates are those of the zone of all inputs. */
  private CurrencyRates rates() {
    if (rates.isEmpty()) {
      inZone(
          config.conform().timeZone(),
          () ->
              rates = Optional.of(CurrencyRates.read(sources, config.conform().currency(), asOf)));
    }
    return rates.get();
  }

  /** Rows that people wrote into the configuration, as text: the mapping types them. */
  public static Dataset<Row> written(SparkSession spark, InputConfig input) {
    StructType schema = new StructType();
    List<String> columns = List.copyOf(input.columns().keySet());
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    List<Row> rows =
        input.rows().stream()
            .map(r -> RowFactory.create(columns.stream().map(r::get).toArray()))
            .toList();
    return spark.createDataFrame(rows, schema).coalesce(1);
  }
}
