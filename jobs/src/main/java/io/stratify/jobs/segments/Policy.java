package io.stratify.jobs.segments;

import io.stratify.common.config.PolicyConfig;
import io.stratify.common.config.PolicyConfig.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses among candidates by the weighted mean of their ranks, which needs no common scale of the
 * measures (Borda's count). A rank is 1 for the best candidate and 0 for the worst; one that lacks
 * a figure, as k-means lacks a likelihood, is in the middle. Only candidates with large enough
 * clusters are ranked, as long as there are any.
 */
final class Policy {
  private static final double EQUAL = 1e-9;

  private final PolicyConfig config;
  private final double minShare;

  Policy(PolicyConfig config, double minShare) {
    this.config = config;
    this.minShare = minShare;
  }

  /**
   * A candidate with its score.
   *
   * @param candidate the candidate
   * @param score weighted mean rank, 0 to 1; null where it is not ranked
   * @param chosen whether it is the one
   * @param reason why, or why not
   */
  record Judged(Fitted candidate, Double score, boolean chosen, String reason) {}

  /** All candidates with the reason for the choice; none is chosen where none is usable. */
  List<Judged> judge(List<Fitted> candidates) {
    List<Fitted> usable = candidates.stream().filter(Fitted::usable).toList();
    List<Fitted> large =
        usable.stream().filter(c -> c.figures().smallestShare() >= minShare).toList();
    Fitted chosen = large.isEmpty() ? largest(usable) : best(large);
    List<Judged> judged = new ArrayList<>();
    for (Fitted c : candidates) {
      Double score = large.contains(c) ? (Double) score(c, large) : null;
      judged.add(new Judged(c, score, c.equals(chosen), reason(c, chosen, large)));
    }
    return judged;
  }

  /** Without any with large enough clusters, the one whose smallest is largest. */
  private static Fitted largest(List<Fitted> usable) {
    return usable.stream()
        .max(
            Comparator.<Fitted>comparingDouble(c -> c.figures().smallestShare())
                .thenComparing(Fitted::k, Comparator.reverseOrder()))
        .orElse(null);
  }

  /** The smallest k within the tolerance of the best; of equal k the better one, then the first. */
  private Fitted best(List<Fitted> large) {
    double top = top(large);
    return large.stream()
        .filter(c -> score(c, large) >= top - config.tolerance() - EQUAL)
        .min(
            Comparator.comparingInt(Fitted::k)
                .thenComparing(c -> -score(c, large))
                .thenComparing(Fitted::algorithm))
        .orElseThrow();
  }

  private double top(List<Fitted> large) {
    return large.stream().mapToDouble(c -> score(c, large)).max().orElse(0);
  }

  private double score(Fitted candidate, List<Fitted> among) {
    double sum = 0;
    double weights = 0;
    for (Measure m : Measure.values()) {
      List<Double> known =
          among.stream().map(c -> c.figures().of(m)).flatMap(Optional::stream).toList();
      if (config.weight(m) > 0 && !known.isEmpty()) {
        sum += config.weight(m) * rank(candidate.figures().of(m), known, m);
        weights += config.weight(m);
      }
    }
    return weights == 0 ? 0.5 : sum / weights;
  }

  private static double rank(Optional<Double> value, List<Double> known, Measure m) {
    if (value.isEmpty() || known.size() == 1) {
      return 0.5;
    }
    double worse = known.stream().filter(v -> m.isBetter(value.get(), v)).count();
    double equal = known.stream().filter(v -> v.equals(value.get())).count() - 1.0;
    return (worse + equal / 2) / (known.size() - 1);
  }

  private String reason(Fitted c, Fitted chosen, List<Fitted> large) {
    if (!c.usable()) {
      return "discarded: " + String.join("; ", c.discarded());
    }
    String floor = text("smallest share %.3f, floor %.3f", c.figures().smallestShare(), minShare);
    if (!large.contains(c)) {
      return c.equals(chosen)
          ? "no candidate meets the floor; this one is nearest to it: " + floor
          : floor;
    }
    double score = score(c, large);
    double top = top(large);
    if (c.equals(chosen)) {
      return score >= top - EQUAL
          ? text("best score %.3f with %s", score, floor)
          : text(
              "fewest clusters with a score (%.3f) within %.3f of the best (%.3f); %s",
              score, config.tolerance(), top, floor);
    }
    return score >= top - config.tolerance() - EQUAL
        ? text("score %.3f is as good as that of %s, which is simpler", score, chosen.label())
        : text("score %.3f below %.3f of %s", score, score(chosen, large), chosen.label());
  }

  /** The chosen one. */
  static Fitted chosen(List<Judged> judged) {
    return judged.stream()
        .filter(Judged::chosen)
        .map(Judged::candidate)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
