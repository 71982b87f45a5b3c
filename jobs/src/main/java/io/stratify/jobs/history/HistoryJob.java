package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Months;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Keeps {@code customer_day} up to date: one narrow pass tells which days have other facts than the
 * last time, and only those are computed again. The result is that of a rebuild.
 *
 * <p>What changed is seen in the conformed facts themselves and not in a change feed: conform
 * replaces its tables, so that a feed would name every row, and merged identities, consent and
 * erasures change facts that no source has touched.
 */
public final class HistoryJob implements Job {
  /** Facts of a month that one task sorts and writes. */
  private static final long FACTS_PER_PLACE = 1_000_000;

  private final boolean rebuild;

  /** Computes what has changed. */
  public HistoryJob() {
    this(false);
  }

  /** Computes what has changed, or everything. */
  public HistoryJob(boolean rebuild) {
    this.rebuild = rebuild;
  }

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String description() {
    return "Sum facts to one row per customer and active day, for the days that changed";
  }

  @Override
  public List<TableSpec> reads() {
    return Facts.TABLES;
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(CustomerDay.TABLE, HistoryDay.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    HistoryState.Known known =
        rebuild
            ? HistoryState.Known.nothing("rebuilt as told")
            : HistoryState.read(context.lake(), name());
    Dataset<Row> facts = Facts.of(conformed(context));
    context.describe("compare the facts of each day");
    Map<LocalDate, Fingerprint> now = fingerprints(context, facts, known);
    Set<LocalDate> changed = changed(known.days(), now);
    long customerDays = 0;
    if (known.distrust().isPresent() || !changed.isEmpty()) {
      customerDays = recompute(context, facts, known, now, changed);
      context.write(
          HistoryDay.TABLE,
          context.rows(HistoryDay.TABLE, HistoryState.rows(context.lake(), now)),
          this);
    }
    return new HistoryResult(changed.size(), now.size(), customerDays, known.distrust());
  }

  private Map<TableSpec, Dataset<Row>> conformed(JobContext context) {
    if (Facts.TABLES.stream().noneMatch(context.lake()::exists)) {
      throw new StratifyException(
          "Cannot compute history: there are no conformed tables in %s. Run the job before it first:"
              + " ./stratify conform --as-of %s",
          context.lake().root(), context.snapshot().asOf());
    }
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    Facts.TABLES.forEach(t -> tables.put(t, context.readIfThere(t, this)));
    return tables;
  }

  /** The fingerprints of all days; of days that are not to be compared those that are known. */
  private static Map<LocalDate, Fingerprint> fingerprints(
      JobContext context, Dataset<Row> facts, HistoryState.Known known) {
    int window = context.config().history().reReadDays();
    if (window == 0 || known.distrust().isPresent()) {
      return Fingerprint.of(facts);
    }
    LocalDate from = context.snapshot().asOf().minusDays(window);
    Map<LocalDate, Fingerprint> days = new TreeMap<>(known.days());
    days.keySet().removeIf(day -> !day.isBefore(from));
    days.putAll(Fingerprint.of(facts.where(col(FactRows.DAY).geq((int) from.toEpochDay()))));
    return days;
  }

  /** The days that have other facts, or facts for the first time, or none any more. */
  private static Set<LocalDate> changed(
      Map<LocalDate, Fingerprint> before, Map<LocalDate, Fingerprint> now) {
    Set<LocalDate> days = new TreeSet<>(before.keySet());
    days.addAll(now.keySet());
    days.removeIf(day -> Objects.equals(before.get(day), now.get(day)));
    return days;
  }

  /** Writes the days that changed; returns the customer days computed. */
  private long recompute(
      JobContext context,
      Dataset<Row> facts,
      HistoryState.Known known,
      Map<LocalDate, Fingerprint> now,
      Set<LocalDate> changed) {
    LongAccumulator computed = context.spark().sparkContext().longAccumulator();
    Months table = new Months(context.lake(), CustomerDay.TABLE);
    int places = places(now, changed);
    context.describe("sum the facts of " + changed.size() + " days");
    if (known.distrust().isPresent()) {
      table.replaceAll(CustomerDays.fold(facts, places, () -> computed.add(1)), name());
    } else {
      Set<LocalDate> months =
          changed.stream().map(Months::of).collect(Collectors.toCollection(TreeSet::new));
      Dataset<Row> fresh =
          CustomerDays.fold(facts.where(among(changed)), places, () -> computed.add(1));
      table.replace(months, fresh.union(kept(context, months, changed)), name());
    }
    return computed.value();
  }

  private static Column among(Collection<LocalDate> days) {
    return col(FactRows.DAY).isin(days.stream().map(d -> (int) d.toEpochDay()).toArray());
  }

  /** The customer days of the same months that have not changed. */
  private Dataset<Row> kept(
      JobContext context, Collection<LocalDate> months, Collection<LocalDate> changed) {
    return context
        .read(CustomerDay.TABLE, this)
        .where(TableSpec.MONTH.col().isin(months.stream().map(java.sql.Date::valueOf).toArray()))
        .where(
            not(CustomerDay.DAY.col().isin(changed.stream().map(java.sql.Date::valueOf).toArray())))
        .select(CustomerDay.TABLE.body().stream().map(c -> c.col()).toArray(Column[]::new));
  }

  /** Into how many parts a month is divided, by the most facts that one has. */
  private static int places(Map<LocalDate, Fingerprint> days, Set<LocalDate> changed) {
    Map<LocalDate, Long> facts = new HashMap<>();
    for (LocalDate day : changed) {
      Optional.ofNullable(days.get(day))
          .ifPresent(print -> facts.merge(Months.of(day), print.facts(), Long::sum));
    }
    long most = facts.values().stream().mapToLong(n -> n).max().orElse(0);
    return (int) (most / FACTS_PER_PLACE) + 1;
  }
}
