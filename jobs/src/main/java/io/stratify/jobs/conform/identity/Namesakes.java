package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.stratify.common.tables.Identities;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers whom the keys of an id name that is no customer itself, as its profile is broken or
 * was dropped. Such ids merge nobody, but what they decided holds for the person they were.
 */
public final class Namesakes {
  private static final String VALUE = "_value";
  private static final String KIND = "_kind";

  private Namesakes() {}

  /**
   * Pairs of one of the ids and a customer who has a key of it, or whom a row of a link table names
   * with it.
   *
   * @param ids rows with {@code customer_id}
   * @param identities conformed rows without those of crowds, who are not one person: a key has no
   *     more customers than a person may have ids
   * @param customers rows with {@code customer_id}
   * @return columns {@code id} and {@code other}
   */
  public static Dataset<Row> of(
      Dataset<Row> ids, Dataset<Row> identities, Dataset<Row> customers, String id, String other) {
    Dataset<Row> keys = CustomerLinks.complete(identities);
    Dataset<Row> one = ids.toDF(id);
    Column owned = Identities.CUSTOMER_ID.col().equalTo(col(id));
    Column link = Identities.KIND.col().equalTo(ContactKeys.CUSTOMER);
    Dataset<Row> contacts = keys.where(not(link));
    Column same =
        Identities.KIND.col().equalTo(col(KIND)).and(Identities.VALUE.col().equalTo(col(VALUE)));
    Dataset<Row> known = customers.toDF(other);
    Dataset<Row> theirs =
        contacts.toDF(other, KIND, VALUE).join(known, new String[] {other}, "left_semi");
    Dataset<Row> shared = contacts.join(one, owned).join(theirs, same).select(id, other);
    Dataset<Row> links = keys.where(link);
    Dataset<Row> to = links.join(one, owned).select(col(id), Identities.VALUE.col().as(other));
    Dataset<Row> from =
        links
            .join(one, Identities.VALUE.col().equalTo(col(id)))
            .select(col(id), Identities.CUSTOMER_ID.col().as(other));
    Dataset<Row> named = to.union(from).join(known, new String[] {other}, "left_semi");
    return shared.union(named.select(id, other)).distinct();
  }
}
