package io.stratify.jobs.features;

/**
 * What is kept of one customer to compute some features: it sees his days in their order, once, and
 * describes him at any moment between two of them by what it has seen so far. The future cannot
 * leak, since it has not been shown.
 */
interface Tally {
  /** Takes a day, which is later than all before it. */
  void add(Day day);

  /** Says what the features are now. */
  void describe(Moment moment, FeatureValues out);

  /** A part over a whole; null where the whole is nothing. */
  static Double ratio(Number part, Number whole) {
    return whole.doubleValue() == 0 ? null : part.doubleValue() / whole.doubleValue();
  }

  /** A share, which is at most 1 also where more was given back than was ever bought. */
  static Double share(Number part, Number whole) {
    return whole.doubleValue() > 0
        ? Double.valueOf(Math.min(part.doubleValue() / whole.doubleValue(), 1))
        : null;
  }

  /** (last - previous) / (last + previous), 0 where there was nothing in either. */
  static double trend(Number last, Number previous) {
    double now = last.doubleValue();
    double before = previous.doubleValue();
    return now + before > 0 ? (now - before) / (now + before) : 0;
  }
}
