package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;

import io.stratify.common.Counted;
import io.stratify.common.config.Gate;
import io.stratify.common.config.PolicyConfig;
import io.stratify.common.tables.CustomerOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Whether it matters to the business in which segment a customer is: customers are divided as they
 * were at a past snapshot, and held against what they did in the days after it. Rates are tested by
 * chi-squared (Pearson 1900) with Cramer's V (Cramer 1946), skewed money by the ranks (Kruskal and
 * Wallis 1952), other numbers by the analysis of variance (Fisher 1925) with eta squared. P-values
 * are adjusted for all tests of the segmentation (Benjamini and Hochberg 1995).
 */
final class Consequences {
  private static final String EFFECT = "objective: share of the variance";
  private static final String SIGNIFICANCE = "objective: p-value";

  private static final String NOBODY = "there are no customers";
  private static final String NOT_PASSED = "the days after it have not passed on the as-of date";

  private final Subject subject;
  private final Gates gates;
  private final Bootstrap bootstrap;

  Consequences(Subject subject, Gates gates, Bootstrap bootstrap) {
    this.subject = subject;
    this.gates = gates;
    this.bootstrap = bootstrap;
  }

  /** A test of one outcome after one snapshot, with the share of the variance in its samples. */
  private record Test(
      Crowd crowd, String outcome, Tested tested, double variance, Interval interval) {}

  /**
   * The figures.
   *
   * @param objective the outcome that the segments should differ in, if there is one
   */
  List<Figure> of(List<Crowd> past, Optional<String> objective, String absent) {
    List<Test> tests = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    for (Crowd crowd : past) {
      if (crowd.outcomes().isEmpty()) {
        figures.add(Figure.none("outcomes", crowd.name(), crowd.size() == 0 ? NOBODY : NOT_PASSED));
      } else {
        for (String outcome : PolicyConfig.OUTCOMES) {
          double[] values = crowd.outcomes().get(outcome);
          boolean known = Arrays.stream(values).anyMatch(Double::isFinite);
          if (known || objective.filter(outcome::equals).isPresent()) {
            tests.add(test(crowd, outcome));
          }
        }
      }
    }
    double[] adjusted = BenjaminiHochberg.adjusted(tests.stream().mapToDouble(this::p).toArray());
    int measured = (int) tests.stream().filter(t -> t.tested().effect() != null).count();
    for (int i = 0; i < tests.size(); i++) {
      figures.add(figure(tests.get(i), adjusted[i], measured));
    }
    figures.addAll(objective(tests, adjusted, objective, unknown(past, absent)));
    return figures;
  }

  /** Why no snapshot has outcomes. */
  private static String unknown(List<Crowd> past, String absent) {
    if (past.isEmpty()) {
      return absent;
    }
    return past.stream().allMatch(c -> c.size() == 0) ? NOBODY : NOT_PASSED;
  }

  private double p(Test test) {
    return test.tested().effect() == null ? Double.NaN : test.tested().effect().p();
  }

  private List<Figure> objective(
      List<Test> tests, double[] adjusted, Optional<String> objective, String absent) {
    int latest =
        IntStream.range(0, tests.size())
            .filter(i -> objective.filter(tests.get(i).outcome()::equals).isPresent())
            .reduce((first, second) -> second)
            .orElse(-1);
    if (latest < 0 || tests.get(latest).tested().effect() == null) {
      String why =
          objective.isEmpty()
              ? "the lens names no outcome"
              : latest < 0 ? absent : tests.get(latest).tested().notMeasurable();
      return List.of(
          gates.judge(Gate.EFFECT_SIZE, Figure.none(EFFECT, ALL, why)),
          gates.judge(Gate.SIGNIFICANCE, Figure.none(SIGNIFICANCE, ALL, why)));
    }
    Test test = tests.get(latest);
    String cohort = test.outcome() + " after " + test.crowd().asOf();
    return List.of(
        gates.judge(Gate.EFFECT_SIZE, Figure.of(EFFECT, cohort, test.variance(), test.interval())),
        gates.judge(Gate.SIGNIFICANCE, Figure.of(SIGNIFICANCE, cohort, adjusted[latest], null)));
  }

  private Figure figure(Test test, double adjusted, int tests) {
    Kind kind = Kind.of(test.outcome());
    String evidence = test.outcome() + ": " + kind.measure;
    if (test.tested().effect() == null) {
      return Figure.none(evidence, test.crowd().name(), test.tested().notMeasurable());
    }
    Interval interval = test.interval();
    if (kind == Kind.RATE && interval != null) {
      interval = new Interval(Math.sqrt(interval.low()), Math.sqrt(interval.high()));
    }
    return Figure.of(evidence, test.crowd().name(), test.tested().effect().size(), interval)
        .with(adjusted)
        .because(kind.test + ", one of " + Counted.of(tests, "test"));
  }

  private Test test(Crowd crowd, String outcome) {
    double[] all = crowd.outcomes().get(outcome);
    int[] kept = IntStream.range(0, all.length).filter(i -> Double.isFinite(all[i])).toArray();
    double[] values = Bootstrap.pick(all, kept);
    int[] labels = Bootstrap.pick(crowd.labels(), kept);
    Kind kind = Kind.of(outcome);
    Tested tested = kind.test(values, labels, subject.k());
    if (tested.effect() == null) {
      return new Test(crowd, outcome, tested, Double.NaN, null);
    }
    // V squared of a rate, and epsilon squared of ranks, are their eta squared.
    double[] ranked = kind == Kind.MONEY ? new NaturalRanking().rank(values) : values;
    return new Test(
        crowd,
        outcome,
        tested,
        Effects.etaSquared(ranked, labels, subject.k()),
        bootstrap.interval(
            values.length,
            drawn ->
                Effects.etaSquared(
                    Bootstrap.pick(ranked, drawn), Bootstrap.pick(labels, drawn), subject.k())));
  }

  /** What an outcome is, and so how it is tested. */
  enum Kind {
    /** It happens or not. */
    RATE("Cramer's V", "chi-squared"),
    /** Skewed money. */
    MONEY("epsilon squared", "Kruskal-Wallis"),
    /** Any other number. */
    NUMBER("eta squared", "analysis of variance");

    private final String measure;
    private final String test;

    Kind(String measure, String test) {
      this.measure = measure;
      this.test = test;
    }

    static Kind of(String outcome) {
      DataType type = CustomerOutcome.TABLE.column(outcome).orElseThrow().type();
      return type instanceof BooleanType ? RATE : type instanceof DecimalType ? MONEY : NUMBER;
    }

    Tested test(double[] values, int[] labels, int k) {
      return switch (this) {
        case RATE -> Effects.chiSquared(flags(values), labels, k);
        case MONEY -> Effects.kruskalWallis(values, labels, k);
        case NUMBER -> Effects.anova(values, labels, k);
      };
    }

    private static boolean[] flags(double[] values) {
      boolean[] flags = new boolean[values.length];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = values[i] > 0;
      }
      return flags;
    }
  }
}
