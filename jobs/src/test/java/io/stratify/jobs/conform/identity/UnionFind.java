package io.stratify.jobs.conform.identity;

import java.util.Map;
import java.util.TreeMap;

/** The textbook way to components, in memory: what the distributed one is compared with. */
final class UnionFind<T extends Comparable<T>> {
  private final Map<T, T> parents = new TreeMap<>();

  void link(T one, T other) {
    T a = find(one);
    T b = find(other);
    if (a.compareTo(b) < 0) {
      parents.put(b, a);
    } else {
      parents.put(a, b);
    }
  }

  /** The smallest member of the component. */
  T find(T node) {
    T parent = parents.computeIfAbsent(node, n -> n);
    return parent.equals(node) ? node : find(parent);
  }

  /** Every node seen, with the smallest of its component. */
  Map<T, T> components() {
    Map<T, T> all = new TreeMap<>();
    parents.keySet().forEach(n -> all.put(n, find(n)));
    return all;
  }
}
