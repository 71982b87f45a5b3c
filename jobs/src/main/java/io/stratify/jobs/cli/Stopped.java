package io.stratify.jobs.cli;

import java.util.Collection;

/** What is said where this process ends before its command does. */
final class Stopped {
  private static final String BY_A_SIGNAL =
      "Stopped: this process was told to end (SIGTERM, Ctrl-C). Give the same command again: it does"
          + " what is left";

  private Stopped() {}

  /**
   * Why it ends.
   *
   * @param threads names of the threads at work: Java handles each signal in one of its own
   */
  static String why(Collection<String> threads) {
    return threads.stream().anyMatch(name -> name.matches("SIG[A-Z]+ handler"))
        ? BY_A_SIGNAL
        : "Stopped: this process was ended from within, as Spark does where memory runs out, and not"
            + " by a signal. If lines above say OutOfMemoryError: "
            + MemoryAdvice.more();
  }
}
