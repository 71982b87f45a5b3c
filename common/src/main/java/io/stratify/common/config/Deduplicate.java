package io.stratify.common.config;

/** Which rows of a source count once. */
public enum Deduplicate {
  /** Rows that are equal in every source column. */
  EXACT,
  /** None: the source has no row identity, and equal rows are different facts. */
  NONE
}
