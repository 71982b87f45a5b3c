package io.stratify.jobs.validation;

import io.stratify.common.config.Gate;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentProposal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What should become of segments that nobody needs: one that differs from another in no outcome,
 * figure or response to campaigns should be merged into the larger of the two; one below the least
 * share, or that dissolves in resamples (Jaccard up to 0.5, Hennig 2007), should be retired.
 */
final class Proposals {
  /** Up to it a cluster is dissolved rather than found again (Hennig 2007). */
  static final double DISSOLVED = 0.5;

  /** Of a normal distribution, 97.5 % are below its mean and so many deviations. */
  private static final double DEVIATIONS = 1.96;

  private static final double UNLIKELY = 0.01;

  private final Subject subject;
  private final Gates gates;
  private final int least;

  /**
   * Proposals about a segmentation.
   *
   * @param least customers of whom a measure is known, in either of two segments, for a test
   */
  Proposals(Subject subject, Gates gates, int least) {
    this.subject = subject;
    this.gates = gates;
    this.least = least;
  }

  /** Two segments held against each other in one thing. */
  private record Test(int a, int b, String what, Tested tested) {}

  /**
   * Rows of {@code segment_proposal}, without their slice.
   *
   * @param figures evidence about the segmentation
   */
  List<Row> of(Crowds crowds, List<Figure> figures) {
    List<Row> rows = new ArrayList<>();
    Set<String> proposed = new HashSet<>();
    Set<String> targets = new HashSet<>();
    for (Row merge : merges(crowds)) {
      // Of three that are alike in pairs the first and the last may differ: one step at a time.
      boolean free =
          !targets.contains(merge.getString(1)) && !proposed.contains(merge.getString(4));
      if (free && proposed.add(merge.getString(1))) {
        targets.add(merge.getString(4));
        rows.add(merge);
      }
    }
    for (Row retired : retired(crowds, figures)) {
      if (!targets.contains(retired.getString(1)) && proposed.add(retired.getString(1))) {
        rows.add(retired);
      }
    }
    return rows;
  }

  private List<Row> merges(Crowds crowds) {
    List<Test> tests = new ArrayList<>();
    Crowd now = crowds.now();
    for (String measure : Crowds.MEASURES) {
      if (!measure.equals(CustomerFeatures.TENURE_DAYS.name())) {
        add(tests, measure, now.measures().get(measure), now.labels());
      }
    }
    crowds.past().stream()
        .filter(c -> !c.outcomes().isEmpty())
        .reduce((earlier, later) -> later)
        .ifPresent(
            c ->
                c.outcomes().forEach((outcome, values) -> add(tests, outcome, values, c.labels())));
    double[] adjusted =
        BenjaminiHochberg.adjusted(
            tests.stream().mapToDouble(t -> t.tested().effect().p()).toArray());
    return unlike(tests, adjusted, now.sizes(subject.k()));
  }

  /** Every pair of segments, by ranks: nothing is said about how a measure is distributed. */
  private void add(List<Test> tests, String what, double[] values, int[] labels) {
    for (int a = 0; a < subject.k(); a++) {
      for (int b = a + 1; b < subject.k(); b++) {
        int first = a;
        int second = b;
        int[] kept =
            IntStream.range(0, labels.length)
                .filter(i -> labels[i] == first || labels[i] == second)
                .filter(i -> Double.isFinite(values[i]))
                .toArray();
        if (Math.min(known(kept, labels, first), known(kept, labels, second)) < least) {
          continue;
        }
        Tested tested =
            Effects.kruskalWallis(
                Bootstrap.pick(values, kept), Bootstrap.pick(labels, kept), subject.k());
        if (tested.effect() != null) {
          tests.add(new Test(a, b, what, tested));
        }
      }
    }
  }

  private static long known(int[] kept, int[] labels, int cluster) {
    return Arrays.stream(kept).filter(i -> labels[i] == cluster).count();
  }

  private List<Row> unlike(List<Test> tests, double[] adjusted, long[] sizes) {
    double unlikely = gates.limits().limit(Gate.SIGNIFICANCE).orElse(UNLIKELY);
    Map<List<Integer>, Double> leastP = new TreeMap<>(Comparator.comparing(List::toString));
    Set<List<Integer>> different = new HashSet<>();
    for (int i = 0; i < adjusted.length; i++) {
      List<Integer> pair = List.of(tests.get(i).a(), tests.get(i).b());
      leastP.merge(pair, adjusted[i], Math::min);
      if (adjusted[i] < unlikely) {
        different.add(pair);
      }
    }
    List<Row> rows = new ArrayList<>();
    leastP.forEach(
        (pair, p) -> {
          if (!different.contains(pair)) {
            long count = tests.stream().filter(t -> List.of(t.a(), t.b()).equals(pair)).count();
            rows.add(merge(pair, sizes, p, count));
          }
        });
    return rows;
  }

  private Row merge(List<Integer> pair, long[] sizes, double p, long tests) {
    boolean firstIsLarger = sizes[pair.get(0)] >= sizes[pair.get(1)];
    String larger = subject.segment(pair.get(firstIsLarger ? 0 : 1));
    String smaller = subject.segment(pair.get(firstIsLarger ? 1 : 0));
    return row(
        smaller,
        SegmentProposal.MERGE,
        larger,
        p,
        tests == 1
            ? "of the one outcome, figure or response no difference between them is shown"
            : "of "
                + tests
                + " outcomes, figures and responses none shows a difference between them");
  }

  private List<Row> retired(Crowds crowds, List<Figure> figures) {
    List<Row> rows = new ArrayList<>();
    long[] sizes = crowds.now().sizes(subject.k());
    for (int c = 0; c < sizes.length; c++) {
      double share = sizes[c] / (double) Math.max(1, crowds.now().size());
      double n = Math.max(1, crowds.now().size());
      double most = share + DEVIATIONS * Math.sqrt(share * (1 - share) / n);
      if (most < gates.limits().minShare()) {
        String why =
            String.format(
                Locale.ROOT,
                "it holds %.3f of the customers whom the lens divides, less than %.3f",
                share,
                gates.limits().minShare());
        rows.add(row(subject.segment(c), SegmentProposal.RETIRE, null, share, why));
      }
    }
    figures.stream()
        .filter(f -> f.evidence().equals(Resampling.JACCARD) && f.measured())
        .filter(f -> f.value() <= DISSOLVED)
        .forEach(
            f ->
                rows.add(
                    row(
                        f.segment(),
                        SegmentProposal.RETIRE,
                        null,
                        f.value(),
                        String.format(
                            Locale.ROOT,
                            "it dissolves in resamples: Jaccard %.3f, at most %.1f",
                            f.value(),
                            DISSOLVED))));
    return rows;
  }

  private Row row(String segment, String proposal, String into, double value, String why) {
    return RowFactory.create(
        subject.segmentation().id(),
        segment,
        subject.segmentation().lens(),
        proposal,
        into,
        value,
        why);
  }
}
