package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.Counted;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Orders that have no amount of their own while lines are not there: they count as less than they
 * were, or as nothing.
 *
 * @param incomplete orders of which a line is in quarantine
 * @param empty orders without any line, good or bad
 */
record LinesMissing(long incomplete, long empty) {
  static final LinesMissing NONE = new LinesMissing(0, 0);

  private static final String ORDER = "l_order";
  private static final String BAD = "l_bad";

  /**
   * Looks for them.
   *
   * @param orders the orders; where there is no such input, they are made of the lines
   * @param lines their lines, where there are any
   */
  static LinesMissing of(Optional<Classified> orders, Optional<Classified> lines) {
    if (orders.isEmpty()) {
      long lacking =
          lines
              .filter(l -> l.books().inQuarantine() > 0)
              .map(l -> ids(l.bad()).distinct().count())
              .orElse(0L);
      return new LinesMissing(lacking, 0);
    }
    Dataset<Row> unvalued = orders.get().good().where(Orders.AMOUNT.col().isNull());
    if (lines.isEmpty()) {
      return new LinesMissing(0, unvalued.count());
    }
    return unvalued.isEmpty() ? NONE : among(unvalued, lines.get());
  }

  private static LinesMissing among(Dataset<Row> orders, Classified lines) {
    Dataset<Row> found =
        ids(lines.good())
            .withColumn(BAD, lit(false))
            .union(ids(lines.bad()).withColumn(BAD, lit(true)))
            .groupBy(ORDER)
            .agg(max(BAD).as(BAD));
    Row counted =
        orders
            .select(Orders.ORDER_ID.col())
            .join(found, Orders.ORDER_ID.col().equalTo(col(ORDER)), "left")
            .agg(count(when(col(BAD), 1)), count(when(col(ORDER).isNull(), 1)))
            .first();
    return new LinesMissing(counted.getLong(0), counted.getLong(1));
  }

  private static Dataset<Row> ids(Dataset<Row> lines) {
    return lines
        .select(OrderLines.ORDER_ID.col().as(ORDER))
        .where(OrderLines.ORDER_ID.col().isNotNull());
  }

  /** What somebody should know of them. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (incomplete > 0) {
      sentences.add(
          "the value of "
              + Counted.of(incomplete, "order")
              + " lacks lines that are in quarantine (input = order_lines), as there is no amount of"
              + " the order itself");
    }
    if (empty > 0) {
      sentences.add(
          "the value of "
              + Counted.of(empty, "order")
              + " is taken for 0, as there is neither an amount nor a line: look whether the sources"
              + " of inputs.orders and inputs.order_lines have all of them");
    }
    return sentences;
  }
}
