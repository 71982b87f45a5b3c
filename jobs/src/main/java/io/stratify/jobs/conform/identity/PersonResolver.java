package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.stratify.common.io.Scratch;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.IdentityMap;
import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the customers who are one person: those linked, over any number of others, by keys that
 * they share or by a link table. Ids nobody knows link nobody.
 *
 * @param asOf as-of date of the run
 * @param maxIds most ids that one person may have; more stay customers of their own
 */
public record PersonResolver(LocalDate asOf, int maxIds) {
  private static final String NODE = ConnectedComponents.NODE;
  private static final String COMPONENT = ConnectedComponents.COMPONENT;
  private static final String CANONICAL = "_canonical";
  private static final String HOLDER = "_holder";
  private static final String KNOWN = "_known";
  private static final String FIRST = "_first";
  private static final String OF = "_of";
  private static final long LARGE_CROWD = 100_000;
  private static final Date NEVER = Date.valueOf(LocalDate.of(9999, 12, 31));

  /**
   * Resolves all customers.
   *
   * @param customers the known customers: rows with {@code customer_id}
   * @param identities the conformed rows; they are read three times, so hand in a table
   * @param map the identity map that the last run left; may be empty
   * @param known the customers whom the last run left: rows with {@code customer_id}; may be empty
   * @param scratch keeps the results until it is closed
   */
  public Persons resolve(
      Dataset<Row> customers,
      Dataset<Row> identities,
      Dataset<Row> map,
      Dataset<Row> known,
      Scratch scratch) {
    IdentityHistory history = IdentityHistory.before(asOf, map);
    Numbering numbering = Numbering.of(customers, Customers.CUSTOMER_ID.col(), scratch);
    ConnectedComponents components =
        ConnectedComponents.of(CustomerLinks.of(identities, numbering), scratch);
    Dataset<Row> members =
        scratch.keep(
            "identity: choose canonical ids", members(components, history, known, numbering));
    Dataset<Row> current =
        scratch.keep("identity: who stands for whom", current(members, numbering));
    return new Persons(
        current,
        history.with(current),
        oversized(identities, members, numbering),
        components.rounds());
  }

  /** Every linked customer with the size and the canonical id of his component. */
  private static Dataset<Row> members(
      ConnectedComponents components,
      IdentityHistory history,
      Dataset<Row> known,
      Numbering numbering) {
    Dataset<Row> holders =
        numbering
            .number(history.canonicals(), IdentityMap.CANONICAL_ID.col(), HOLDER)
            .select(col(HOLDER), col(IdentityHistory.SINCE), col(IdentityHistory.STILL))
            .hint("merge");
    Dataset<Row> old =
        numbering
            .number(known.select(Customers.CUSTOMER_ID.col()), Customers.CUSTOMER_ID.col(), KNOWN)
            .select(col(KNOWN))
            .hint("merge");
    // Who stands for others comes first, then who did, the longest first; then whoever was known
    // before, as the id of a customer must not change to that of a newcomer; then the smallest id.
    Column rank =
        struct(
            not(coalesce(col(IdentityHistory.STILL), lit(false))).as("first"),
            coalesce(col(IdentityHistory.SINCE), lit(NEVER)).as("second"),
            col(KNOWN).isNull().as("third"),
            col(NODE).as(NODE));
    Dataset<Row> persons =
        components
            .nodes()
            .join(holders, col(NODE).equalTo(col(HOLDER)), "left")
            .join(old, col(NODE).equalTo(col(KNOWN)), "left")
            .groupBy(col(COMPONENT).as(OF))
            .agg(count(lit(1)).as(Persons.SIZE), min(rank).as(FIRST))
            .hint("merge");
    return components
        .nodes()
        .join(persons, col(COMPONENT).equalTo(col(OF)))
        .select(col(NODE), col(Persons.SIZE), col(FIRST).getField(NODE).as(CANONICAL));
  }

  private Dataset<Row> current(Dataset<Row> members, Numbering numbering) {
    Dataset<Row> moved =
        members.where(col(Persons.SIZE).leq(maxIds).and(col(NODE).notEqual(col(CANONICAL))));
    Dataset<Row> named = numbering.name(moved, col(NODE), IdentityMap.CUSTOMER_ID.name());
    return numbering
        .name(named, col(CANONICAL), IdentityMap.CANONICAL_ID.name())
        .select(IdentityMap.CUSTOMER_ID.col(), IdentityMap.CANONICAL_ID.col());
  }

  /** The keys are not shuffled where a crowd is small, and it nearly always is. */
  private Dataset<Row> oversized(
      Dataset<Row> identities, Dataset<Row> members, Numbering numbering) {
    Dataset<Row> crowd = members.where(col(Persons.SIZE).gt(maxIds));
    String join = crowd.count() > LARGE_CROWD ? "merge" : "broadcast";
    Dataset<Row> named = numbering.name(crowd, col(NODE), OF).select(col(OF), col(Persons.SIZE));
    return CustomerLinks.complete(identities)
        .join(named.hint(join), Identities.CUSTOMER_ID.col().equalTo(col(OF)))
        .drop(OF);
  }
}
