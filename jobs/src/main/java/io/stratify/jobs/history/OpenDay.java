package io.stratify.jobs.history;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Keyed;
import io.stratify.jobs.MoneyLimit;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A customer's day to which facts are still added. It holds sums, one number per distinct text, and
 * the few sessions that cannot be told from their neighbours yet: never the facts themselves.
 */
final class OpenDay {
  private static final int SESSIONS = CustomerDay.FACTS.indexOf(CustomerDay.SESSIONS);

  /** Where the parts of each kind of fact go. */
  private static final Part[][] PARTS = parts();

  /** Whether the figure is money, or a map of it. */
  private static final boolean[] MONEY = new boolean[CustomerDay.FACTS.size()];

  private static final boolean[] MAP = new boolean[CustomerDay.FACTS.size()];

  static {
    for (int i = 0; i < MONEY.length; i++) {
      MAP[i] = isMap(CustomerDay.FACTS.get(i));
      MONEY[i] =
          MAP[i]
              ? ((MapType) CustomerDay.FACTS.get(i).type()).valueType() instanceof DecimalType
              : CustomerDay.FACTS.get(i).type().equals(TableSpec.MONEY);
    }
  }

  private record Part(int number, int text, int figure) {}

  private final UTF8String customer;
  private final int day;
  private final long[] sums = new long[CustomerDay.FACTS.size()];

  private final Keyed[] maps = new Keyed[CustomerDay.FACTS.size()];
  private final Set<UTF8String> sessions = new HashSet<>(4);
  private UTF8String lastSession;
  private long sessionsOf;
  private long facts;
  private long low;
  private long high;

  OpenDay(UTF8String customer, int day) {
    this.customer = customer;
    this.day = day;
  }

  boolean is(UTF8String otherCustomer, int otherDay) {
    return day == otherDay && customer.equals(otherCustomer);
  }

  int day() {
    return day;
  }

  Fingerprint fingerprint() {
    return new Fingerprint(facts, low, high);
  }

  /**
   * Adds a fact.
   *
   * @param fact in the shape of {@link FactRows}
   * @param neighbours equal for the facts of a session, which come one after the other except for
   *     facts of other sessions with this number
   */
  void add(InternalRow fact, long neighbours) {
    long hash = fact.getLong(DayFold.AT_HASH);
    facts++;
    low += Fingerprint.low(hash);
    high += Fingerprint.high(hash);
    int kind = fact.getInt(FactRows.AT_KIND);
    for (Part part : PARTS[kind]) {
      long number = fact.getLong(FactRows.AT_NUMBERS + part.number());
      if (part.text() < 0) {
        sums[part.figure()] = sum(sums[part.figure()], number);
      } else {
        UTF8String text = fact.getUTF8String(FactRows.AT_TEXTS + part.text());
        if (text != null) {
          addTo(part.figure(), text, number);
        }
      }
    }
    if (kind == FactKind.EVENT.code()) {
      addSession(fact.getUTF8String(FactRows.AT_TEXTS + FactKind.SESSION), neighbours);
    }
  }

  private void addTo(int figure, UTF8String text, long number) {
    if (maps[figure] == null) {
      maps[figure] = new Keyed(Integer.MAX_VALUE);
    }
    try {
      maps[figure].add(text, number);
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
  }

  private void addSession(UTF8String session, long neighbours) {
    if (neighbours != sessionsOf) {
      closeSessions();
      sessionsOf = neighbours;
    }
    if (session != null && !session.equals(lastSession)) {
      lastSession = session.copy();
      sessions.add(lastSession);
    }
  }

  private void closeSessions() {
    if (lastSession != null) {
      sums[SESSIONS] += sessions.size();
      sessions.clear();
      lastSession = null;
    }
  }

  private long sum(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
  }

  /** Customer, day and figures; money still in units of its last decimal, and null for 0. */
  InternalRow row() {
    closeSessions();
    Object[] values = new Object[2 + CustomerDay.FACTS.size()];
    values[0] = customer;
    values[1] = day;
    for (int i = 0; i < MAP.length; i++) {
      checkFits(i);
      if (MAP[i]) {
        values[2 + i] = maps[i] == null ? null : maps[i].map();
      } else if (sums[i] != 0) {
        values[2 + i] = sums[i];
      }
    }
    return new GenericInternalRow(values);
  }

  private void checkFits(int figure) {
    if (!MONEY[figure]) {
      return;
    }
    if (Math.abs(sums[figure]) >= MoneyLimit.LEAST_TOO_MUCH) {
      throw tooLarge(null);
    }
    for (int i = 0; maps[figure] != null && i < maps[figure].size(); i++) {
      if (Math.abs(maps[figure].value(i)) >= MoneyLimit.LEAST_TOO_MUCH) {
        throw tooLarge(null);
      }
    }
  }

  private StratifyException tooLarge(Throwable cause) {
    return new StratifyException(
        cause,
        "Cannot sum the facts of one customer on %s: a sum has more than 14 digits before the"
            + " decimal point. "
            + MoneyLimit.REMEDY,
        LocalDate.ofEpochDay(day));
  }

  static boolean isMap(ColumnSpec figure) {
    return figure.type() instanceof MapType;
  }

  private static Part[][] parts() {
    Part[][] parts = new Part[FactKind.values().length][];
    for (FactKind kind : FactKind.values()) {
      parts[kind.code()] =
          kind.parts().stream()
              .map(p -> new Part(p.number(), p.text(), CustomerDay.FACTS.indexOf(p.column())))
              .toArray(Part[]::new);
    }
    return parts;
  }
}
