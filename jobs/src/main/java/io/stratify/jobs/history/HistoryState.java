package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.config.InputConfig;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RowIdentity;
import io.stratify.common.config.RuleAction;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Months;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.conform.MappingText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What is remembered of the facts that {@code customer_day} was computed from.
 *
 * <p>{@code customer_day} is written first and what is remembered second. Both carry the number of
 * the write: where a run ended in between, the numbers differ, nothing is believed, and the table
 * is computed anew. Where a day is remembered that the table has lost, or the other way round, no
 * number tells; so {@code forget} takes the days of a person out of this memory.
 *
 * <p>The states of the tables are remembered too: the fingerprints of tables that have only grown
 * are those of before and of what was added.
 */
final class HistoryState {
  /**
   * To be raised when the meaning of a column or of a fingerprint changes and its name and type do
   * not.
   */
  private static final int MEANING = 6;

  /** Stands between the hash of the table, that of the mapping, and the as-of date. */
  private static final String PART = "/";

  private HistoryState() {}

  /**
   * The fingerprints of the days, unless the table has to be computed anew; then why.
   *
   * @param asOf as-of date of the last run, where it is known
   * @param sources the states of the tables that these are the fingerprints of, where that is known
   */
  record Known(
      Map<LocalDate, Fingerprint> days,
      Optional<LocalDate> asOf,
      Optional<String> sources,
      Optional<String> distrust) {
    static Known nothing(String why) {
      return new Known(Map.of(), Optional.empty(), Optional.empty(), Optional.of(why));
    }
  }

  /** The run that remembers: its as-of date, and a hash of how facts are mapped. */
  record Run(LocalDate asOf, String mapped) {
    static Run of(JobContext context) {
      return new Run(context.snapshot().asOf(), HistoryState.mapped(context.config()));
    }
  }

  /**
   * What is known of the table as it is now.
   *
   * @param mapped how facts are mapped, where days that are not compared depend on it
   */
  static Known read(Lake lake, String reader, Optional<String> mapped) {
    Months table = new Months(lake, CustomerDay.TABLE);
    if (!lake.exists(CustomerDay.TABLE)) {
      return Known.nothing("first build");
    }
    if (!table.areThere() || !new Months(lake, HistoryDay.TABLE).areThere()) {
      return Known.nothing("made anew: it is declared otherwise, or its fingerprints are missing");
    }
    List<Row> rows =
        lake.read(HistoryDay.TABLE, reader)
            .select(HistoryDay.TABLE.cols())
            .withColumn(HistoryDay.DAY.name(), unix_date(HistoryDay.DAY.col()))
            .collectAsList();
    long generation = table.generation();
    String definition = definition();
    if (rows.stream().anyMatch(r -> !part(r, 0).equals(Optional.of(definition)))) {
      return Known.nothing("made anew: its columns are declared otherwise now");
    }
    if (mapped.isPresent()
        && rows.stream().map(r -> part(r, 1)).anyMatch(m -> m.isPresent() && !m.equals(mapped))) {
      return Known.nothing(
          "made anew: its inputs are mapped otherwise now, also the days before history.re-read-days");
    }
    if (rows.isEmpty() || rows.stream().anyMatch(r -> r.getLong(4) != generation)) {
      return Known.nothing("made anew: the last run did not finish");
    }
    Map<LocalDate, Fingerprint> days = new TreeMap<>();
    rows.forEach(
        r ->
            days.put(
                LocalDate.ofEpochDay(r.getInt(0)),
                new Fingerprint(r.getLong(1), r.getLong(2), r.getLong(3))));
    return new Known(
        days, part(rows.get(0), 2).map(LocalDate::parse), sources(rows), Optional.empty());
  }

  private static Optional<String> part(Row row, int i) {
    return Arrays.stream(row.getString(5).split(PART, -1)).skip(i).findFirst();
  }

  /** Not known where days were taken out since, as {@code forget} does. */
  private static Optional<String> sources(List<Row> rows) {
    return Optional.ofNullable(rows.get(0).getString(6))
        .filter(text -> text.startsWith(rows.size() + " "));
  }

  /** A hash of what the columns are and of what is added to them. */
  static String definition() {
    StringBuilder text = new StringBuilder().append(MEANING);
    CustomerDay.TABLE.columns().forEach(c -> text.append(' ').append(c).append(c.type().sql()));
    for (FactKind kind : FactKind.values()) {
      text.append(' ').append(kind.code()).append(kind.parts());
    }
    return hash(text.toString());
  }

  /** A hash of how the inputs with facts are mapped to their tables. */
  private static String mapped(StratifyConfig config) {
    StringBuilder text = new StringBuilder(MappingText.ofAll(config));
    for (TableSpec table : Facts.TABLES) {
      Optional.ofNullable(config.inputs().get(table.name()))
          .ifPresent(input -> text.append(MappingText.of(input, rows(input), column -> true)));
    }
    return hash(text.toString());
  }

  /** Which rows count. */
  private static String rows(InputConfig input) {
    RowIdentity identity = input.identity();
    String rules =
        input.rules().stream()
            .filter(rule -> rule.action() == RuleAction.QUARANTINE)
            .map(QualityRule::words)
            .collect(Collectors.joining());
    return identity.deduplicate()
        + identity.key().toString()
        + identity.latestBy().map(SqlExpression::sql).orElse("")
        + rules
        + input.where().map(w -> " where " + w.sql()).orElse("");
  }

  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The rows that remember the days, for the table as it is now. */
  static List<Row> rows(
      Lake lake, Map<LocalDate, Fingerprint> days, Run run, Optional<Sources> sources) {
    long generation = new Months(lake, CustomerDay.TABLE).generation();
    String definition = String.join(PART, definition(), run.mapped(), run.asOf().toString());
    List<Row> rows = new ArrayList<>();
    days.forEach(
        (day, print) ->
            rows.add(
                RowFactory.create(
                    day,
                    print.facts(),
                    print.low(),
                    print.high(),
                    generation,
                    definition,
                    sources.map(s -> s.text(days.size())).orElse(null))));
    return rows;
  }
}
