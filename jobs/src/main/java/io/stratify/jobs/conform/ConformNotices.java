package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.lower;

import io.stratify.common.Counted;
import io.stratify.common.config.ConsentConfig;
import io.stratify.common.tables.Consents;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What somebody should know of a run that goes on.
 *
 * @param classified the sorted inputs, by name
 * @param quality what came of the rules
 */
record ConformNotices(Map<String, Classified> classified, List<QualityResults.Result> quality) {
  /** Systems that do not know a day write 0001-01-01, 1900-01-01 or 1970-01-01. */
  private static final LocalDate FIRST_BELIEVABLE = LocalDate.of(1971, 1, 1);

  List<String> all() {
    List<String> notices = new ArrayList<>();
    if (!classified.containsKey(Consents.TABLE.name())) {
      notices.add(
          "there is no input consents: the data of all customers may be used"
              + " (consent.without-table = granted)");
    }
    classified.values().forEach(c -> placeholder(c).ifPresent(notices::add));
    quality.stream()
        .filter(r -> r.verdict().equals("warned"))
        .map(r -> "quality: " + r.sentence())
        .forEach(notices::add);
    return notices;
  }

  /** What becomes of ids with facts that are no customers, as there are no profiles. */
  static Optional<String> ofStrangers(long number) {
    return some(
        number,
        "id",
        " without order, order line or event in no segment, as there is no input customers: map"
            + " inputs.customers to have them");
  }

  /**
   * That no consent is about the purpose that counts: it is another word, or all is by default.
   *
   * @param consents those handed on
   */
  static Optional<String> ofPurpose(Dataset<Row> consents, ConsentConfig consent) {
    Column meant =
        lower(Consents.PURPOSE.col()).equalTo(consent.purpose().toLowerCase(Locale.ROOT));
    return consents.isEmpty() || !consents.where(meant).isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "no consent is about %s (consent.purpose), so that consent.without-decision = %s"
                    + " holds; what they are about: ./stratify query \"SELECT DISTINCT purpose FROM"
                    + " consents\"",
                consent.purpose(),
                consent.withoutDecision().name().toLowerCase(Locale.ROOT)));
  }

  /**
   * What becomes of orders that have their value from lines of which some are in quarantine.
   *
   * @param made whether there are no orders but those that are made of lines
   */
  static Optional<String> ofBadLines(long orders, boolean made) {
    return some(
        orders,
        "order",
        made
            ? " made of lines lack those that are in quarantine (input = order_lines), or are left"
                + " out with them"
            : " without an amount lack the value of lines that are in quarantine (input ="
                + " order_lines)");
  }

  /** What becomes of orders whose value nothing says. */
  static Optional<String> ofEmptyOrders(long orders) {
    return some(
        orders,
        "order",
        " with neither an amount nor a line: the value is taken for 0. Look whether the sources of"
            + " inputs.orders and inputs.order_lines have all of them");
  }

  private static Optional<String> some(long number, String one, String what) {
    return number == 0 ? Optional.empty() : Optional.of(Counted.of(number, one) + what);
  }

  private static Optional<String> placeholder(Classified sorted) {
    return sorted
        .counts()
        .first()
        .filter(day -> day.isBefore(FIRST_BELIEVABLE))
        .map(
            day ->
                String.format(
                    Locale.ROOT,
                    "%1$s: the earliest %2$s is of %3$s; such a day often stands for one that is"
                        + " not known. A rule sets these rows aside: { rule = holds, sql = \"%2$s"
                        + " >= '%4$s'\", action = quarantine }",
                    sorted.table(),
                    sorted.time().orElseThrow(),
                    day,
                    FIRST_BELIEVABLE));
  }
}
