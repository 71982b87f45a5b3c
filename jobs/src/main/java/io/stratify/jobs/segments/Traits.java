package io.stratify.jobs.segments;

import java.util.Comparator;
import java.util.List;

/**
 * What sets a cluster apart from all customers: how many standard deviations its centre lies from
 * their mean, feature by feature, and the word for it.
 */
record Traits(List<Trait> all) {
  /** A cluster that nothing sets apart. */
  static final String AVERAGE = "average customers";

  /** Below half a standard deviation nobody would notice (Cohen 1988: medium effect). */
  private static final double NOTICEABLE = 0.5;

  /**
   * A name that was given stays true down to here (Cohen 1988: small effect), so that one at the
   * edge of what is noticeable does not come and go with every refit.
   */
  private static final double KEPT = 0.2;

  /** One feature: the standard deviations and the word. */
  record Trait(double deviations, String word) {}

  /** Sorts them, the largest difference first. */
  Traits {
    all =
        all.stream()
            .sorted(Comparator.comparingDouble((Trait t) -> -Math.abs(t.deviations())))
            .toList();
  }

  /** The words that a new name is made of. */
  List<String> noticeable() {
    return words(NOTICEABLE);
  }

  /** Whether all that a name says is true of the cluster; the case of the first letter is free. */
  boolean describedBy(String name) {
    String said = name.replaceFirst(" \\(\\d+\\)$", "");
    return said.equalsIgnoreCase(AVERAGE) ? noticeable().isEmpty() : isMadeOf(words(KEPT), said);
  }

  private List<String> words(double least) {
    return all.stream().filter(t -> Math.abs(t.deviations()) >= least).map(Trait::word).toList();
  }

  /** Words may have commas of their own: keys of maps are what people wrote. */
  private static boolean isMadeOf(List<String> words, String said) {
    return words.stream()
        .filter(w -> said.regionMatches(true, 0, w, 0, w.length()))
        .map(w -> said.substring(w.length()))
        .anyMatch(
            rest ->
                rest.isEmpty() || (rest.startsWith(", ") && isMadeOf(words, rest.substring(2))));
  }
}
