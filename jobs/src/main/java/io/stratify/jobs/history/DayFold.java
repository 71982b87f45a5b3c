package io.stratify.jobs.history;

import java.io.Serializable;
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
 * Folds facts to customer days in one pass, with no more in memory than the day that is open. It
 * works on rows as they lie in Spark's memory: to make objects of them would cost more than to sum
 * them.
 *
 * <p>The facts of a day have one {@link #group} in their sorting key, and come one after the other.
 * Two days may share a group by chance; then both are open until it ends.
 */
final class DayFold implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Bits of the sorting key that bring the facts of one session together. */
  static final int SESSION_BITS = 19;

  /** Places of the hash of a fact and of the sorting key in a row, after the fact. */
  static final int AT_HASH = FactRows.AT_NUMBERS + FactRows.NUMBERS;

  private static final int AT_KEY = AT_HASH + 1;

  private final Tally tally;

  DayFold(Tally tally) {
    this.tally = tally;
  }

  /** Hears of every customer day that is done, on the executors. */
  interface Tally extends Serializable {
    /** Counts nothing. */
    Tally NONE = (day, facts) -> {};

    /**
     * One more.
     *
     * @param day days since 1970-01-01
     * @param facts the fingerprint of the facts of this customer
     */
    void one(int day, Fingerprint facts);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> facts) {
    return new Days(facts, tally);
  }

  private static long group(long key) {
    return key >> SESSION_BITS;
  }

  private static final class Days implements Iterator<InternalRow> {
    private final Iterator<InternalRow> facts;
    private final Tally tally;
    private final List<OpenDay> open = new ArrayList<>();
    private final Queue<InternalRow> closed = new ArrayDeque<>();
    private long group;

    Days(Iterator<InternalRow> facts, Tally tally) {
      this.facts = facts;
      this.tally = tally;
    }

    @Override
    public boolean hasNext() {
      while (closed.isEmpty() && facts.hasNext()) {
        InternalRow fact = facts.next();
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

    private OpenDay dayOf(InternalRow fact) {
      UTF8String customer = fact.getUTF8String(FactRows.AT_CUSTOMER);
      int day = fact.getInt(FactRows.AT_DAY);
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).is(customer, day)) {
          return open.get(i);
        }
      }
      OpenDay fresh = new OpenDay(customer.copy(), day);
      open.add(fresh);
      return fresh;
    }

    private void close() {
      for (OpenDay day : open) {
        closed.add(day.row());
        tally.one(day.day(), day.fingerprint());
      }
      open.clear();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return closed.remove();
    }
  }
}
