package io.stratify.common.config;

/** What a quality rule looks at. */
public enum RuleKind {
  /** The columns have a value. */
  NOT_NULL(true),
  /** No two rows share the values of the columns; rows without one of them do not count. */
  UNIQUE(true),
  /** The column has one of some values, or none. */
  IN_SET(true),
  /** The column is at least min and at most max, or has no value. */
  RANGE(true),
  /** The whole text of the column matches a regular expression, or there is none. */
  MATCHES(true),
  /** The column names a row of another input, or none. */
  REFERENCES(true),
  /** A SQL condition over the canonical columns does not say false. */
  HOLDS(true),
  /** The newest row is no older than some days before the as-of date. */
  FRESHNESS(false),
  /**
   * The rows conformed are within a range of ratios to those of the run of the as-of date before.
   */
  VOLUME(false),
  /** The share of rows without a value in the column is at most max. */
  NULL_SHARE(false);

  private final boolean ofRows;

  RuleKind(boolean ofRows) {
    this.ofRows = ofRows;
  }

  /** Whether single rows pass or fail, rather than the input as a whole. */
  public boolean ofRows() {
    return ofRows;
  }

  /** The name in the configuration. */
  public String key() {
    return ConfigText.word(this);
  }
}
