package io.stratify.common.config;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How old a segmentation may become.
 *
 * @param every age on the as-of date at which a segmentation is fitted again; zero: at every run;
 *     {@link #NEVER}: not in this run, whatever a lens says for itself
 * @param ofLens the same for the lenses that say it for themselves, by their names
 */
public record RefitConfig(Period every, Map<String, Period> ofLens) {
  private static final String ALWAYS = "always";
  private static final String NEVER_TEXT = "never";

  /** Of any other age a lens may say otherwise for itself. */
  private static final String WHERE_NEVER =
      " (and --set \"segments.refit-every=99 years\" where that is never)";

  /** An age that no segmentation reaches. */
  static final Period NEVER = Period.ofYears(99_999);

  /** Makes the map immutable. */
  public RefitConfig {
    ofLens = Map.copyOf(ofLens);
  }

  static Key<Period> key(String path) {
    return new Key<>(
        path + ".refit-every",
        Periods.EXAMPLES + ", or " + ALWAYS + ", or " + NEVER_TEXT,
        value -> Values.text(value).flatMap(RefitConfig::word).or(() -> Values.period(value)),
        period -> !period.isNegative());
  }

  /** What a lens that crosses others cannot say: it is refitted with them. */
  List<ConfigProblem> ofCrossing(CombinedConfig lens) {
    String key = key(LensConfig.path(lens.name())).path();
    return new Checks()
        .that(
            !NEVER.equals(ofLens.get(lens.name())),
            key,
            key
                + " is "
                + NEVER_TEXT
                + ", but this lens crosses "
                + String.join(" and ", lens.of())
                + " and is refitted with them; leave it out here, and say it of those")
        .problems();
  }

  private static Optional<Period> word(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case ALWAYS -> Optional.of(Period.ZERO);
      case NEVER_TEXT -> Optional.of(NEVER);
      default -> Optional.empty();
    };
  }

  /** Age at which a segmentation of a lens is fitted again; zero: at every run. */
  public Period of(String lens) {
    return every.equals(NEVER) ? NEVER : ofLens.getOrDefault(lens, every);
  }

  /** Whether a lens that has a champion is only assigned by, whatever changed. */
  public boolean never(String lens) {
    return of(lens).equals(NEVER);
  }

  /** Whether a lens is fitted at every run. */
  public boolean always(String lens) {
    return of(lens).isZero();
  }

  /** Whether what was fitted on a date is old enough to be fitted again on another one. */
  public boolean isDue(String lens, LocalDate fitted, LocalDate asOf) {
    return !asOf.isBefore(fitted.plus(of(lens)));
  }

  /**
   * How to make a lens be fitted anew: an argument of the command line, and what may be in its way.
   */
  public static String anew(String lens) {
    String path = SegmentsConfig.OWN.contains(lens) ? "segments." + lens : LensConfig.path(lens);
    return "--set " + key(path).path() + "=" + ALWAYS + WHERE_NEVER;
  }
}
