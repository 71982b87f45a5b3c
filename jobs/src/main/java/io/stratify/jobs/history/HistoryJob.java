package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.io.Months;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keeps {@code customer_day} up to date: one narrow pass tells which days have other facts than the
 * last time, and only those are computed again. The result is that of a rebuild.
 *
 * <p>What changed is seen in the conformed facts themselves and not in a change feed: conform
 * replaces its tables, so that a feed would name every row, and merged identities, consent and
 * erasures change facts that no source has touched. Where the tables have only grown since the last
 * run, though, which their logs tell, what was added is read alone, and its days are added.
 */
public final class HistoryJob implements Job {
  /** Facts of a month that one task sorts and writes. */
  private static final long FACTS_PER_PLACE = 1_000_000;

  /** Of facts on disk, over all months: a guess where their days have not been counted yet. */
  private static final BigInteger BYTES_PER_PLACE = BigInteger.valueOf(2L << 30);

  private static final BigInteger MOST_PLACES = BigInteger.valueOf(64);

  /** Parts into which the months of a first build are hashed. */
  private static final int MONTHS_OF_A_BUILD = 32;

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
            : HistoryState.read(context.lake(), name(), trusted(context));
    Sources sources = sources(context);
    if (known.distrust().isPresent()) {
      return build(context, sources, known);
    }
    Optional<Dataset<Row>> added = known.sources().flatMap(sources::added).map(Facts::of);
    return added.isPresent()
        ? grow(context, sources, added.get(), known)
        : refresh(context, sources, known);
  }

  /** Where all days are compared, those of another mapping are found as others are. */
  private static Optional<String> trusted(JobContext context) {
    return context.config().history().reReadDays() == 0
        ? Optional.empty()
        : Optional.of(HistoryState.Run.of(context).mapped());
  }

  /** Computes all days, and their fingerprints from the same pass. */
  private HistoryResult build(JobContext context, Sources sources, HistoryState.Known known) {
    Map<TableSpec, Dataset<Row>> tables = sources.all();
    Dataset<Row> facts = Facts.of(tables);
    DayPrints prints = DayPrints.in(context.spark().sparkContext());
    context.describe("sum the facts of all days");
    int places = bytes(tables.values()).divide(BYTES_PER_PLACE).min(MOST_PLACES).intValue() + 1;
    Dataset<Row> days = fold(context, facts, MONTHS_OF_A_BUILD * places, places, prints);
    new Months(context.lake(), CustomerDay.TABLE).replaceAll(days, name());
    remember(context, prints.byDate(), Optional.of(sources));
    int n = prints.byDate().size();
    return new HistoryResult(n, n, prints.customerDays(), known.distrust());
  }

  /** As they lie on disk: of lines joined with their products Spark expects the product of both. */
  private static BigInteger bytes(Collection<Dataset<Row>> tables) {
    return tables.stream()
        .map(t -> t.queryExecution().optimizedPlan().stats().sizeInBytes().bigInteger())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Computes the days whose fingerprints are others than the last time. */
  private HistoryResult refresh(JobContext context, Sources sources, HistoryState.Known known) {
    Dataset<Row> facts = Facts.of(sources.all());
    context.describe("compare the facts of each day");
    int window = context.config().history().reReadDays();
    Compared compared = new Compared(known, context.snapshot().asOf(), window);
    Map<LocalDate, Fingerprint> now = compared.now(facts);
    Set<LocalDate> changed = compared.changed(now, () -> context.read(CustomerDay.TABLE, this));
    long customerDays = 0;
    if (!changed.isEmpty()) {
      customerDays = recompute(context, facts, now, changed);
    }
    remember(context, now, window == 0 ? Optional.of(sources) : Optional.empty());
    return new HistoryResult(changed.size(), now.size(), customerDays, Optional.empty());
  }

  /** Adds the days of facts that were added to tables in which nothing else has changed. */
  private HistoryResult grow(
      JobContext context, Sources sources, Dataset<Row> added, HistoryState.Known known) {
    context.describe("look at the facts that were added");
    Map<LocalDate, Fingerprint> more = Fingerprint.of(added);
    Map<LocalDate, Fingerprint> now = new TreeMap<>(known.days());
    more.forEach((day, print) -> now.merge(day, print, Fingerprint::plus));
    if (more.isEmpty()) {
      return new HistoryResult(0, now.size(), 0, Optional.empty());
    }
    long customerDays =
        isNew(context, added, more.keySet())
            ? append(context, added, now, more.keySet())
            : recompute(context, Facts.of(sources.all()), now, more.keySet());
    remember(context, now, Optional.of(sources));
    return new HistoryResult(more.size(), now.size(), customerDays, Optional.empty());
  }

  /**
   * Whether no customer with an added fact had others on the same day: his sessions could not be
   * told from those that are counted already.
   */
  private boolean isNew(JobContext context, Dataset<Row> added, Set<LocalDate> days) {
    Dataset<Row> there =
        of(context, days.stream().map(Months::of).collect(Collectors.toSet()))
            .where(CustomerDay.DAY.col().isin(dates(days)))
            .select(
                CustomerDay.CUSTOMER_ID.col().as(FactRows.CUSTOMER),
                unix_date(CustomerDay.DAY.col()).as(FactRows.DAY));
    Dataset<Row> keys = added.select(FactRows.CUSTOMER, FactRows.DAY).distinct();
    return keys.join(there, new String[] {FactRows.CUSTOMER, FactRows.DAY}).isEmpty();
  }

  private long append(
      JobContext context,
      Dataset<Row> added,
      Map<LocalDate, Fingerprint> now,
      Set<LocalDate> days) {
    DayPrints prints = DayPrints.in(context.spark().sparkContext());
    int places = places(now, days);
    context.describe("add the facts of " + Counted.of(days.size(), "day"));
    new Months(context.lake(), CustomerDay.TABLE)
        .append(fold(context, added, days.size(), places, prints), name());
    return prints.customerDays();
  }

  private void remember(
      JobContext context, Map<LocalDate, Fingerprint> days, Optional<Sources> sources) {
    context.write(
        HistoryDay.TABLE,
        context.rows(
            HistoryDay.TABLE,
            HistoryState.rows(context.lake(), days, HistoryState.Run.of(context), sources)),
        this);
  }

  private static Dataset<Row> fold(
      JobContext context, Dataset<Row> facts, int partitions, int places, DayPrints prints) {
    return context.under(
        JobContext.ONE_PLAN, () -> CustomerDays.fold(facts, partitions, places, prints));
  }

  private static Sources sources(JobContext context) {
    if (Facts.TABLES.stream().noneMatch(context.lake()::exists)) {
      throw new StratifyException(
          "Cannot compute history: there are no conformed tables in %s. Run the job before it first:"
              + " ./stratify conform --as-of %s",
          context.lake().root(), context.snapshot().asOf());
    }
    return Sources.now(context.lake());
  }

  /** Computes the changed days again; returns how many customer days they have. */
  private long recompute(
      JobContext context,
      Dataset<Row> facts,
      Map<LocalDate, Fingerprint> now,
      Set<LocalDate> changed) {
    DayPrints prints = DayPrints.in(context.spark().sparkContext());
    Set<LocalDate> months =
        changed.stream().map(Months::of).collect(Collectors.toCollection(TreeSet::new));
    int places = places(now, changed);
    context.describe("sum the facts of " + Counted.of(changed.size(), "day"));
    Dataset<Row> fresh =
        fold(context, facts.where(among(changed)), months.size() * places, places, prints);
    new Months(context.lake(), CustomerDay.TABLE)
        .replace(months, fresh.union(kept(context, months, changed)), name());
    return prints.customerDays();
  }

  private static Column among(Collection<LocalDate> days) {
    return col(FactRows.DAY).isin(days.stream().map(d -> (int) d.toEpochDay()).toArray());
  }

  /** The customer days of the same months that have not changed. */
  private Dataset<Row> kept(
      JobContext context, Collection<LocalDate> months, Collection<LocalDate> changed) {
    return of(context, months)
        .where(not(CustomerDay.DAY.col().isin(dates(changed))))
        .select(CustomerDay.TABLE.body().stream().map(c -> c.col()).toArray(Column[]::new));
  }

  private Dataset<Row> of(JobContext context, Collection<LocalDate> months) {
    return context.read(CustomerDay.TABLE, this).where(TableSpec.MONTH.col().isin(dates(months)));
  }

  /** Not as java.sql.Date, which has no day that the zone of the machine never had. */
  private static Object[] dates(Collection<LocalDate> days) {
    return days.toArray();
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
