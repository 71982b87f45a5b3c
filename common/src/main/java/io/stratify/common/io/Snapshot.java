package io.stratify.common.io;

import io.stratify.common.tables.TableSpec;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The slice that one run writes.
 *
 * @param asOf the as-of date
 * @param revision 1 for the first publication of the as-of date, one more for each later one
 */
public record Snapshot(LocalDate asOf, int revision) {
  /** Of the first publication of an as-of date. */
  public static final int FIRST_REVISION = 1;

  /** The rows of this snapshot in a published table. */
  public Column published() {
    return dated().and(TableSpec.REVISION.col().equalTo(revision));
  }

  /** The rows of this as-of date. */
  public Column dated() {
    return TableSpec.AS_OF.col().equalTo(functions.lit(java.sql.Date.valueOf(asOf)));
  }

  @Override
  public String toString() {
    return asOf + " revision " + revision;
  }
}
