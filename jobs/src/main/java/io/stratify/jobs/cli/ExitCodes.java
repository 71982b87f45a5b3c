package io.stratify.jobs.cli;

/** What the exit code of a command says to a scheduler. */
final class ExitCodes {
  /** Done. */
  static final int DONE = 0;

  /** Anything but the others; try again once the cause is gone. */
  static final int FAILED = 1;

  /** Bad usage or configuration; trying again is pointless. */
  static final int USAGE = 2;

  /**
   * All done, but a gate failed: a lens kept its champion, or has none and is provisional or left
   * out.
   */
  static final int GATE_FAILED = 3;

  /** All done, but the measures of a lens say that it should be refitted. */
  static final int REFIT_PROPOSED = 4;

  private ExitCodes() {}

  /** Of two runs that were done: a gate that failed is news that a proposal is not. */
  static int worse(int one, int other) {
    return one == GATE_FAILED || other == GATE_FAILED ? GATE_FAILED : Math.max(one, other);
  }
}
