package io.stratify.jobs.conform;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleAction;
import io.stratify.common.tables.DataQuality;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What came out of the rules of one input, built-in ones included. */
final class QualityResults {
  private static final String BUILT_IN = "built-in";

  /**
   * The outcome of one rule, as {@code data_quality} has it.
   *
   * @param input canonical input
   * @param rule the rule in words
   * @param kind built-in or the kind of the configuration
   * @param action what a failure does
   * @param rows rows checked
   * @param failed rows that failed
   * @param value what a rule on the whole input measured
   */
  record Result(
      String input,
      String rule,
      String kind,
      RuleAction action,
      long rows,
      long failed,
      Optional<Double> value) {

    Result doing(RuleAction other) {
      return new Result(input, rule, kind, other, rows, failed, value);
    }

    String verdict() {
      if (failed == 0) {
        return "passed";
      }
      return switch (action) {
        case WARN -> "warned";
        case QUARANTINE -> "quarantined";
        case FAIL -> "failed";
      };
    }

    Row row(String runId) {
      return RowFactory.create(
          input,
          rule,
          kind,
          action.name().toLowerCase(Locale.ROOT),
          rows,
          failed,
          rows == 0 ? 0.0 : (double) failed / rows,
          value.orElse(null),
          verdict(),
          runId);
    }

    String sentence() {
      String measured =
          value.map(v -> String.format(Locale.ROOT, " (measured %.4g)", v)).orElse("");
      return kind.equals(BUILT_IN) || value.isEmpty()
          ? String.format(
              Locale.ROOT, "%s: %s: %,d of %s", input, rule, failed, Counted.of(rows, "row"))
          : String.format(Locale.ROOT, "%s: %s%s", input, rule, measured);
    }
  }

  private QualityResults() {}

  /**
   * The outcome of every rule of an input.
   *
   * @param builtIn the built-in rules that were looked at, in words
   * @param rowsBefore rows conformed for the as-of date before this one, if there is one
   */
  static List<Result> of(
      Quality quality,
      Counts counts,
      List<String> builtIn,
      LocalDate asOf,
      Optional<Long> rowsBefore) {
    Books books = counts.books();
    long checked = books.read() - books.withheld(); // whose data may not be used fails no rule
    List<Result> results = new ArrayList<>();
    List<QualityRule> ofRows = quality.rowRules();
    Set<String> looked = new TreeSet<>(builtIn);
    looked.addAll(books.quarantined().keySet());
    for (int i = 0; i < ofRows.size(); i++) {
      QualityRule rule = ofRows.get(i);
      // What a rule only warns of may be a built-in rule too, which sets the row aside.
      boolean aside = looked.remove(rule.words()) && rule.action() == RuleAction.WARN;
      Result result = result(books, rule, checked, counts.failed().get(i), Optional.empty());
      results.add(aside ? result.doing(RuleAction.QUARANTINE) : result);
    }
    for (String rule : looked) {
      long failed = books.quarantined().getOrDefault(rule, 0L);
      results.add(
          new Result(
              books.input(),
              rule,
              BUILT_IN,
              RuleAction.QUARANTINE,
              checked,
              failed,
              Optional.empty()));
    }
    quality.inputRules().forEach(r -> whole(r, counts, asOf, rowsBefore).ifPresent(results::add));
    return results;
  }

  private static Optional<Result> whole(
      QualityRule rule, Counts counts, LocalDate asOf, Optional<Long> rowsBefore) {
    Books books = counts.books();
    Optional<Double> value =
        switch (rule.kind()) {
          case FRESHNESS -> counts.last().map(d -> (double) ChronoUnit.DAYS.between(d, asOf));
          case VOLUME -> rowsBefore.filter(n -> n > 0).map(n -> books.conformed() / (double) n);
          case NULL_SHARE -> Optional.of(share(counts.missing().get(rule.columns().get(0)), books));
          default -> throw new IllegalArgumentException(rule.kind() + " is a rule on rows");
        };
    // Without an earlier run there is nothing to hold the volume against.
    return switch (rule.kind()) {
      case VOLUME -> value.map(v -> result(books, rule, 1, within(rule, v) ? 0 : 1, value));
      case FRESHNESS -> {
        boolean fresh = value.isPresent() && value.get() <= rule.days().orElseThrow();
        yield Optional.of(result(books, rule, 1, fresh ? 0 : 1, value));
      }
      default ->
          Optional.of(result(books, rule, 1, within(rule, value.orElseThrow()) ? 0 : 1, value));
    };
  }

  private static double share(long missing, Books books) {
    return books.conformed() == 0 ? 0 : (double) missing / books.conformed();
  }

  private static boolean within(QualityRule rule, double value) {
    return rule.min().map(min -> value >= min).orElse(true)
        && rule.max().map(max -> value <= max).orElse(true);
  }

  private static Result result(
      Books books, QualityRule rule, long rows, long failed, Optional<Double> value) {
    return new Result(
        books.input(), rule.words(), rule.kind().key(), rule.action(), rows, failed, value);
  }

  /**
   * Stops a run in which a rule failed that must not.
   *
   * @throws StratifyException that names every such rule with its figures
   */
  static void requireNoFailure(List<Result> results) {
    List<String> failures =
        results.stream()
            .filter(r -> r.action() == RuleAction.FAIL && r.failed() > 0)
            .map(Result::sentence)
            .toList();
    if (!failures.isEmpty()) {
      throw new StratifyException(
          "Cannot conform: quality rules with action fail are broken. Nothing was written.%n"
              + "  %s%nCorrect the source, or change the rule (table %s has the last good run)",
          String.join(String.format("%n  "), failures), DataQuality.TABLE);
    }
  }
}
