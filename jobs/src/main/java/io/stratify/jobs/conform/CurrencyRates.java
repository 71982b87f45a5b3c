package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.config.CurrencyConfig;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.InputSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.MoneyLimit;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;

/**
 * Converts money to the base currency with the latest rate on or before the day (UTC) of the row. A
 * row in a currency without such a rate breaks a rule; a row without a currency code is in the base
 * currency.
 */
final class CurrencyRates {
  private static final long SECONDS_PER_DAY = 86_400;
  private static final String CODE = "fx_code";
  private static final String FROM = "fx_from";
  private static final String UNTIL = "fx_until";
  private static final String MONTH = "fx_in_month";
  private static final String RATE = "fx_rate";

  private final String base;
  private final String source;
  private final Dataset<Row> read;
  private final Dataset<Row> rates;
  private final LocalDate asOf;

  private CurrencyRates(
      CurrencyConfig config, Dataset<Row> read, Dataset<Row> rates, LocalDate asOf) {
    this.base = config.base().orElseThrow().trim().toUpperCase(Locale.ROOT);
    this.source = config.rates().orElse("");
    this.read = read;
    this.rates = rates;
    this.asOf = asOf;
  }

  /**
   * The rates of a source.
   *
   * @throws StratifyException if an expression does not fit it
   */
  static CurrencyRates read(SourceReader sources, CurrencyConfig config, LocalDate asOf) {
    return of(sources.read(config.rates().orElseThrow()), config, asOf);
  }

  /** A code of a currency as it is compared; null where there is none. */
  static Column code(Column given) {
    return upper(Texts.trimmed(given.cast(DataTypes.StringType)));
  }

  static CurrencyRates of(Dataset<Row> source, CurrencyConfig config, LocalDate asOf) {
    try {
      Column rate = expr(config.rate().sql()).cast(DataTypes.createDecimalType(18, 9));
      // Of a record with a field too many, as one with a decimal comma, the rate is another one.
      boolean records = SourceReader.keepsRecords(source);
      Dataset<Row> read =
          source.select(
              code(expr(config.code().sql())).as(CODE),
              day(source, expr(config.validFrom().sql())).as(FROM),
              (records ? when(col(SourceReader.CORRUPT).isNull(), rate) : rate).as(RATE));
      // Of several rates of one day the highest counts: an arbitrary one would not be repeatable.
      Dataset<Row> daily =
          read.where(usable()).groupBy(col(CODE), col(FROM)).agg(max(col(RATE)).as(RATE));
      Column next = lead(col(FROM), 1).over(Window.partitionBy(col(CODE)).orderBy(col(FROM)));
      Dataset<Row> lasting =
          daily.withColumn(UNTIL, coalesce(next, lit(Date.valueOf("9999-12-31"))));
      return new CurrencyRates(
          config,
          read,
          lasting.withColumn(
              MONTH,
              explode(
                  sequence(
                      month(col(FROM), asOf), month(col(UNTIL), asOf), expr("interval 1 month")))),
          asOf);
    } catch (Exception e) {
      throw new StratifyException(
          e,
          "Cannot read the rates of source %s: %s. Correct conform.currency.code, rate and"
              + " valid-from",
          config.rates().orElse(""),
          SourceReader.firstLine(e));
    }
  }

  private static Column day(Dataset<Row> source, Column written) {
    DataType found = source.select(written).schema().apply(0).dataType();
    Column raw = found instanceof StringType ? Texts.trimmed(written) : written;
    return Mapping.typed(raw, found, DataTypes.DateType, false);
  }

  private static Column usable() {
    return coalesce(
        col(CODE).isNotNull().and(col(FROM).isNotNull()).and(col(RATE).gt(0)), lit(false));
  }

