package io.stratify.jobs.features;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Walks once through the days of each customer and describes him on every as-of date that it comes
 * by: a snapshot more costs its own rows and nothing else. It keeps sums and the last windows,
 * never all days.
 *
 * <p>Rows come as {@code key, customer_id, day, profile, facts}: those of one customer have one
 * {@link #group} in their key, first that of the profile, whose day is null, and then the days in
 * their order. Two customers may share a group by chance; then both are on their way until it ends.
 */
final class Timeline implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Bits of the key that put the days of a customer in their order. */
  static final int DAY_BITS = 22;

  /** What makes a number of these bits, above 0, of every day from 1300 BC to 9999. */
  static final int FIRST_DAY = 1_200_000;

  private static final int KEY = 0;
  private static final int CUSTOMER = 1;
  private static final int DAY = 2;
  private static final int PROFILE = 3;
  private static final int FACTS = 4;

  private final SnapshotPlan plan;
  private final SnapshotView view;

  Timeline(SnapshotPlan plan, SnapshotView view) {
    this.plan = plan;
    this.view = view;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new Rows(rows, new Dates(plan, view));
  }

  private static long group(long key) {
    return key >> DAY_BITS;
  }

  /** The rows of all customers of a partition. */
  private static final class Rows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final Dates dates;
    private final List<Walk> open = new ArrayList<>();
    private final Queue<FeatureValues> done = new ArrayDeque<>();
    private final int[] places;
    private final Day day = new Day();
    private long group;

    Rows(Iterator<InternalRow> rows, Dates dates) {
      this.rows = rows;
      this.dates = dates;
      this.places = dates.view().places();
    }

    @Override
    public boolean hasNext() {
      while (done.isEmpty() && rows.hasNext()) {
        take(rows.next());
      }
      if (done.isEmpty()) {
        close();
      }
      return !done.isEmpty();
    }

    private void take(InternalRow row) {
      if (group(row.getLong(KEY)) != group) {
        close();
        group = group(row.getLong(KEY));
      }
      UTF8String customer = row.getUTF8String(CUSTOMER);
      if (row.isNullAt(DAY)) {
        Person person = new Person(row.getStruct(PROFILE, Person.SIZE).copy());
        open.add(new Walk(dates, customer.copy(), person));
        return;
      }
      // Facts of nobody are passed over: conform lets none through.
      for (Walk walk : open) {
        if (walk.is(customer) && walk.reaches(row.getInt(DAY))) {
          day.open(row.getInt(DAY), row.getBinary(FACTS));
          walk.add(day);
        }
      }
    }

    private void close() {
      open.forEach(walk -> done.addAll(walk.end()));
      open.clear();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return done.remove().row(places);
    }
  }
}
