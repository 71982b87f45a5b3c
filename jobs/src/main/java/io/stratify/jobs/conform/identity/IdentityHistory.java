package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.IdentityMap;
import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The identity map as it stood before a run, and what the run makes of it.
 *
 * @param rows the map without what runs for this as-of date or later ones did
 * @param asOf as-of date of the run
 */
record IdentityHistory(Dataset<Row> rows, LocalDate asOf) {
  /** Since when an id has stood for others. */
  static final String SINCE = "_since";

  /** Whether it does so still. */
  static final String STILL = "_still";

  private static final String MERGED = "merged";
  private static final String MOVED = "moved";
  private static final String CUSTOMER = "_customer";
  private static final String CANONICAL = "_canonical";

  /** Takes back what was done for the as-of date and later, so that it can be done again. */
  static IdentityHistory before(LocalDate asOf, Dataset<Row> map) {
    Column day = lit(Date.valueOf(asOf));
    Column end = IdentityMap.VALID_TO.col();
    Dataset<Row> rows =
        map.select(IdentityMap.TABLE.cols())
            .where(IdentityMap.VALID_FROM.col().lt(day))
            .withColumn(IdentityMap.VALID_TO.name(), when(end.lt(day), end));
    return new IdentityHistory(rows, asOf);
  }

  /**
   * Ids that stand for others, with the day since which each does, and those that once did. Whom an
   * id stands for may change in between.
   */
  Dataset<Row> canonicals() {
    Column open = IdentityMap.VALID_TO.col().isNull();
    return rows.groupBy(IdentityMap.CANONICAL_ID.col())
        .agg(min(IdentityMap.VALID_FROM.col()).as(SINCE), max(open).as(STILL));
  }

  /**
   * The map after the run: what no longer holds is closed, what is new is opened.
   *
   * @param current who stands for whom now
   */
  Dataset<Row> with(Dataset<Row> current) {
    Dataset<Row> closed = rows.where(IdentityMap.VALID_TO.col().isNotNull());
    return closed.union(continued(current)).union(opened(current));
  }

  private Dataset<Row> open() {
    return rows.where(IdentityMap.VALID_TO.col().isNull());
  }

  private Dataset<Row> continued(Dataset<Row> current) {
    Column holds = IdentityMap.CANONICAL_ID.col().equalTo(col(CANONICAL));
    return open()
        .join(
            renamed(current).hint("merge"),
            IdentityMap.CUSTOMER_ID.col().equalTo(col(CUSTOMER)),
            "left")
        .withColumn(
            IdentityMap.VALID_TO.name(),
            when(holds, lit(null).cast("date")).otherwise(lit(Date.valueOf(asOf))))
        .select(IdentityMap.TABLE.cols());
  }

  private Dataset<Row> opened(Dataset<Row> current) {
    Dataset<Row> before =
        open()
            .select(
                IdentityMap.CUSTOMER_ID.col().as(CUSTOMER),
                IdentityMap.CANONICAL_ID.col().as(CANONICAL))
            .hint("merge");
    return current
        .join(before, IdentityMap.CUSTOMER_ID.col().equalTo(col(CUSTOMER)), "left")
        .where(col(CANONICAL).isNull().or(col(CANONICAL).notEqual(IdentityMap.CANONICAL_ID.col())))
        .select(
            IdentityMap.CUSTOMER_ID.col(),
            IdentityMap.CANONICAL_ID.col(),
            lit(Date.valueOf(asOf)).as(IdentityMap.VALID_FROM.name()),
            lit(null).cast("date").as(IdentityMap.VALID_TO.name()),
            when(col(CANONICAL).isNull(), lit(MERGED))
                .otherwise(lit(MOVED))
                .as(IdentityMap.REASON.name()));
  }

  private static Dataset<Row> renamed(Dataset<Row> current) {
    return current.select(
        IdentityMap.CUSTOMER_ID.col().as(CUSTOMER), IdentityMap.CANONICAL_ID.col().as(CANONICAL));
  }
}
