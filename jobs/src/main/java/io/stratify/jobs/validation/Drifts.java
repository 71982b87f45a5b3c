package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;

import io.stratify.common.config.Gate;
import io.stratify.jobs.features.Stability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How much the population moved since each past snapshot of enough customers: the population
 * stability index of every feature, over the bins of that snapshot, and of the shares of the
 * segments ({@link Stability}). Only the step from the latest one is held against the gates: over
 * years every population moves. An index is never negative, and a resample adds its own noise to
 * it: its interval lies high.
 */
final class Drifts {
  static final String FEATURE = "drift of a feature";
  static final String FEATURES = "drift: the feature that moved most";
  static final String SHARES = "drift of the shares";
  private static final int DECILES = 10;
  private static final int TWENTIETHS = 20;

  /**
   * Customers below which chance alone moves an index of eleven bins by (11 - 1) (1/n + 1/n), which
   * is 0.1 for 200 (Yurdakul 2018).
   */
  static final int LEAST = 200;

  private final Subject subject;
  private final Gates gates;
  private final Bootstrap bootstrap;

  Drifts(Subject subject, Gates gates, Bootstrap bootstrap) {
    this.subject = subject;
    this.gates = gates;
    this.bootstrap = bootstrap;
  }

  List<Figure> of(Crowds crowds, String absent) {
    List<Crowd> past = crowds.past().stream().filter(c -> c.size() >= LEAST).toList();
    if (past.isEmpty() || crowds.now().size() < LEAST) {
      String why =
          crowds.past().isEmpty()
              ? absent
              : "fewer than " + LEAST + " customers are in it, now or in the past";
      return List.of(
          gates.judge(Gate.FEATURE_DRIFT, Figure.none(FEATURES, ALL, why)),
          gates.judge(Gate.SHARE_DRIFT, Figure.none(SHARES, ALL, why)));
    }
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      boolean latest = i == past.size() - 1;
      figures.addAll(since(past.get(i), crowds.now(), latest));
    }
    return figures;
  }

  private List<Figure> since(Crowd before, Crowd now, boolean latest) {
    String cohort = "since " + before.asOf();
    List<Figure> figures = new ArrayList<>();
    Map<String, Figure> features = new LinkedHashMap<>();
    List<String> names = subject.features();
    for (int j = 0; j < names.size(); j++) {
      // A feature may stand twice: its value, and whether it is missing.
      if (!features.containsKey(names.get(j))) {
        features.put(names.get(j), feature(cohort, names.get(j), before, now, j));
      }
    }
    Figure worst =
        features.values().stream().max(Comparator.comparing(Figure::value)).orElseThrow();
    String name =
        features.entrySet().stream()
            .filter(e -> e.getValue().equals(worst))
            .findFirst()
            .orElseThrow()
            .getKey();
    Figure most = Figure.of(FEATURES, cohort, worst.value(), worst.interval()).because(name);
    Figure shares = shares(cohort, before, now);
    if (latest) {
      figures.addAll(features.values());
    }
    figures.add(latest ? gates.judge(Gate.FEATURE_DRIFT, most) : most);
    figures.add(latest ? gates.judge(Gate.SHARE_DRIFT, shares) : shares);
    return figures;
  }

  private Figure feature(String cohort, String name, Crowd before, Crowd now, int feature) {
    double[] reference = before.raw().stream().mapToDouble(x -> x[feature]).toArray();
    double[] cuts = cuts(reference);
    int[] was = bins(reference, cuts);
    int[] is = bins(now.raw().stream().mapToDouble(x -> x[feature]).toArray(), cuts);
    return index(FEATURE + ": " + name, cohort, was, is, cuts.length + 2);
  }

  private Figure shares(String cohort, Crowd before, Crowd now) {
    boolean one =
        Arrays.stream(before.labels()).distinct().count() == 1
            && Arrays.stream(now.labels()).distinct().count() == 1;
    return one
        ? Figure.none(SHARES, cohort, "all customers are in one segment")
        : index(SHARES, cohort, before.labels(), now.labels(), subject.k());
  }

  /** The index, with the interval of samples of either time. */
  private Figure index(String evidence, String cohort, int[] was, int[] is, int bins) {
    double[] values = new double[bootstrap.resamples()];
    for (int b = 0; b < values.length; b++) {
      values[b] =
          Stability.ofShares(
              shares(Bootstrap.pick(was, bootstrap.draw(was.length, b)), bins),
              shares(Bootstrap.pick(is, bootstrap.draw(is.length, values.length + b)), bins));
    }
    return Figure.of(
        evidence,
        cohort,
        Stability.ofShares(shares(was, bins), shares(is, bins)),
        Interval.of(values, Bootstrap.LEVEL));
  }

  /** The different deciles of the known values, but for the greatest, as Stability has them. */
  static double[] cuts(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new double[0];
    }
    double[] deciles =
        IntStream.range(1, DECILES)
            .mapToDouble(i -> quantile(sorted, i, DECILES))
            .distinct()
            .toArray();
    double[] cuts =
        Stability.apart(deciles, quantile(sorted, 1, TWENTIETHS), quantile(sorted, 19, TWENTIETHS));
    // Where many have the least value, whoever falls below it later must not stay in their bin.
    DoubleStream least =
        sorted[0] == cuts[0] ? DoubleStream.of(Math.nextDown(sorted[0])) : DoubleStream.empty();
    return DoubleStream.concat(least, Arrays.stream(cuts)).toArray();
  }

  private static double quantile(double[] sorted, int i, int of) {
    return sorted[(int) Math.ceil(i * sorted.length / (double) of) - 1];
  }

  /** Bin of each value: up to each cut, beyond the last, and the last of all for a missing one. */
  static int[] bins(double[] values, double[] cuts) {
    int[] bins = new int[values.length];
    for (int i = 0; i < bins.length; i++) {
      int place = Arrays.binarySearch(cuts, values[i]);
      bins[i] = !Double.isFinite(values[i]) ? cuts.length + 1 : place >= 0 ? place : -place - 1;
    }
    return bins;
  }

  private static double[] shares(int[] bins, int count) {
    double[] shares = new double[count];
    for (int bin : bins) {
      shares[bin] += 1.0 / bins.length;
    }
    return shares;
  }
}
