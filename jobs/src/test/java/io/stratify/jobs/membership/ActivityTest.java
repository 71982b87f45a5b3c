package io.stratify.jobs.membership;

import static io.stratify.common.spark.Facts.day;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trunc;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerDay;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ActivityTest extends SparkSuite {
  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void whatTheCompanyDidIsNothingThatTheCustomerDid() {
    Dataset<Row> days =
        table(
                CustomerDay.TABLE,
                day("c1", "2026-01-31").orders(1).gross(10),
                day("c1", "2026-02-01").orders(1).gross(20),
                day("c1", "2026-02-02").with(CustomerDay.TOUCHES_SENT, 1),
                day("c1", "2026-02-28").events(3),
                day("c2", "2026-02-02").with(CustomerDay.TOUCHES_SENT, 1),
                day("c2", "2026-02-03").with(CustomerDay.TICKETS_CLOSED, 1),
                day("c3", "2026-03-01").events(1),
                day("c4", "2026-02-03").with(CustomerDay.SUBSCRIPTIONS_ENDED, 1),
                day("c4", "2026-02-04").with(CustomerDay.SATISFACTION_ANSWERS, 1))
            .withColumn("month", trunc(col("day"), "month"));
    Dataset<Row> february =
        Activity.between(days, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1));
    assertThat(
            sorted(
                february.select(
                    col("customer_id"),
                    col(Activity.ACTIVITY).getItem("days"),
                    col(Activity.ACTIVITY).getItem("bought"),
                    col(Activity.ACTIVITY).getItem("events"),
                    col(Activity.ACTIVITY).getItem("subscriptions ended"))))
        .containsExactly("[c1,2.0,20.0,3.0,0.0]", "[c4,2.0,0.0,0.0,1.0]");
  }
}
