package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.broadcast;

import io.stratify.common.Counted;
import io.stratify.common.io.Eraser;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.MembershipReason;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Takes who withdrew out of what is published already.
 *
 * @param job that deletes
 * @param context of the run
 * @param people of the run
 */
record WithdrawnPast(Job job, JobContext context, People people) {
  /** Ids that are sent to all tasks rather than the published past to those of the ids. */
  private static final long FEW = 1_000_000;

  /**
   * Customers whose data may not be used leave the snapshots already published too, but for those
   * who consented later than the as-of date of this run: later snapshots have them rightly.
   */
  void delete() {
    Dataset<Row> withdrawn = people.withdrawn();
    long number = withdrawn.count();
    if (number == 0 && !people.strangersWithdrew()) {
      return;
    }
    // All that was ever published is looked through: only a shuffle of it would cost more.
    Dataset<Row> theirs = number > FEW ? withdrawn : broadcast(withdrawn);
    for (TableSpec table : context.lake().deleteStale(Tables.DERIVED)) {
      context
          .notices()
          .accept("an earlier version wrote " + table + ": deleted, ./stratify run makes it anew");
    }
    for (TableSpec table :
        List.of(
            CustomerFeatures.TABLE,
            CustomerFeaturesPast.TABLE,
            CustomerOutcome.TABLE,
            CustomerSegment.TABLE,
            SegmentChange.TABLE,
            MembershipReason.TABLE,
            ShiftReason.TABLE,
            Quarantine.TABLE)) {
      if (context.lake().exists(table)) {
        Dataset<Row> there = people.withdrawnAmong(context.read(table, job), theirs);
        erase(table, there, n -> "of " + Counted.of(n, "customer") + ", withheld now,");
      }
    }
    erase(
        Quarantine.TABLE,
        people.withdrawnTexts(context.read(Quarantine.TABLE, job)),
        n -> "that may name customers, withheld now, in their text");
  }

  private void erase(TableSpec table, Dataset<Row> keys, LongFunction<String> whose) {
    Dataset<Row> there = keys.persist();
    long found = there.count();
    if (found > 0) {
      long gone = new Eraser(context.lake()).delete(table, there, job.name());
      context
          .notices()
          .accept(
              String.format(
                  "consent: deleted %s %s from %s",
                  Counted.of(gone, "row"), whose.apply(found), table));
    }
    there.unpersist(false);
  }
}
