package io.stratify.common.config;

/**
 * Whose data may be used.
 *
 * @param purpose purpose that a customer must have agreed to for being segmented
 * @param withoutDecision what holds for a customer who decided nothing
 * @param withoutTable what holds for everybody where there is no input {@code consents}
 * @param pastSnapshots whether a withdrawal also holds for as-of dates before it
 */
public record ConsentConfig(
    String purpose, Default withoutDecision, Default withoutTable, boolean pastSnapshots) {
  static final Key<String> PURPOSE = Key.text("consent.purpose", "a purpose such as analytics");
  static final Key<Default> WITHOUT_DECISION = Key.oneOf("consent.without-decision", Default.class);
  static final Key<Default> WITHOUT_TABLE = Key.oneOf("consent.without-table", Default.class);
  static final Key<Boolean> PAST_SNAPSHOTS = Key.flag("consent.past-snapshots");

  /** What holds where nothing was decided. */
  public enum Default {
    /** The data may be used. */
    GRANTED,
    /** The customer is withheld. */
    WITHHELD
  }

  /** Checks the purpose; blanks around it are none of it. */
  public ConsentConfig {
    purpose = purpose.strip();
    new Checks().check(PURPOSE, purpose).done();
  }
}
