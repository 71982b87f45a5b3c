package io.stratify.common.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of all files, and the keys whose values nothing can be concluded from. */
final class Problems {
  private static final int LONGEST = 60;
  private static final String CUT = "...";

  /** Of what is shown of a value a part may be secret, and all of it may be long. */
  private record Located(Origin origin, String message, String shown, String rest) {
    String line(Secrets secrets) {
      String hidden = secrets.hide(shown);
      String cut =
          hidden.length() > LONGEST ? hidden.substring(0, LONGEST - CUT.length()) + CUT : hidden;
      return origin + ": " + secrets.hide(message) + cut + secrets.hide(rest);
    }
  }

  private final List<String> sources;
  private final Set<Located> found = new LinkedHashSet<>();
  private final Set<String> failed = new LinkedHashSet<>();

  /** Problems are listed by these sources in their order, then by any other. */
  Problems(List<String> sources) {
    this.sources = List.copyOf(sources);
  }

  void add(Origin origin, String message) {
    add(origin, message, "", "");
  }

  /** The same with what was found in between, which is cut where it is long. */
  void add(Origin origin, String message, String shown, String rest) {
    found.add(new Located(origin, message, shown, rest));
  }

  /** Notes that a key has no usable value, so that no further problem is derived from it. */
  void fail(String key) {
    failed.add(key);
  }

  /** Whether a key, one above it or one below it has no usable value. */
  boolean touches(String key) {
    return failed.stream().anyMatch(f -> f.equals(key) || below(f, key) || below(key, f));
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** One line per problem, in the order of the files and their lines, without secrets. */
  List<String> lines(Secrets secrets) {
    List<Located> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparingInt((Located p) -> rank(p.origin().source()))
            .thenComparingInt(p -> p.origin().line()));
    return sorted.stream().map(p -> p.line(secrets)).toList();
  }

  private int rank(String source) {
    int index = sources.indexOf(source);
    return index < 0 ? sources.size() : index;
  }

  private static boolean below(String key, String above) {
    return key.startsWith(above + ".") || key.startsWith(above + "[");
  }
}
