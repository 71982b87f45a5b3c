package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.io.Parted;
import io.stratify.common.io.Scratch;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Concurrently;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.conform.identity.ContactKeys;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One run of the job: sorts the rows of every input, people first, before anything is written. */
final class ConformRun {
  private static final int CONCURRENT_INPUTS = 3;

  /** Bytes of the source, below which sorting all rows is quicker than looking for shared keys. */
  private static final BigInteger SORTED_WHOLE = BigInteger.valueOf(4L << 20);

  private static final String KEY = "_key";

  static final List<TableSpec> OF_PEOPLE =
      List.of(Customers.TABLE, Identities.TABLE, Consents.TABLE);

  private final JobContext context;
  private final Map<String, Inlet.Mapped> mapped;
  private final Map<String, Classified> classified = new ConcurrentHashMap<>();
  private final Map<String, List<SharedKeys>> shared = new ConcurrentHashMap<>();
  private final Scratch scratch;
  private final PeopleStep peopleStep;
  private final OtherInputs others;
  private People people;

  ConformRun(
      JobContext context,
      Map<String, Inlet.Mapped> mapped,
      Scratch scratch,
      PeopleStep peopleStep) {
    this.context = context;
    this.mapped = mapped;
    this.scratch = scratch;
    this.peopleStep = peopleStep;
    this.others = new OtherInputs(context, mapped, classified, peopleStep);
  }

  void classify() {
    Callable<Void> people =
        () -> {
          sortAll(m -> !m.spec().ofCustomer());
          classifyPeople();
          return null;
        };
    Callable<Void> keys =
        () -> {
          findSharedKeys();
          return null;
        };
    Concurrently.all(2, List.of(people, keys));
    sortAll(ConformRun::isFact);
    requireFactsBeforeAsOf();
  }

  /** What was sorted, by table name in the order of the inputs. */
  Map<String, Classified> classified() {
    return others.known();
  }

  Inlet.Mapped mapped(TableSpec table) {
    return mapped.get(table.name());
  }

  People people() {
    return people;
  }

  /** The customers to hand on. */
  Dataset<Row> customers() {
    return others.customers();
  }

  /** How many ids have facts and yet are no customers, as there are no profiles. */
  long strangers() {
    return others.strangers();
  }

  PeopleStep peopleStep() {
    return peopleStep;
  }

  private void sortAll(Predicate<Inlet.Mapped> chosen) {
    new Turns(others::needed, this::sort)
        .take(CONCURRENT_INPUTS, mapped.values().stream().filter(chosen).toList());
  }

  /** The keys that need nobody but the source are looked for while people are found out. */
  private void findSharedKeys() {
    for (Inlet.Mapped input : mapped.values()) {
      Peers peers = peers(input);
      if (isFact(input) && !readOnce(input) && peers.keyedByMapping()) {
        String table = input.spec().table().name();
        shared.put(table, SharedKeys.find(scratch, table, peers, input.bare()));
      }
    }
  }

  private Peers peers(Inlet.Mapped input) {
    return Peers.of(input, context.snapshot().asOf());
  }

  private static boolean isFact(Inlet.Mapped input) {
    return input.spec().ofCustomer() && !OF_PEOPLE.contains(input.spec().table());
  }

  private void classifyPeople() {
    Optional<Dataset<Row>> customers = unowned(Customers.TABLE);
    people = peopleStep.people(customers, unowned(Identities.TABLE), unowned(Consents.TABLE));
    Map<TableSpec, Dataset<Row>> rows = new LinkedHashMap<>();
    customers.ifPresent(
        c -> rows.put(Customers.TABLE, peopleStep.changes() ? people.profiles(c) : c));
    peopleStep
        .rows(Identities.TABLE)
        .ifPresent(i -> rows.put(Identities.TABLE, people.withoutErased(people.own(i))));
    peopleStep.rows(Consents.TABLE).ifPresent(c -> rows.put(Consents.TABLE, people.own(c)));
    List<Callable<Classified>> tasks = new ArrayList<>();
    rows.forEach((table, marked) -> tasks.add(() -> decided(mapped(table), marked)));
    Concurrently.all(CONCURRENT_INPUTS, tasks);
  }

  /** The rows of an input about people with all marks but those that need to know the people. */
  private Optional<Dataset<Row>> unowned(TableSpec table) {
    return Optional.ofNullable(mapped(table))
        .map(m -> table.equals(Identities.TABLE) ? m.with(normalised(m.rows())) : m)
        .map(m -> peers(m).mark(others.referred(m)));
  }

