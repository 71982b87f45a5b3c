package io.stratify.jobs.history;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import scala.collection.JavaConverters;

/**
 * A customer's day to which facts are still added. It holds sums, one number per distinct text, and
 * the few sessions that cannot be told from their neighbours yet: never the facts themselves.
 */
final class OpenDay {
  /** The figures of a day, in the order in which {@link #row} gives them. */
  static final List<ColumnSpec> FIGURES =
      CustomerDay.TABLE.body().stream()
          .filter(c -> !CustomerDay.TABLE.key().contains(c.name()))
          .toList();

  private static final int SESSIONS = FIGURES.indexOf(CustomerDay.SESSIONS);
  private static final long MOST_MONEY = 1_000_000_000_000_000_000L;

  /** Where the parts of each kind of fact go. */
  private static final Part[][] PARTS = parts();

  private static final scala.collection.Map<String, Object> EMPTY =
      JavaConverters.mapAsScalaMap(Map.of());

  private record Part(int number, int text, int figure) {}

  private final String customer;
  private final int day;
  private final long[] sums = new long[FIGURES.size()];

  @SuppressWarnings({"unchecked", "rawtypes"}) // no arrays of generic types in Java
  private final TreeMap<String, Long>[] maps = new TreeMap[FIGURES.size()];

  private final Set<String> sessions = new HashSet<>(4);
  private long sessionsOf;

  OpenDay(String customer, int day) {
    this.customer = customer;
    this.day = day;
  }

  boolean is(String otherCustomer, int otherDay) {
    return day == otherDay && customer.equals(otherCustomer);
  }

  /**
   * Adds a fact.
   *
   * @param fact in the shape of {@link FactRows}
   * @param neighbours equal for the facts of a session, which come one after the other except for
   *     facts of other sessions with this number
   */
  void add(Row fact, long neighbours) {
    int kind = fact.getInt(FactRows.AT_KIND);
    for (Part part : PARTS[kind]) {
      long number = fact.getLong(FactRows.AT_NUMBERS + part.number());
      if (part.text() < 0) {
        sums[part.figure()] = sum(sums[part.figure()], number);
      } else {
        String text = fact.getString(FactRows.AT_TEXTS + part.text());
        if (text != null) {
          addTo(part.figure(), text, number);
        }
      }
    }
    if (kind == FactKind.EVENT.code()) {
      addSession(fact.getString(FactRows.AT_TEXTS + FactKind.SESSION), neighbours);
    }
  }

  private void addTo(int figure, String text, long number) {
    if (maps[figure] == null) {
      maps[figure] = new TreeMap<>();
    }
    maps[figure].merge(text, number, this::sum);
  }

  private void addSession(String session, long neighbours) {
    if (neighbours != sessionsOf) {
      closeSessions();
      sessionsOf = neighbours;
    }
    if (session != null) {
      sessions.add(session);
    }
  }

  private void closeSessions() {
    sums[SESSIONS] += sessions.size();
    sessions.clear();
  }

  private long sum(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
  }

  /** Customer, day and figures; money, but for that in maps, still in units of its last decimal. */
  Row row() {
    closeSessions();
    Object[] values = new Object[2 + FIGURES.size()];
    values[0] = customer;
    values[1] = day;
    for (int i = 0; i < FIGURES.size(); i++) {
      values[2 + i] = isMap(FIGURES.get(i)) ? map(i) : sums[i];
      checkFits(FIGURES.get(i), sums[i]);
    }
    return RowFactory.create(values);
  }

  private scala.collection.Map<String, ?> map(int figure) {
    if (maps[figure] == null) {
      return EMPTY;
    }
    if (!(((MapType) FIGURES.get(figure).type()).valueType() instanceof DecimalType type)) {
      return JavaConverters.mapAsScalaMap(maps[figure]);
    }
    Map<String, BigDecimal> amounts = new TreeMap<>();
    maps[figure].forEach(
        (text, units) -> amounts.put(text, BigDecimal.valueOf(units, type.scale())));
    return JavaConverters.mapAsScalaMap(amounts);
  }

  private void checkFits(ColumnSpec figure, long value) {
    if (figure.type().equals(TableSpec.MONEY) && Math.abs(value) >= MOST_MONEY) {
      throw tooLarge(null);
    }
  }

  private StratifyException tooLarge(Throwable cause) {
    return new StratifyException(
        cause,
        "Cannot sum the facts of one customer on %s: a sum has more than 14 digits before the"
            + " decimal point. Let a rule quarantine such values (inputs.*.rules, range)",
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
              .map(p -> new Part(p.number(), p.text(), FIGURES.indexOf(p.column())))
              .toArray(Part[]::new);
    }
    return parts;
  }
}
