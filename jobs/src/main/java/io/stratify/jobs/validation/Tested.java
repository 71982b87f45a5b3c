package io.stratify.jobs.validation;

/**
 * An effect, or the reason why there is none to measure: always one of them.
 *
 * @param effect null where it is not measurable
 * @param notMeasurable the reason, for a reader; null where there is an effect
 */
record Tested(Effect effect, String notMeasurable) {
  Tested {
    if ((effect == null) == (notMeasurable == null)) {
      throw new IllegalArgumentException(
          "A test has either an effect or a reason why it has none, not "
              + effect
              + " and "
              + notMeasurable);
    }
  }

  static Tested of(double size, double p) {
    return new Tested(new Effect(size, p), null);
  }

  static Tested notMeasurable(String reason) {
    return new Tested(null, reason);
  }
}
