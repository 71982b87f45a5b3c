package io.stratify.jobs.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.stratify.common.io.Months;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The facts of each day, held against those that {@code customer_day} was computed from.
 *
 * @param known what is remembered of them
 * @param asOf as-of date of the run
 * @param window how many days before it, or before that of the last run where that is earlier, are
 *     compared; all where it is 0
 */
record Compared(HistoryState.Known known, LocalDate asOf, int window) {
  /**
   * The fingerprints of all days; of days that are not to be compared those that are known.
   *
   * @param facts all of them
   */
  Map<LocalDate, Fingerprint> now(Dataset<Row> facts) {
    Optional<LocalDate> from = from();
    if (from.isEmpty()) {
      return Fingerprint.of(facts);
    }
    int first = (int) from.get().toEpochDay();
    Map<LocalDate, Fingerprint> days = new TreeMap<>(known.days());
    days.keySet().removeIf(day -> !day.isBefore(from.get()));
    days.putAll(Fingerprint.of(facts.where(col(FactRows.DAY).geq(first))));
    return days;
  }

  /**
   * The days that have other facts, or facts for the first time, or none any more.
   *
   * @param table rows of {@code customer_day}; asked for where not all its days are remembered
   */
  Set<LocalDate> changed(Map<LocalDate, Fingerprint> now, Supplier<Dataset<Row>> table) {
    Set<LocalDate> days = new TreeSet<>(known.days().keySet());
    days.addAll(now.keySet());
    days.removeIf(day -> Objects.equals(known.days().get(day), now.get(day)));
    if (known.sources().isEmpty()) { // forget takes the days of a person out of the memory
      Set<LocalDate> forgotten = days(table.get());
      forgotten.removeAll(known.days().keySet());
      forgotten.removeAll(now.keySet());
      days.addAll(forgotten);
    }
    return days;
  }

  /** The days of the table, as far as they are compared. */
  private Set<LocalDate> days(Dataset<Row> table) {
    Dataset<Row> compared =
        from()
            .map(
                from ->
                    table.where(
                        TableSpec.MONTH
                            .col()
                            .geq(lit(Months.of(from)))
                            .and(CustomerDay.DAY.col().geq(lit(from)))))
            .orElse(table);
    Set<LocalDate> days = new TreeSet<>();
    compared
        .select(unix_date(CustomerDay.DAY.col()))
        .distinct()
        .collectAsList()
        .forEach(r -> days.add(LocalDate.ofEpochDay(r.getInt(0))));
    return days;
  }

  /**
   * The first day that is compared. What lies between two runs was looked at by neither, nor what
   * comes after the last facts of a run that found the tables of an earlier date.
   */
  private Optional<LocalDate> from() {
    Stream<LocalDate> newest =
        known.days().keySet().stream().max(Comparator.naturalOrder()).stream()
            .map(day -> day.plusDays(1));
    return known
        .asOf()
        .filter(last -> window > 0)
        .flatMap(
            last -> Stream.concat(newest, Stream.of(last, asOf)).min(Comparator.naturalOrder()))
        .map(day -> day.minusDays(window));
  }
}
