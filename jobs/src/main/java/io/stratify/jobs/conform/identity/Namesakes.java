package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.not;

import io.stratify.common.tables.Identities;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whom the keys of an id name that is no customer itself, as its profile is broken or was dropped.
 * Such ids merge nobody, but what they decided holds for the person they were.
 */
public final class Namesakes {
  private static final String VALUE = "_value";
  private static final String KIND = "_kind";
  private static final String HOLDERS = "_holders";

  private Namesakes() {}

  /**
   * Pairs of one of the ids and another id that has a key of it, or that a row of a link table
   * names with it. A key that more ids have than a person may have says nothing.
   *
   * @param ids rows with {@code customer_id}
   * @param identities conformed rows
   * @param most ids of a person
   * @return columns {@code id} and {@code other}
   */
  public static Dataset<Row> of(
      Dataset<Row> ids, Dataset<Row> identities, int most, String id, String other) {
    Dataset<Row> keys = CustomerLinks.complete(identities);
    Dataset<Row> one = ids.toDF(id);
    Column owned = Identities.CUSTOMER_ID.col().equalTo(col(id));
    Column link = Identities.KIND.col().equalTo(ContactKeys.CUSTOMER);
    Dataset<Row> contacts = keys.where(not(link));
    Column same =
        Identities.KIND.col().equalTo(col(KIND)).and(Identities.VALUE.col().equalTo(col(VALUE)));
    Dataset<Row> theirs =
        contacts
            .join(one, owned)
            .select(Identities.KIND.col().as(KIND), Identities.VALUE.col().as(VALUE))
            .distinct();
    Dataset<Row> personal =
        contacts
            .join(theirs, same, "left_semi")
            .groupBy(Identities.KIND.col().as(KIND), Identities.VALUE.col().as(VALUE))
            .agg(countDistinct(Identities.CUSTOMER_ID.col()).as(HOLDERS))
            .where(col(HOLDERS).leq(most));
    Dataset<Row> shared =
        contacts
            .join(one, owned)
            .join(personal, same, "left_semi")
            .join(contacts.toDF(other, KIND, VALUE), same)
            .select(id, other);
    Dataset<Row> links = keys.where(link);
    Dataset<Row> to = links.join(one, owned).select(col(id), Identities.VALUE.col().as(other));
    Dataset<Row> from =
        links
            .join(one, Identities.VALUE.col().equalTo(col(id)))
            .select(col(id), Identities.CUSTOMER_ID.col().as(other));
    return shared.union(to).union(from).where(col(id).notEqual(col(other))).distinct();
  }
}
