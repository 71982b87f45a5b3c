package io.stratify.jobs.segments;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Readable names for clusters, from what sets each one apart most. */
final class SegmentNames {
  /** Words of a name, more only where another cluster has the same. */
  private static final int USUAL = 2;

  private SegmentNames() {}

  /** One name per cluster, all different. */
  static List<String> of(List<Traits> clusters) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Traits traits : clusters) {
      List<String> words = traits.noticeable();
      int used = Math.min(USUAL, words.size());
      while (used < words.size() && taken.contains(join(words, used))) {
        used++;
      }
      names.add(unique(join(words, used), taken));
    }
    return names;
  }

  /** The name, with a number where it is taken; it is taken then. */
  static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int n = 2; !taken.add(unique); n++) {
      unique = name + " (" + n + ")";
    }
    return unique;
  }

  private static String join(List<String> words, int n) {
    String name = n == 0 ? Traits.AVERAGE : String.join(", ", words.subList(0, n));
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
