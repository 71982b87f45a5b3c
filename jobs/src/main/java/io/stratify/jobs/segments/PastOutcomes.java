package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import java.sql.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Customers as they were, with what they did afterwards. */
final class PastOutcomes {
  private static final String PREFIX = "outcome_";

  private PastOutcomes() {}

  /** The name of an outcome beside the features, some of which have the same names. */
  static String column(String outcome) {
    return PREFIX + outcome;
  }

  /** The newest past snapshot whose outcomes are known on the as-of date, if there is one. */
  static Optional<Dataset<Row>> latest(JobContext context, Job reader) {
    Date asOf = Date.valueOf(context.snapshot().asOf());
    Dataset<Row> known =
        context
            .readIfThere(CustomerOutcome.TABLE, reader)
            .where(CustomerOutcome.UNTIL.col().leq(functions.lit(asOf)));
    List<Row> newest = known.agg(functions.max(TableSpec.AS_OF.col())).collectAsList();
    if (newest.get(0).isNullAt(0)) {
      return Optional.empty();
    }
    Column then = TableSpec.AS_OF.col().equalTo(functions.lit(newest.get(0).getDate(0)));
    Column[] outcomes =
        Stream.concat(
                Stream.of(CustomerOutcome.CUSTOMER_ID.col()),
                CustomerOutcome.TABLE.body().stream()
                    .filter(c -> !c.equals(CustomerOutcome.CUSTOMER_ID))
                    .map(c -> c.col().as(column(c.name()))))
            .toArray(Column[]::new);
    return Optional.of(
        context
            .readIfThere(CustomerFeaturesPast.TABLE, reader)
            .where(then)
            .join(known.where(then).select(outcomes), CustomerFeatures.CUSTOMER_ID.name()));
  }
}
