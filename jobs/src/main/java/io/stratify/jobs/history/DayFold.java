package io.stratify.jobs.history;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Folds facts to customer days in one pass, with no more in memory than the day that is open.
 *
 * <p>The facts of a day have one {@link #group} in their sorting key, and come one after the other.
 * Two days may share a group by chance; then both are open until it ends.
 */
final class DayFold implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Bits of the sorting key that bring the facts of one session together. */
  static final int SESSION_BITS = 19;

  /** Place of the sorting key in a row, after the fact. */
  private static final int AT_KEY = FactRows.AT_NUMBERS + FactRows.NUMBERS;

  private final Tally tally;

  DayFold(Tally tally) {
    this.tally = tally;
  }

  /** Hears of every customer day that is done, on the executors. */
  interface Tally extends Serializable {
    /** Counts nothing. */
    Tally NONE = () -> {};

    /** One more. */
    void one();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> facts) {
    return new Days(facts, tally);
  }

  private static long group(long key) {
    return key >> SESSION_BITS;
  }

  private static final class Days implements Iterator<Row> {
    private final Iterator<Row> facts;
    private final Tally tally;
    private final List<OpenDay> open = new ArrayList<>();
    private final Queue<Row> closed = new ArrayDeque<>();
    private long group;

    Days(Iterator<Row> facts, Tally tally) {
      this.facts = facts;
      this.tally = tally;
    }

    @Override
    public boolean hasNext() {
      while (closed.isEmpty() && facts.hasNext()) {
        Row fact = facts.next();
        long key = fact.getLong(AT_KEY);
        if (group(key) != group) {
          close();
          group = group(key);
        }
        dayOf(fact).add(fact, key);
      }
      if (closed.isEmpty()) {
        close();
      }
      return !closed.isEmpty();
    }

    private OpenDay dayOf(Row fact) {
      String customer = fact.getString(FactRows.AT_CUSTOMER);
      int day = fact.getInt(FactRows.AT_DAY);
      for (OpenDay candidate : open) {
        if (candidate.is(customer, day)) {
          return candidate;
        }
      }
      OpenDay fresh = new OpenDay(customer, day);
      open.add(fresh);
      return fresh;
    }

    private void close() {
      for (OpenDay day : open) {
        closed.add(day.row());
        tally.one();
      }
      open.clear();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return closed.remove();
    }
  }
}
