package io.stratify.jobs.conform;

import io.stratify.common.StratifyException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the rows of one input.
 *
 * @param input canonical table
 * @param source source in the configuration
 * @param read rows read, counted at the source
 * @param conformed rows handed on
 * @param duplicates rows removed because an equal row was kept
 * @param quarantined rows in quarantine, by the rule they broke
 */
record Books(
    String input,
    String source,
    long read,
    long conformed,
    long duplicates,
    Map<String, Long> quarantined) {

  /** All rows in quarantine. */
  long inQuarantine() {
    return quarantined.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether every row that was read is accounted for. */
  boolean balanced() {
    return read == conformed + duplicates + inQuarantine();
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
              + " quarantined + %d duplicates. Nothing was written. This is a fault of Stratify or"
              + " a source that changes while it is read: run again, and report it if it stays",
          input, read, conformed, inQuarantine(), duplicates);
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
    return quarantined.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(e -> String.format(Locale.ROOT, "%s (%,d rows)", e.getKey(), e.getValue()))
        .collect(Collectors.joining("; "));
  }
}
