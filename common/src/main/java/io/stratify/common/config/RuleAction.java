package io.stratify.common.config;

/** What follows from a broken quality rule. */
public enum RuleAction {
  /** It is recorded, and the run says so. */
  WARN,
  /** The rows go to the quarantine. */
  QUARANTINE,
  /** The run stops before anything is written. */
  FAIL
}
