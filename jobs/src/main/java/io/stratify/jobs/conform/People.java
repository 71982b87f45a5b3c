package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.InputSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.erasure.RowValues;
import io.stratify.jobs.erasure.Tombstones;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known of customer ids before their facts are looked at: who they are, and whether their
 * data may be used.
 *
 * @param rows one row per id: {@link #ID}, {@link #PERSON}, {@link #WITHHELD}, {@link #WITHDRAWN},
 *     {@link #KNOWN}
 * @param closed whether an id that is not known is no customer
 * @param withheldByDefault whether the data of an id that is not among the rows may not be used
 * @param erased whom Stratify was told to forget
 */
record People(Dataset<Row> rows, boolean closed, boolean withheldByDefault, Tombstones erased) {
  static final String ID = "p_id";
  static final String PERSON = "p_person";
  static final String WITHHELD = "p_withheld";
  static final String WITHDRAWN = "p_withdrawn";
  static final String KNOWN = "p_known";
  private static final String ERASED = "p_erased";
  private static final String TEXT = "p_text";
  private static final String NAMED = "p_named";

  /**
   * The people of a run.
   *
   * @param known ids of the customers input, if there is one
   * @param broken ids of its bad rows, where they have to be told from ids that nobody knows
   * @param persons customer_id and canonical_id of the ids that stand for another one
   * @param decided persons whose consent was decided, as {@link Consent#decided} has them
   * @param withheldByDefault what holds for persons who decided nothing
   * @param erased whom Stratify was told to forget; they are withheld
   */
  static People of(
      Optional<Dataset<Row>> known,
      Optional<Dataset<Row>> broken,
      Dataset<Row> persons,
      Optional<Dataset<Row>> decided,
      boolean withheldByDefault,
      Tombstones erased) {
    Dataset<Row> named = persons.toDF(ID, PERSON);
    Dataset<Row> ids =
        known
            .map(k -> withBroken(k.toDF(ID), broken).join(named, new String[] {ID}, "left"))
            .orElseGet(() -> withPersons(named).withColumn(KNOWN, lit(true)))
            .select(col(ID), coalesce(col(PERSON), col(ID)).as(PERSON), col(KNOWN));
    Dataset<Row> judged =
        decided
            .map(d -> judged(ids, d, known.isPresent(), withheldByDefault))
            .orElseGet(
                () ->
                    ids.withColumn(WITHHELD, lit(withheldByDefault))
                        .withColumn(WITHDRAWN, lit(withheldByDefault)));
    Dataset<Row> rows =
        erased
            .mark(judged, col(ID), ERASED)
            .withColumn(WITHHELD, col(WITHHELD).or(col(ERASED)))
            .withColumn(WITHDRAWN, col(WITHDRAWN).or(col(ERASED)))
            .drop(ERASED);
    return new People(rows, known.isPresent(), withheldByDefault, erased);
  }

  /** The same people, as other rows have them. */
  People with(Dataset<Row> same) {
    return new People(same, closed, withheldByDefault, erased);
  }

  /** Who has no good profile is no customer, but somebody whose consent counts. */
  private static Dataset<Row> withBroken(Dataset<Row> known, Optional<Dataset<Row>> broken) {
    Dataset<Row> all = known.withColumn(KNOWN, lit(true));
    return broken
        .map(b -> b.toDF(ID).distinct().join(known, new String[] {ID}, "left_anti"))
        .map(b -> all.union(b.withColumn(KNOWN, lit(false))))
        .orElse(all);
  }

  /** Who withdrew is withheld even where his profile is missing or broken. */
  private static Dataset<Row> judged(
      Dataset<Row> ids, Dataset<Row> decided, boolean closed, boolean withheldByDefault) {
    return ids.join(decided, col(PERSON).equalTo(col(Consent.PERSON)), "full_outer")
        .select(
            coalesce(col(ID), col(Consent.PERSON)).as(ID),
            coalesce(col(PERSON), col(Consent.PERSON)).as(PERSON),
            coalesce(col(KNOWN), lit(!closed)).as(KNOWN),
            coalesce(col(Consent.WITHHELD), lit(withheldByDefault)).as(WITHHELD),
            coalesce(col(Consent.WITHDRAWN), lit(withheldByDefault)).as(WITHDRAWN));
  }

  /** Who stands for others is a customer too. */
  private static Dataset<Row> withPersons(Dataset<Row> named) {
    return named.union(named.select(col(PERSON).as(ID), col(PERSON)).distinct());
  }

  /**
   * Rows of a customer with the id of the person. Those of customers whose data may not be used are
   * withheld, whatever else is wrong with them: quarantine must not keep them.
   */
  Dataset<Row> own(Dataset<Row> facts) {
    Column id = Customers.CUSTOMER_ID.col();
    // Ids among the rows are marked already; of the others those that were erased are found here.
    Dataset<Row> joined =
        erased.mark(
            facts.join(rows, id.equalTo(col(ID)), "left"), when(col(ID).isNull(), id), ERASED);
    Column known = coalesce(col(KNOWN), lit(!closed));
    Dataset<Row> ruled =
        Mapping.breaking(
            joined, id.isNotNull().and(not(known)), id + " is not in " + Customers.TABLE);
    return ruled
        .withColumn(Mapping.RULE, ruleOf(id))
        .withColumn(Customers.CUSTOMER_ID.name(), coalesce(col(PERSON), id))
        .drop(ID, PERSON, WITHHELD, WITHDRAWN, KNOWN, ERASED);
  }

  /** Profiles: of a person with several, the others are merged into the one that stays. */
  Dataset<Row> profiles(Dataset<Row> customers) {
    Column id = Customers.CUSTOMER_ID.col();
    Column merged = col(Mapping.RULE).isNull().and(col(PERSON).notEqual(id));
    return erased
        .mark(customers.join(rows, id.equalTo(col(ID)), "left"), when(col(ID).isNull(), id), ERASED)
        .withColumn(Mapping.RULE, ruleOf(id))
        .withColumn(Mapping.RULE, when(merged, lit(Fate.MERGED)).otherwise(col(Mapping.RULE)))
        .drop(ID, WITHHELD, WITHDRAWN, KNOWN, ERASED);
  }

  private Column ruleOf(Column id) {
    Column withheld =
        id.isNotNull()
            .and(coalesce(col(WITHHELD), lit(!closed && withheldByDefault)).or(col(ERASED)));
    return when(withheld, lit(Fate.WITHHELD)).otherwise(col(Mapping.RULE));
  }

  /** Keys that name an erased customer as the same person are withheld too. */
  Dataset<Row> withoutErased(Dataset<Row> keys) {
    Column named = when(Identities.KIND.col().equalTo(Identities.CUSTOMER), Identities.VALUE.col());
    return erased
        .mark(keys, named, ERASED)
        .withColumn(
            Mapping.RULE, when(col(ERASED), lit(Fate.WITHHELD)).otherwise(col(Mapping.RULE)))
        .drop(ERASED);
  }

  /**
   * Bad rows without their text and whom they name where that may be somebody who was erased, or,
   * in rows that are no known customer's, somebody whose data may not be used: the quarantine must
   * not keep it.
   *
   * @param bad rows of the table {@code quarantine}
   */
  Dataset<Row> blanked(Dataset<Row> bad) {
    Dataset<Row> texts =
        named(strangers(bad, WITHHELD))
            .join(ids(WITHHELD).toDF(NAMED), new String[] {NAMED}, "left_semi")
            .unionByName(erased.withheld(named(bad), col(NAMED)))
            .unionByName(named(ofUnknown(bad)))
            .select(col(TEXT), lit(true).as(ERASED))
            .distinct();
    Column row = Quarantine.ROW.col();
    Column kept = col(ERASED).isNull();
    return bad.join(texts, row.equalTo(col(TEXT)), "left")
        .withColumn(Quarantine.ROW.name(), when(kept, row))
        .withColumn(Quarantine.CUSTOMER_ID.name(), when(kept, Quarantine.CUSTOMER_ID.col()))
        .drop(TEXT, ERASED);
  }

  /**
   * The texts of bad rows that are no known customer's and name who withdrew.
   *
   * @param bad rows of the table {@code quarantine}
   */
  Dataset<Row> withdrawnTexts(Dataset<Row> bad) {
    return named(strangers(bad, WITHDRAWN))
        .join(ids(WITHDRAWN).toDF(NAMED), new String[] {NAMED}, "left_semi")
        .select(col(TEXT).as(Quarantine.ROW.name()))
        .distinct();
  }

  /** The bad rows of ids that are withheld as nobody knows them. */
  private Dataset<Row> ofUnknown(Dataset<Row> bad) {
    Column id = Quarantine.CUSTOMER_ID.col();
    return strangersWithdrew()
        ? bad.where(ofPeople().and(id.isNotNull())).join(rows, id.equalTo(col(ID)), "left_anti")
        : bad.where(lit(false));
  }

  /** The bad rows of people that are no known customer's, but for those of who has a mark. */
  private Dataset<Row> strangers(Dataset<Row> bad, String mark) {
    Column known = Quarantine.CUSTOMER_ID.col().equalTo(col(ID));
    return bad.where(ofPeople())
        .join(rows.where(col(KNOWN).and(not(col(mark)))).select(col(ID)), known, "left_anti");
  }

  /**
   * The texts of bad rows with what they may name: where a field is missing or too many, the
   * customer's may hold anything.
   */
  private static Dataset<Row> named(Dataset<Row> bad) {
    Column row = Quarantine.ROW.col();
    Column all = array_union(RowValues.of(row), array(Quarantine.CUSTOMER_ID.col()));
    return bad.where(row.isNotNull()).select(row.as(TEXT), explode(all).as(NAMED));
  }

  private static Column ofPeople() {
    Column[] tables =
        Inputs.SPECS.stream()
            .filter(InputSpec::ofCustomer)
            .map(s -> lit(s.table().name()))
            .toArray(Column[]::new);
    return Quarantine.INPUT.col().isin((Object[]) tables);
  }

  /**
   * Those of some ids whose data may not be used as of any date; a later consent makes others of
   * them. Where there is no list of customers, an id of which nobody decided anything is in none.
   *
   * @param ids of a table with {@code customer_id}
   * @param withdrawn {@link #withdrawn}, which may be broadcast
   */
  Dataset<Row> withdrawnAmong(Dataset<Row> ids, Dataset<Row> withdrawn) {
    Dataset<Row> all = ids.select(Customers.CUSTOMER_ID.col());
    Column same = Customers.CUSTOMER_ID.col().equalTo(col(ID));
    Dataset<Row> named = all.join(withdrawn.toDF(ID), same, "left_semi");
    Dataset<Row> withUnknown =
        strangersWithdrew()
            ? named.union(
                all.where(Customers.CUSTOMER_ID.col().isNotNull()).join(rows, same, "left_anti"))
            : named;
    return withUnknown.distinct();
  }

  /** Ids of those known by name whose data may not be used as of any date. */
  Dataset<Row> withdrawn() {
    return ids(WITHDRAWN);
  }

  /** Whether whoever is not known by name has withdrawn as well. */
  boolean strangersWithdrew() {
    return !closed && withheldByDefault;
  }

  private Dataset<Row> ids(String mark) {
    return rows.where(col(mark)).select(col(ID).as(Customers.CUSTOMER_ID.name())).distinct();
  }

  /** The profiles that stay, with what they lack taken from those merged into them. */
  static Dataset<Row> merge(TableSpec customers, Dataset<Row> profiles) {
    Column id = Customers.CUSTOMER_ID.col();
    List<ColumnSpec> details =
        customers.columns().stream().filter(c -> !c.equals(Customers.CUSTOMER_ID)).toList();
    List<Column> firsts = new ArrayList<>();
    for (ColumnSpec column : details) {
      Column given = when(column.col().isNotNull(), struct(id, column.col().as("v")));
      Column first =
          column.equals(Customers.SIGNED_UP_ON) ? min(column.col()) : min(given).getField("v");
      firsts.add(first.as("m_" + column));
    }
    Dataset<Row> merged =
        profiles
            .where(col(Mapping.RULE).equalTo(Fate.MERGED))
            .groupBy(col(PERSON).as("m_person"))
            .agg(firsts.get(0), firsts.subList(1, firsts.size()).toArray(Column[]::new));
    List<Column> columns = new ArrayList<>(List.of(id));
    for (ColumnSpec column : details) {
      Column other = col("m_" + column);
      Column best =
          column.equals(Customers.SIGNED_UP_ON)
              ? least(column.col(), other)
              : coalesce(column.col(), other);
      columns.add(best.as(column.name()));
    }
    return profiles
        .where(col(Mapping.RULE).isNull())
        .join(merged, id.equalTo(col("m_person")), "left")
        .select(columns.toArray(Column[]::new))
        .select(customers.cols());
  }
}