  /** A sentence on the rows that give no rate, or one of several for a day; one query. */
  Optional<String> leftOut() {
    Row counts =
        read.agg(
                count(lit(1)),
                count(when(usable(), lit(1))),
                count_distinct(when(usable(), struct(col(CODE), col(FROM)))))
            .first();
    long unusable = counts.getLong(0) - counts.getLong(1);
    long several = counts.getLong(1) - counts.getLong(2);
    List<String> said = new ArrayList<>();
    if (unusable > 0) {
      said.add(
          String.format(
              Locale.ROOT,
              "%,d of %s left out for lack of a code, a day or a rate above 0, or as malformed",
              unusable,
              Counted.of(counts.getLong(0), "row")));
    }
    if (several > 0) {
      said.add(
          String.format(
              Locale.ROOT,
              "of several for one currency and day the highest counts: %,d left out",
              several));
    }
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of("rates of source " + source + ": " + String.join("; ", said));
  }

  /**
   * The month of a day, so that a row meets only the rates of its month. All that is long after the
   * as-of date is one month, or a rate that is still good would have tens of thousands.
   */
  private static Column month(Column day, LocalDate asOf) {
    return trunc(least(day, lit(Date.valueOf(asOf.plusYears(1)))), "month");
  }

  /** Whatever the zone of the session is: an order and its lines have one day. */
  private static Column dayInUtc(ColumnSpec time) {
    return time.type().equals(DataTypes.TimestampType)
        ? date_from_unix_date(
            floor(unix_seconds(time.col()).divide(SECONDS_PER_DAY)).cast(DataTypes.IntegerType))
        : time.col();
  }

  /** Whether an amount has more digits in the base currency than money may have. */
  private static Column tooMuch(InputSpec input) {
    return Inputs.money(input.table()).stream()
        .map(c -> MoneyLimit.isExceededBy(c.col().multiply(col(RATE))))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  /**
   * The rows with money in the base currency; {@link Mapping#CURRENCY} is used up. What has no day,
   * as a price or a trial that has not become a subscription, is worth what it is worth on the day
   * before the as-of date; a row without money needs no rate.
   */
  Dataset<Row> convert(InputSpec input, Dataset<Row> rows) {
    Column known = coalesce(col(Mapping.CURRENCY), lit(base));
    Column latest = date_sub(lit(Date.valueOf(asOf)).cast(DataTypes.DateType), 1);
    Column day = input.occurredAt().map(t -> coalesce(dayInUtc(t), latest)).orElse(latest);
    Column valued =
        Inputs.money(input.table()).stream()
            .map(c -> c.col().isNotNull())
            .reduce(Column::or)
            .orElse(lit(false));
    Dataset<Row> named =
        rows.withColumn("fx_key", when(known.notEqual(base), known))
            .withColumn("fx_day", day)
            // Most rows are in the base currency, and meet no rate.
            .withColumn("fx_month", when(col("fx_key").isNotNull(), month(col("fx_day"), asOf)));
    Dataset<Row> joined =
        named.join(
            broadcast(rates),
            col("fx_key")
                .equalTo(col(CODE))
                .and(col("fx_month").equalTo(col(MONTH)))
                .and(col("fx_day").geq(col(FROM)))
                .and(col("fx_day").lt(col(UNTIL))),
            "left");
    Dataset<Row> ruled =
        joined.withColumn(
            Mapping.RULE,
            when(
                    col(Mapping.RULE)
                        .isNull()
                        .and(col("fx_key").isNotNull())
                        .and(col(RATE).isNull())
                        .and(valued),
                    // What is no code of ISO 4217 may be a text, and rules must name no customers.
                    when(
                            col("fx_key").rlike("^[A-Z]{3}$"),
                            concat(lit("there is no rate for currency "), col("fx_key")))
                        .otherwise(lit("there is no rate for the currency of the row")))
                .when(
                    col(Mapping.RULE).isNull().and(col(RATE).isNotNull()).and(tooMuch(input)),
                    lit("money is too large in " + base))
                .otherwise(col(Mapping.RULE)));
    Dataset<Row> converted = ruled;
    for (ColumnSpec column : Inputs.money(input.table())) {
      converted =
          converted.withColumn(
              column.name(),
              when(col("fx_key").isNull(), column.col())
                  .otherwise(column.col().multiply(col(RATE)).cast(TableSpec.MONEY)));
    }
    return converted.drop(
        "fx_key", "fx_day", "fx_month", CODE, FROM, UNTIL, MONTH, RATE, Mapping.CURRENCY);
  }
}
