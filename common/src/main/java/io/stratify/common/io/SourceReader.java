package io.stratify.common.io;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import io.stratify.common.spark.Names;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCRelation;
import scala.collection.JavaConverters;

/** Reads the configured sources; nothing else in the code knows what a source looks like. */
public final class SourceReader {
  /**
   * Column that every csv and json source has besides its own: the raw text of a record that could
   * not be parsed, or has too few or too many fields; null for a good record. The other columns of
   * such a record hold what could be made of it. A query sees it only where its SQL names it.
   */
  public static final String CORRUPT = "_corrupt_record";

  /** What stands before a row of data in a message; whoever keeps messages cuts them there. */
  public static final String RECORD = "The record is: ";

  private final SparkSession spark;
  private final Map<String, SourceConfig> sources;

  /** A reader of these sources. */
  public SourceReader(SparkSession spark, Map<String, SourceConfig> sources) {
    this.spark = spark;
    this.sources = sources;
  }

  /**
   * The rows of a source, lazily.
   *
   * @throws StratifyException if the source cannot be opened: its path is missing or holds no data
   *     of the format, its table is unknown, its query is wrong, its database refuses
   */
  public Dataset<Row> read(String name) {
    SourceConfig source = sources.get(name);
    try {
      return source.query().isPresent() ? query(source) : open(source);
    } catch (StratifyException e) {
      throw e;
    } catch (Exception e) {
      throw SourceErrors.explain(source, e);
    }
  }

  /**
   * Whether two passes over rows may see different ones: they come from a database, or from a Delta
   * table that is named in a view or in a query, if only through a query over other sources.
   */
  public static boolean mayChange(Dataset<Row> rows) {
    return JavaConverters.seqAsJavaList(rows.queryExecution().analyzed().collectLeaves()).stream()
        .anyMatch(
            leaf ->
                DeltaPin.moves(leaf)
                    || (leaf instanceof LogicalRelation relation
                        && relation.relation() instanceof JDBCRelation));
  }

  /** Whether rows carry records that could not be read, in {@link #CORRUPT}. */
  public static boolean keepsRecords(Dataset<Row> rows) {
    return Arrays.asList(rows.columns()).contains(CORRUPT);
  }

  /** The columns of a source that are its own. */
  public static List<String> columns(Dataset<Row> source) {
    return Stream.of(source.columns()).filter(c -> !c.equals(CORRUPT)).toList();
  }

  /** The first line of a failure's message that says something, without Spark's plan dump. */
  public static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message
        .lines()
        .filter(l -> !l.isBlank())
        .findFirst()
        .orElse("")
        .replaceAll(";?\\s*line \\d+ pos \\d+;?$", "");
  }

  private Dataset<Row> open(SourceConfig source) throws SQLException {
    if (source.table().isPresent()) {
      String table = source.table().get();
      return DeltaPin.opened(spark, source, o -> spark.read().options(o).table(table));
    }
    SourceFiles files = new SourceFiles(spark, source);
    files.require();
    return switch (source.format().toLowerCase(Locale.ROOT)) {
      case "csv" -> new CsvSource(spark, source, files).read();
      case "json" -> new JsonSource(spark, source).read();
      case "delta" -> DeltaPin.opened(spark, source, o -> load(source, o));
      case "jdbc" -> new JdbcSource(spark, source).read();
      default -> load(source, source.options());
    };
  }

  private Dataset<Row> load(SourceConfig source, Map<String, String> options) {
    DataFrameReader reader = spark.read().format(source.format()).options(options);
    return source.path().isPresent() ? reader.load(source.path().get()) : reader.load();
  }

  /** A query sees every other source under its name. */
  private Dataset<Row> query(SourceConfig source) {
    String sql = source.query().orElseThrow();
    Map<String, Dataset<Row>> named = new LinkedHashMap<>();
    for (SourceConfig other : named(sql, sources)) {
      Dataset<Row> rows = read(other.name());
      named.put(
          other.name(),
          sql.toLowerCase(Locale.ROOT).contains(CORRUPT)
              ? rows
              : withoutCorrupt(source, other, rows));
    }
    // Another source may be a table of such a name: afterwards the session is as it was.
    Map<String, Dataset<Row>> before = new LinkedHashMap<>();
    named.keySet().stream().filter(this::isView).forEach(n -> before.put(n, spark.table(n)));
    try {
      named.forEach((name, rows) -> rows.createOrReplaceTempView(name));
      return spark.sql(sql);
    } finally {
      named.keySet().forEach(spark.catalog()::dropTempView);
      before.forEach((name, rows) -> rows.createOrReplaceTempView(name));
    }
  }

  private boolean isView(String name) {
    return spark.sessionState().catalog().getTempView(name).isDefined();
  }

  /**
   * Whether the types of the columns of a source, or of one that it queries, are those of values.
   */
  public static boolean infersTypes(SourceConfig source, Map<String, SourceConfig> all) {
    return behind(source.name(), all).stream().anyMatch(name -> all.get(name).infersTypes());
  }

  /** The sources of which rows are read for one: itself, or also those that its query names. */
  public static Set<String> behind(String name, Map<String, SourceConfig> all) {
    Set<String> behind = new TreeSet<>();
    SourceConfig source = all.get(name);
    if (source != null) {
      behind.add(name);
      source.query().ifPresent(sql -> named(sql, all).forEach(s -> behind.add(s.name())));
    }
    return behind;
  }

  private static List<SourceConfig> named(String sql, Map<String, SourceConfig> all) {
    return all.values().stream().filter(s -> s.query().isEmpty() && names(sql, s.name())).toList();
  }

  private static boolean names(String sql, String source) {
    return Pattern.compile("(?i)(?<![\\w.])" + Pattern.quote(source) + "(?!\\w)")
        .matcher(sql)
        .find();
  }

  /**
   * A query that does not ask for malformed records would pass them on as rows with nulls, so the
   * first one stops the run.
   */
  private static Dataset<Row> withoutCorrupt(
      SourceConfig query, SourceConfig source, Dataset<Row> rows) {
    if (!keepsRecords(rows)) {
      return rows;
    }
    String message =
        String.format(
            "Cannot run the query of source %s (%s): source %s has a malformed record, which a"
                + " query would pass on as nulls. Correct it, or carry %s through the query so that"
                + " such records are quarantined. %s",
            query.name(), query.origin(), source.name(), CORRUPT, RECORD);
    // Spark refuses to read the corrupt record alone, so another column is looked at as well.
    Column other = length(Names.column(rows.columns()[0]).cast("string")).lt(0);
    Column refused = raise_error(concat(lit(message), col(CORRUPT))).cast("boolean");
    return rows.where(when(col(CORRUPT).isNull().or(other), lit(true)).otherwise(refused))
        .drop(CORRUPT);
  }
}