  /** Keys of which two customers have the same if they mean the same, and none is an address. */
  private static Dataset<Row> normalised(Dataset<Row> keys) {
    Column kind = Identities.KIND.col();
    Column value = Identities.VALUE.col();
    // Hashing is dear, so that the key is a column before anything is said about it.
    Dataset<Row> keyed = keys.withColumn(KEY, ContactKeys.value(kind, value));
    Column problem = ContactKeys.problem(kind, value, col(KEY));
    return keyed
        .withColumn(
            Mapping.RULE, when(col(Mapping.RULE).isNull(), problem).otherwise(col(Mapping.RULE)))
        .withColumn(Identities.VALUE.name(), col(KEY))
        .withColumn(Identities.KIND.name(), ContactKeys.kind(kind))
        .drop(KEY);
  }

  private Classified sort(Inlet.Mapped input) {
    context.describe("conform " + input.spec().table());
    Dataset<Row> rows = others.referred(input.with(others.owned(input, people)));
    Peers peers = peers(input);
    if (readOnce(input) || peers.keys().isEmpty()) {
      return decided(input, peers.mark(rows));
    }
    Tally tally = tally(input);
    String table = input.spec().table().name();
    List<SharedKeys> keys =
        shared.containsKey(table)
            ? shared.get(table)
            : SharedKeys.find(scratch, table, peers, peers.keyedByMapping() ? input.bare() : rows);
    return finish(input, staging(input, tally).sorted(rows, peers, keys), tally);
  }

  /** A source may change between two looks, and a look at a small source is not worth it. */
  private boolean readOnce(Inlet.Mapped input) {
    return input.sourceBytes().compareTo(SORTED_WHOLE) < 0 || SourceReader.mayChange(input.bare());
  }

  private Classified decided(Inlet.Mapped input, Dataset<Row> marked) {
    Tally tally = tally(input);
    return finish(input, staging(input, tally).decided(marked), tally);
  }

  private Tally tally(Inlet.Mapped input) {
    return Tally.of(input, context.snapshot().asOf());
  }

  private Staging staging(Inlet.Mapped input, Tally tally) {
    TableSpec table = input.spec().table();
    boolean valued = table.equals(Orders.TABLE) && input.input().maps(Orders.AMOUNT);
    return new Staging(
        scratch,
        input.spec(),
        input.read().restart(),
        tally::counted,
        rows ->
            valued
                ? OrderAmounts.net(References.describeBadRows(table, OrderAmounts.asRead(rows)))
                : References.describeBadRows(table, rows));
  }

  private Classified finish(Inlet.Mapped input, List<Parted> parts, Tally tally) {
    TableSpec table = input.spec().table();
    Classified sorted = new Classified(input, parts, tally.counts());
    classified.put(table.name(), sorted);
    sorted.books().requireSound(context.config().conform().maxQuarantineShare());
    if (table.equals(Customers.TABLE) && sorted.books().conformed() == 0) {
      throw new StratifyException(
          "Cannot conform: no customers are left after cleaning%s. Nothing was written. %s",
          consent(sorted.books().withheld()),
          sorted.books().withheld() > 0
              ? "Who was published before, if anybody, still is. Correct inputs.consents and"
                  + " consent.purpose, without-decision or without-table; where all of them withdrew,"
                  + " ./stratify forget --file FILE takes them out"
              : "Rules broken: "
                  + sorted.books().rules()
                  + ". Correct inputs.customers.columns or the source");
    }
    return sorted;
  }

  private static String consent(long withheld) {
    return withheld > 0
        ? String.format(Locale.ROOT, " and consent (%s withheld)", Counted.of(withheld, "row"))
        : "";
  }

  private void requireFactsBeforeAsOf() {
    LocalDate asOf = context.snapshot().asOf();
    Optional<LocalDate> first =
        Inputs.FACTS.stream()
            .map(t -> classified.get(t.name()))
            .filter(c -> c != null)
            .flatMap(c -> c.counts().first().stream())
            .min(LocalDate::compareTo);
    if (first.isEmpty()) {
      throw noFacts();
    }
    if (!first.get().isBefore(asOf)) {
      throw new StratifyException(
          "Cannot describe customers as of %s: the first fact is on %s, and only facts before the"
              + " as-of date count. Nothing was written. Choose --as-of after %s",
          asOf, first.get(), first.get());
    }
  }

  private StratifyException noFacts() {
    List<Books> books = classified().values().stream().map(Classified::books).toList();
    long withheld = books.stream().mapToLong(Books::withheld).sum();
    String rules =
        books.stream()
            .map(Books::rules)
            .filter(r -> !r.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return new StratifyException(
        "Cannot conform: no fact is left after cleaning%s. Nothing was written.%s%s",
        consent(withheld),
        rules.isEmpty()
            ? ""
            : " Rules broken: "
                + rules
                + ". Correct the mapping of orders, order_lines or events, or their sources",
        withheld > 0
            ? " Whose data may be used follows from inputs.consents, consent.purpose,"
                + " without-decision and without-table"
            : "");
  }
}
