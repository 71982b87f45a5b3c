package io.stratify.common.config;

import java.time.LocalDate;
import java.time.Period;
import java.util.Map;

/**
 * How old a segmentation may become.
 *
 * @param every age on the as-of date at which a segmentation is fitted again; zero: at every run
 * @param ofLens the same for the lenses that say it for themselves, by their names
 */
public record RefitConfig(Period every, Map<String, Period> ofLens) {
  private static final String ALWAYS = "always";

  /** Makes the map immutable. */
  public RefitConfig {
    ofLens = Map.copyOf(ofLens);
  }

  static Key<Period> key(String path) {
    return new Key<>(
        path + ".refit-every",
        Periods.EXAMPLES + ", or " + ALWAYS,
        value ->
            Values.text(value)
                .filter(text -> text.trim().equalsIgnoreCase(ALWAYS))
                .map(always -> Period.ZERO)
                .or(() -> Values.period(value)),
        period -> !period.isNegative());
  }

  /** Age at which a segmentation of a lens is fitted again; zero: at every run. */
  public Period of(String lens) {
    return ofLens.getOrDefault(lens, every);
  }

  /** Whether a lens is fitted at every run. */
  public boolean always(String lens) {
    return of(lens).isZero();
  }

  /** Whether what was fitted on a date is old enough to be fitted again on another one. */
  public boolean isDue(String lens, LocalDate fitted, LocalDate asOf) {
    return !asOf.isBefore(fitted.plus(of(lens)));
  }

  /** The argument of the command line that makes a lens be fitted anew. */
  public static String anew(String lens) {
    String path = SegmentsConfig.OWN.contains(lens) ? "segments." + lens : LensConfig.path(lens);
    return "--set " + key(path).path() + "=" + ALWAYS;
  }
}
