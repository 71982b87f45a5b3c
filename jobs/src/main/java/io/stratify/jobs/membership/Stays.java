package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerSegment;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Since when customers are in their segments. */
final class Stays {
  private static final String BEFORE = "_since_before";

  private Stays() {}

  /**
   * Memberships with since when they hold and the segment before.
   *
   * @param assigned one row per lens and customer
   * @param previous {@code customer_segment} of the snapshot published before, if there is one
   * @return the body of {@code customer_segment}; one shuffle by lens and customer
   */
  static Dataset<Row> of(Dataset<Row> assigned, Optional<Dataset<Row>> previous, LocalDate asOf) {
    Column today = lit(Date.valueOf(asOf));
    if (previous.isEmpty()) {
      return assigned
          .withColumn(CustomerSegment.SINCE.name(), today)
          .withColumn(CustomerSegment.PREVIOUS_SEGMENT_ID.name(), lit(null).cast("string"));
    }
    Dataset<Row> before =
        previous
            .get()
            .select(
                CustomerSegment.LENS.col(),
                CustomerSegment.CUSTOMER_ID.col(),
                CustomerSegment.SEGMENT_ID.col().as(CustomerSegment.PREVIOUS_SEGMENT_ID.name()),
                CustomerSegment.SINCE.col().as(BEFORE));
    Column stayed = CustomerSegment.SEGMENT_ID.col().equalTo(previousSegment());
    return assigned
        .join(
            before,
            new String[] {CustomerSegment.LENS.name(), CustomerSegment.CUSTOMER_ID.name()},
            "left")
        .withColumn(
            CustomerSegment.SINCE.name(), when(stayed, functions.col(BEFORE)).otherwise(today))
        .select(body());
  }

  private static Column[] body() {
    return CustomerSegment.TABLE.body().stream().map(ColumnSpec::col).toArray(Column[]::new);
  }

  private static Column previousSegment() {
    return CustomerSegment.PREVIOUS_SEGMENT_ID.col();
  }
}
