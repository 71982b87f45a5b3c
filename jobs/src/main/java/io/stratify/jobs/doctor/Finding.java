package io.stratify.jobs.doctor;

/**
 * What a check found.
 *
 * @param check what was looked at
 * @param verdict what is to be thought of it
 * @param found what was found, and what to do about it
 */
public record Finding(String check, Verdict verdict, String found) {
  /** What is to be thought of a finding. */
  public enum Verdict {
    /** As it should be. */
    OK("ok"),
    /** A run works, but somebody should know. */
    LOOK("look"),
    /** A run would fail. */
    FAILS("FAILS");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    /** As it is printed. */
    public String label() {
      return label;
    }
  }

  /** A finding whose check is named by who runs it. */
  record Answer(Verdict verdict, String found) {
    static Answer ok(String found) {
      return new Answer(Verdict.OK, found);
    }

    static Answer look(String found) {
      return new Answer(Verdict.LOOK, found);
    }

    static Answer fails(String found) {
      return new Answer(Verdict.FAILS, found);
    }
  }

  /** One check; whatever it throws is found to fail. */
  @FunctionalInterface
  interface Check {
    Answer look() throws Exception;
  }
}
