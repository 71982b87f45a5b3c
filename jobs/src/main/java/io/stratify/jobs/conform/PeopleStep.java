package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.io.Scratch;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.conform.identity.Namesakes;
import io.stratify.jobs.conform.identity.PersonResolver;
import io.stratify.jobs.conform.identity.Persons;
import io.stratify.jobs.erasure.Tombstones;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/** Finds out who customers are and whose data may be used, before any fact is looked at. */
final class PeopleStep {
  private final JobContext context;
  private final Dataset<Row> mapBefore;
  private final Dataset<Row> knownBefore;
  private final Tombstones erased;
  private final Scratch scratch;
  private final Map<TableSpec, Dataset<Row>> rows = new HashMap<>();
  private final List<Dataset<Row>> cached = new ArrayList<>();
  private Optional<Dataset<Row>> identityMap = Optional.empty();
  private boolean changes;

  /**
   * A step of a run.
   *
   * @param mapBefore the identity map as the last run left it
   * @param knownBefore the customers as the last run left them
   * @param erased whom Stratify was told to forget
   * @param scratch for results on the way
   */
  PeopleStep(
      JobContext context,
      Dataset<Row> mapBefore,
      Dataset<Row> knownBefore,
      Tombstones erased,
      Scratch scratch) {
    this.context = context;
    this.mapBefore = mapBefore;
    this.knownBefore = knownBefore;
    this.erased = erased;
    this.scratch = scratch;
  }

  /** The people behind customer ids. */
  People people(
      Optional<Dataset<Row>> customers,
      Optional<Dataset<Row>> identities,
      Optional<Dataset<Row>> consents) {
    Consent consent = new Consent(context.config().consent(), context.snapshot().asOf());
    boolean withheldByDefault =
        consents.isPresent() ? consent.withoutDecision() : consent.withoutTable();
    changes =
        identities.isPresent() || consents.isPresent() || withheldByDefault || !erased.isEmpty();
    Optional<Dataset<Row>> known = customers.map(c -> changes ? idsOf(cache(c)) : cache(idsOf(c)));
    Dataset<Row> persons = persons(known, identities);
    Optional<Dataset<Row>> decided =
        consents
            .map(c -> cache(Consents.TABLE, c))
            .map(c -> consent.decided(ofPersons(c, deciding(c, known, persons), consent)));
    Optional<Dataset<Row>> broken =
        customers.filter(c -> withheldByDefault).map(c -> brokenOf(cache(c)));
    People people = People.of(known, broken, persons, decided, withheldByDefault, erased);
    return changes ? people.with(kept(people.rows())) : people;
  }

  /** Every input is joined with the people: from files, none of its plans holds how they came. */
  private Dataset<Row> kept(Dataset<Row> people) {
    return scratch.keep("find out whose data may be used", people);
  }

  /** Whether customers may be merged or withheld at all. */
  boolean changes() {
    return changes;
  }

  /** The rows of an input that this step read, with what it found out about them. */
  Optional<Dataset<Row>> rows(TableSpec table) {
    return Optional.ofNullable(rows.get(table));
  }

  /** The whole identity map, if identities are an input. */
  Optional<Dataset<Row>> identityMap() {
    return identityMap;
  }

  private Dataset<Row> persons(Optional<Dataset<Row>> known, Optional<Dataset<Row>> identities) {
    if (identities.isEmpty() && mapBefore.isEmpty()) {
      return context
          .empty(IdentityMap.TABLE)
          .select(IdentityMap.CUSTOMER_ID.col(), IdentityMap.CANONICAL_ID.col());
    }
    context.describe("resolve identities");
    // Where identities are no input any more, nobody is merged, and the map has to say so.
    Dataset<Row> keys = identities.map(this::cache).orElseGet(this::noKeys);
    Dataset<Row> good = keys.where(col(Mapping.RULE).isNull());
    Persons persons =
        new PersonResolver(context.snapshot().asOf(), context.config().conform().maxPerson())
            .resolve(
                erased.others(known.orElseGet(() -> named(good)), Identities.CUSTOMER_ID.col()),
                withoutErased(good).select(Identities.TABLE.cols()),
                mapBefore,
                knownBefore,
                scratch);
    identityMap = Optional.of(persons.map());
    if (identities.isPresent()) {
      rows.put(Identities.TABLE, markOversized(keys, persons.oversized()));
    }
    return persons.current();
  }

