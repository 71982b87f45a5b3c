package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.stratify.common.tables.Identities;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which customers the keys link, as pairs of numbers. */
final class CustomerLinks {
  private static final String ONE = "_one";
  private static final String OTHER = "_other";
  private static final String LAST = "_last";
  private static final String KIND = "_kind";
  private static final String VALUE = "_value";

  private CustomerLinks() {}

  /** Rows that can link: those with a key. */
  static Dataset<Row> complete(Dataset<Row> identities) {
    return identities
        .select(Identities.TABLE.cols())
        .where(
            Identities.CUSTOMER_ID
                .col()
                .isNotNull()
                .and(Identities.KIND.col().isNotNull())
                .and(Identities.VALUE.col().isNotNull()));
  }

  /** The links of all kinds between known customers. */
  static Dataset<Row> of(Dataset<Row> identities, Numbering numbering) {
    Dataset<Row> keys = complete(identities);
    Column linkTable = Identities.KIND.col().equalTo(ContactKeys.CUSTOMER);
    return shared(keys.where(linkTable.equalTo(false)), numbering)
        .union(linked(keys.where(linkTable), numbering));
  }

  /** Everybody who has a key is linked with the first who has it: a link per row, not per pair. */
  private static Dataset<Row> shared(Dataset<Row> keys, Numbering numbering) {
    // The value comes first as nearly every sort is settled by its first characters; one shuffle
    // serves the minimum and the join.
    Dataset<Row> byKey =
        numbering
            .number(keys, Identities.CUSTOMER_ID.col(), OTHER)
            .select(Identities.VALUE.col(), Identities.KIND.col(), col(OTHER))
            .where(col(OTHER).isNotNull())
            .repartition(Identities.VALUE.col(), Identities.KIND.col());
    Dataset<Row> firsts =
        byKey
            .groupBy(Identities.VALUE.col().as(VALUE), Identities.KIND.col().as(KIND))
            .agg(min(OTHER).as(ONE), max(OTHER).as(LAST))
            .where(col(ONE).lt(col(LAST)))
            .hint("merge");
    Column same =
        Identities.VALUE.col().equalTo(col(VALUE)).and(Identities.KIND.col().equalTo(col(KIND)));
    return byKey.join(firsts, same).where(col(ONE).lt(col(OTHER))).select(ONE, OTHER);
  }

  private static Dataset<Row> linked(Dataset<Row> pairs, Numbering numbering) {
    Dataset<Row> one = numbering.number(pairs, Identities.CUSTOMER_ID.col(), ONE);
    return numbering.number(one, Identities.VALUE.col(), OTHER).select(ONE, OTHER);
  }
}
