package io.stratify.jobs.conform;

import io.stratify.common.Counted;
import io.stratify.common.config.ConsentConfig;
import io.stratify.common.tables.Consents;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    return number == 0
        ? Optional.empty()
        : Optional.of(
            Counted.of(number, "id")
                + " without order, order line or event in no segment, as there is no input"
                + " customers: map inputs.customers to have them");
  }

  /**
   * That no consent is about the purpose that counts: it is another word, or all is by default.
   *
   * @param there purposes of the consents handed on
   */
  static Optional<String> ofPurposes(List<String> there, ConsentConfig consent) {
    return there.isEmpty() || there.stream().anyMatch(consent.purpose()::equalsIgnoreCase)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "no consent is about %s (consent.purpose), so that consent.without-decision = %s"
                    + " holds for everybody; consents are about %s",
                consent.purpose(),
                consent.withoutDecision().name().toLowerCase(Locale.ROOT),
                String.join(", ", there)));
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
