package io.stratify.common.config;

/** Which rows of a source count once. */
public enum Deduplicate {
  /** Rows that are equal in every source column; rows that share a key and differ are a fault. */
  EXACT,
  /** Equal rows as with {@link #EXACT}, and of rows that share a key the latest alone counts. */
  LATEST,
  /** None: the source has no row identity, and equal rows are different facts. */
  NONE
}