  /**
   * Whose decisions count for whom. An id that is no customer, as its profile is broken or was
   * dropped, still decides for the person that its keys name. Where they name several ids, or it
   * was erased, only what it refuses counts, and nothing where they name a crowd.
   *
   * @return columns {@code d_id}, {@code d_person}, and {@code d_grants}, whether a yes counts
   */
  private Dataset<Row> deciding(
      Dataset<Row> decisions, Optional<Dataset<Row>> known, Dataset<Row> persons) {
    Dataset<Row> own = persons.toDF("d_id", "d_person").withColumn("d_grants", lit(true));
    Dataset<Row> keys = rows.get(Identities.TABLE);
    if (known.isEmpty() || keys == null) {
      return own;
    }
    Column self = Consents.CUSTOMER_ID.col();
    Dataset<Row> customers = erased.others(known.get(), self);
    Dataset<Row> unknown =
        cache(
            decisions
                .select(self)
                .where(self.isNotNull())
                .join(customers.toDF("k_id"), self.equalTo(col("k_id")), "left_anti")
                .distinct());
    if (unknown.isEmpty()) {
      return own;
    }
    Dataset<Row> usable = // read by several joins
        cache(keys.where(col(Mapping.RULE).isNull()).select(Identities.TABLE.cols()));
    int most = context.config().conform().maxPerson();
    WindowSpec ofId = Window.partitionBy("d_id");
    Dataset<Row> named =
        Namesakes.of(unknown, usable, most, "d_id", "d_other")
            .join(persons.toDF("s_id", "s_person"), col("d_other").equalTo(col("s_id")), "left")
            .select(col("d_id"), coalesce(col("s_person"), col("d_other")).as("d_person"))
            .distinct()
            .withColumn("d_alone", count(lit(1)).over(ofId).equalTo(1));
    Dataset<Row> theirs =
        erased
            .mark(named, col("d_id"), "d_erased")
            .join(customers.toDF("k_id"), col("d_person").equalTo(col("k_id")), "left_semi")
            .withColumn("d_persons", count(lit(1)).over(ofId))
            .where(col("d_persons").leq(most))
            .select(col("d_id"), col("d_person"), col("d_alone").and(not(col("d_erased"))));
    return own.union(theirs).union(unknown.select(self, self, lit(true)));
  }

  /** The ids that keys name, on either side of a link. */
  private static Dataset<Row> named(Dataset<Row> keys) {
    Column linked = Identities.KIND.col().equalTo(Identities.CUSTOMER);
    return keys.select(Identities.CUSTOMER_ID.col())
        .union(keys.where(linked).select(Identities.VALUE.col()))
        .distinct();
  }

  /** Keys that an erased customer has, or that name one: the identity map must not learn them. */
  private Dataset<Row> withoutErased(Dataset<Row> keys) {
    Column named = when(Identities.KIND.col().equalTo(Identities.CUSTOMER), Identities.VALUE.col());
    return erased.others(erased.others(keys, Identities.CUSTOMER_ID.col()), named);
  }

  private Dataset<Row> noKeys() {
    return context
        .empty(Identities.TABLE)
        .withColumn(Mapping.RULE, lit(null).cast(DataTypes.StringType));
  }

  private Dataset<Row> markOversized(Dataset<Row> keys, Dataset<Row> oversized) {
    // A key may be given twice.
    Dataset<Row> kiosks = oversized.distinct().toDF("k_customer", "k_kind", "k_value", "k_size");
    Dataset<Row> joined =
        keys.join(
            kiosks,
            Identities.CUSTOMER_ID
                .col()
                .equalTo(col("k_customer"))
                .and(Identities.KIND.col().equalTo(col("k_kind")))
                .and(Identities.VALUE.col().equalTo(col("k_value"))),
            "left");
    return Mapping.breaking(
            joined,
            col("k_size").isNotNull(),
            "more than "
                + context.config().conform().maxPerson()
                + " customers are linked, so they are not one person")
        .drop("k_customer", "k_kind", "k_value", "k_size");
  }

  /**
   * The decisions of persons. A bad row that is no clear yes is taken for a no, also where nobody
   * can read its answer or its purpose, and for the last before the as-of date where nobody can
   * read its time.
   */
  private static Dataset<Row> ofPersons(
      Dataset<Row> decisions, Dataset<Row> deciding, Consent consent) {
    Column granted = Consents.GRANTED.col();
    Column decidedAt = Consents.DECIDED_AT.col();
    Column noYes =
        Consents.CUSTOMER_ID
            .col()
            .isNotNull()
            .and(coalesce(not(granted), lit(true)))
            .and(not(col(Mapping.RULE).isin(Fate.DUPLICATE, Fate.SUPERSEDED)));
    return decisions
        .where(col(Mapping.RULE).isNull().or(noYes))
        .withColumn(Consents.GRANTED.name(), coalesce(granted, lit(false)))
        .withColumn(Consents.DECIDED_AT.name(), coalesce(decidedAt, consent.lastMoment()))
        .withColumn(
            Consents.PURPOSE.name(),
            coalesce(Consents.PURPOSE.col(), lit(consent.config().purpose())))
        .join(deciding, Customers.CUSTOMER_ID.col().equalTo(col("d_id")), "left")
        .where(coalesce(col("d_grants"), lit(true)).or(not(granted)))
        .withColumn(
            Customers.CUSTOMER_ID.name(), coalesce(col("d_person"), Customers.CUSTOMER_ID.col()));
  }

  /** Ids of profiles that are bad. */
  private static Dataset<Row> brokenOf(Dataset<Row> customers) {
    Column rule = col(Mapping.RULE);
    Column bad = rule.isNotNull().and(not(rule.isin(Fate.ALL.toArray())));
    return customers
        .where(bad.and(Customers.CUSTOMER_ID.col().isNotNull()))
        .select(Customers.CUSTOMER_ID.col());
  }

  private static Dataset<Row> idsOf(Dataset<Row> customers) {
    return customers.where(col(Mapping.RULE).isNull()).select(Customers.CUSTOMER_ID.col());
  }

  private Dataset<Row> cache(TableSpec table, Dataset<Row> data) {
    Dataset<Row> kept = cache(data);
    rows.put(table, kept);
    return kept;
  }

  private Dataset<Row> cache(Dataset<Row> data) {
    Dataset<Row> kept = data.persist(StorageLevel.MEMORY_AND_DISK());
    cached.add(kept);
    return kept;
  }

  void release() {
    cached.forEach(c -> c.unpersist(false));
  }
}
