package io.stratify.jobs.erasure;

import io.stratify.common.tables.IdentityMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Which ids are one person, by the map of identities, at any time that it knows of. */
final class Persons {
  private static final String ID = IdSet.ID;
  private static final String CANONICAL = "_canonical";

  private Persons() {}

  /**
   * The ids and every id that shares a canonical id with one of them, canonical ids included.
   *
   * <p>Only links that hold count: who was merged by mistake and split again is somebody else,
   * whose data must not go with it.
   */
  static Dataset<Row> of(Dataset<Row> ids, Dataset<Row> identityMap) {
    Column customer = IdentityMap.CUSTOMER_ID.col();
    Column canonical = IdentityMap.CANONICAL_ID.col();
    Dataset<Row> open = identityMap.where(IdentityMap.VALID_TO.col().isNull());
    Dataset<Row> canonicals =
        ids.join(open, functions.col(ID).equalTo(customer))
            .select(canonical.as(CANONICAL))
            .union(ids.select(functions.col(ID)))
            .distinct();
    Dataset<Row> members =
        canonicals.join(open, functions.col(CANONICAL).equalTo(canonical)).select(customer.as(ID));
    return canonicals.select(functions.col(CANONICAL).as(ID)).union(members).distinct();
  }
}
