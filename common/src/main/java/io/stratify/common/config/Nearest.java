package io.stratify.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which of some names was meant. */
public final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest edits, unless a third of the word or more would be edited. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(c -> distance(word, c) <= Math.max(1, Math.min(word.length(), c.length()) / 3))
        .min(Comparator.comparingInt((String c) -> distance(word, c)).thenComparing(c -> c));
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that make {@code b} of {@code a}.
   */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, 1 + edits[i - 2][j - 2]) : best;
  }
}
