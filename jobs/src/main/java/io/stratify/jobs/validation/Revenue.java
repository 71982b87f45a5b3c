package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;

import io.stratify.common.Counted;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How concentrated the net revenue is: the index of Gini (1912) over the customers, 0 where all
 * bring the same and 1 - 1 / n where one of n brings all, and the share of the segment that brings
 * most. The index is of amounts that are not below 0: there a customer who gave back more than he
 * bought counts as 0. In the shares he counts as he is: losses lower the revenue of his segment and
 * that of all, and where others lose the share may be above 1. All are those whom the lens divides;
 * {@code segment_kpi} has shares of the revenue of all customers.
 */
final class Revenue {
  private static final String GINI = "revenue: Gini";
  private static final String TOP = "revenue: share of the top segment";

  private static final String NOTHING = "all customers together brought nothing, or a loss";

  private final Subject subject;
  private final Bootstrap bootstrap;

  Revenue(Subject subject, Bootstrap bootstrap) {
    this.subject = subject;
    this.bootstrap = bootstrap;
  }

  List<Figure> of(Crowd now) {
    double[] revenue =
        Arrays.stream(now.measures().get(CustomerFeatures.MONETARY_NET.name()))
            .map(v -> Double.isFinite(v) ? v : 0)
            .toArray();
    double[] shares = shares(revenue, now.labels());
    if (Double.isNaN(shares[0])) {
      return List.of(Figure.none(GINI, ALL, NOTHING), Figure.none(TOP, ALL, NOTHING));
    }
    List<Figure> figures = new ArrayList<>();
    int top = 0;
    for (int s = 1; s < shares.length; s++) {
      top = shares[s] > shares[top] ? s : top;
    }
    int most = top;
    String whom = "of " + Counted.of(now.size(), "customer") + " whom the lens divides";
    figures.add(
        Figure.of(
                GINI,
                ALL,
                Concentration.gini(revenue),
                bootstrap.interval(
                    revenue.length, d -> Concentration.gini(Bootstrap.pick(revenue, d))))
            .because(whom));
    figures.add(
        Figure.ofSegment(
                TOP,
                ALL,
                subject.segment(top),
                shares[top],
                bootstrap.interval(
                    revenue.length,
                    d -> shares(Bootstrap.pick(revenue, d), Bootstrap.pick(now.labels(), d))[most]))
            .because(whom));
    return figures;
  }

  /** Share of the revenue per segment; NaN where there is none. */
  private double[] shares(double[] revenue, int[] labels) {
    double[] shares = new double[subject.k()];
    double all = Arrays.stream(revenue).sum();
    if (!(all > 0)) {
      Arrays.fill(shares, Double.NaN);
      return shares;
    }
    for (int i = 0; i < labels.length; i++) {
      shares[labels[i]] += revenue[i] / all;
    }
    return shares;
  }
}
