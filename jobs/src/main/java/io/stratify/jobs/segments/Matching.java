package io.stratify.jobs.segments;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Which segment of a refit goes on being which segment of the champion: the one-to-one assignment
 * with the most customers in common (Kuhn 1955, Munkres 1957), as far as it is still the same group
 * of people. That it is where at least 70 % of the earlier segment are in the later one, and at
 * least 70 % of the later one come from the earlier: with the share of one side alone a segment
 * that swallowed another would count as both (Spiliopoulou et al. 2006, MONIC, ask for one side and
 * 50 %; ours is stricter, since a name that goes on is a promise to those who read it).
 */
public final class Matching {
  /** Least share, on either side, at which a segment is still the same. */
  static final double SURVIVES = 0.7;

  private Matching() {}

  @FunctionalInterface
  private interface Common {
    double of(int i, int j);
  }

  /** Later ids and the earlier ids they go on with. */
  static Map<String, String> survivors(Overlap overlap) {
    Map<String, String> survivors = new TreeMap<>();
    int[] match = mostInCommon(overlap);
    for (int i = 0; i < match.length; i++) {
      int j = match[i];
      if (j < overlap.after().size()
          && overlap.shareOfBefore(i, j) >= SURVIVES
          && overlap.shareOfAfter(i, j) >= SURVIVES) {
        survivors.put(overlap.after().get(j), overlap.before().get(i));
      }
    }
    return survivors;
  }

  /**
   * For every cluster of one division of some points that of another one with which it has most
   * points in common, no two the same.
   *
   * @param weights of the points
   */
  public static int[] mostInCommon(int[] labels, int[] others, double[] weights) {
    int k = 1 + Math.max(max(labels), max(others));
    double[][] common = new double[k][k];
    for (int i = 0; i < labels.length; i++) {
      common[labels[i]][others[i]] += weights[i];
    }
    return mostInCommon(k, (i, j) -> common[i][j]);
  }

  private static int max(int[] labels) {
    return Arrays.stream(labels).max().orElse(0);
  }

  /** For every earlier segment the later one; beyond their number where none is left. */
  private static int[] mostInCommon(Overlap overlap) {
    int size = Math.max(overlap.before().size(), overlap.after().size());
    int[] match = mostInCommon(size, (i, j) -> common(overlap, i, j));
    return Arrays.copyOf(match, overlap.before().size());
  }

  private static int[] mostInCommon(int size, Common common) {
    SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    Set<Integer> left = new LinkedHashSet<>();
    Set<Integer> right = new LinkedHashSet<>();
    for (int v = 0; v < size; v++) {
      left.add(v);
      right.add(size + v);
    }
    left.forEach(graph::addVertex);
    right.forEach(graph::addVertex);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        graph.setEdgeWeight(graph.addEdge(i, size + j), -common.of(i, j));
      }
    }
    int[] match = new int[size];
    for (DefaultWeightedEdge edge :
        new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, left, right).getMatching()) {
      match[graph.getEdgeSource(edge)] = graph.getEdgeTarget(edge) - size;
    }
    return match;
  }

  private static double common(Overlap overlap, int i, int j) {
    return i < overlap.before().size() && j < overlap.after().size()
        ? overlap.customers()[i][j]
        : 0;
  }
}
