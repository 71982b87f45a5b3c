package io.stratify.jobs.conform;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the rows of one input.
 *
 * @param input canonical table
 * @param source source in the configuration
 * @param read rows read, counted at the source
 * @param byFate rows by what became of them: the empty text for rows handed on, one of {@link
 *     Fate}, or the rule for which they are in quarantine
 */
record Books(String input, String source, long read, Map<String, Long> byFate) {

  /** Makes the map immutable. */
  Books {
    byFate = Map.copyOf(byFate);
  }

  /** Rows handed on. */
  long conformed() {
    return rows("");
  }

  /** Rows removed because an equal row was kept. */
  long duplicates() {
    return rows(Fate.DUPLICATE);
  }

  /** Rows replaced by a later one with the same key. */
  long superseded() {
    return rows(Fate.SUPERSEDED);
  }

  /** Customers who became part of another. */
  long merged() {
    return rows(Fate.MERGED);
  }

  /** Rows of customers whose data may not be used. */
  long withheld() {
    return rows(Fate.WITHHELD);
  }

  private long rows(String fate) {
    return byFate.getOrDefault(fate, 0L);
  }

  /** The rows in quarantine by the rule that they broke. */
  Map<String, Long> quarantined() {
    Map<String, Long> rules = new TreeMap<>(byFate);
    rules.remove("");
    Fate.ALL.forEach(rules::remove);
    return rules;
  }

  /** All rows in quarantine. */
  long inQuarantine() {
    return quarantined().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether every row that was read is accounted for. */
  boolean balanced() {
    return read == byFate.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Refuses inputs without rows, books that do not balance, and inputs that are mostly bad. */
  void requireSound(double maxQuarantineShare) {
    if (read == 0) {
      throw new StratifyException(
          "Cannot conform %s: source %s has no rows. Nothing was written. Correct the source, or"
              + " remove inputs.%s if there is no such data",
          input, source, input);
    }
    if (!balanced()) {
      throw new StratifyException(
          "Cannot conform %s: the books do not balance: %d rows read, but %d conformed + %d"
              + " quarantined + %d duplicates + %d superseded + %d merged + %d withheld. Nothing was"
              + " written. This is a fault of Stratify or a source that changes while it is read:"
              + " run again, and report it if it stays",
          input,
          read,
          conformed(),
          inQuarantine(),
          duplicates(),
          superseded(),
          merged(),
          withheld());
    }
    if (inQuarantine() > maxQuarantineShare * read) {
      throw new StratifyException(
          "Cannot conform %s: %d of %d rows of source %s would be quarantined, more than"
              + " conform.max-quarantine-share = %s allows. Nothing was written.%n  rules broken:"
              + " %s%nCorrect inputs.%s.columns or the source",
          input, inQuarantine(), read, source, maxQuarantineShare, rules(), input);
    }
  }

  /** The rules broken, most rows first. */
  String rules() {
    return quarantined().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(e -> e.getKey() + " (" + Counted.of(e.getValue(), "row") + ")")
        .collect(Collectors.joining("; "));
  }
}
