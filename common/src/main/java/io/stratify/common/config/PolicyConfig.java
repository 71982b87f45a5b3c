package io.stratify.common.config;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerOutcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;

/**
 * How one candidate of a search is chosen.
 *
 * @param path where the keys are
 * @param weights weight of the rank of a candidate in each measure; 0 leaves the measure out
 * @param tolerance how far below the best score, 0 to 1, a candidate of fewer clusters wins
 * @param resamples bootstrap samples of the measure of stability
 * @param outcome column of {@code customer_outcome} that the segments should differ in, if any
 */
public record PolicyConfig(
    String path,
    Map<Measure, Double> weights,
    double tolerance,
    int resamples,
    Optional<String> outcome) {

  /** What customers may do after a past snapshot, as a number or a flag. */
  public static final List<String> OUTCOMES =
      CustomerOutcome.TABLE.body().stream()
          .filter(c -> c.type() instanceof NumericType || c.type() instanceof BooleanType)
          .filter(c -> !c.equals(CustomerOutcome.WINDOW_DAYS))
          .map(ColumnSpec::name)
          .toList();

  /** What candidates are compared by. */
  public enum Measure {
    /** Macro-averaged silhouette. */
    SILHOUETTE(true),
    /** Variance between over variance within the clusters. */
    CALINSKI_HARABASZ(true),
    /** How much the nearest clusters overlap. */
    DAVIES_BOULDIN(false),
    /** What the parameters cost, less twice the log-likelihood; of mixtures only. */
    BIC(false),
    /** Agreement with clusters of resampled customers. */
    STABILITY(true),
    /** Share of the smallest cluster. */
    SMALLEST_SHARE(true),
    /** How much of the outcome's variance the clusters explain. */
    OUTCOME_EFFECT(true);

    private final boolean higherIsBetter;

    Measure(boolean higherIsBetter) {
      this.higherIsBetter = higherIsBetter;
    }

    /** Whether the first value is better than the second. */
    public boolean isBetter(double a, double b) {
      return higherIsBetter ? a > b : a < b;
    }

    /** The name for people and for configurations. */
    public String label() {
      return ConfigText.word(this);
    }
  }

  /** Checks each value, and that something counts. */
  public PolicyConfig {
    // In one order in every JVM: a lens is fitted anew where its configuration reads otherwise.
    Map<Measure, Double> ordered = new EnumMap<>(Measure.class);
    ordered.putAll(weights);
    weights = Collections.unmodifiableMap(ordered);
    Checks checks = new Checks();
    weights.forEach((m, weight) -> checks.check(weight(path, m), weight));
    checks
        .that(
            weights.values().stream().anyMatch(w -> w > 0),
            path + ".policy",
            path + ".policy weighs nothing; at least one weight must be above 0")
        .check(outcome(path), outcome)
        .check(tolerance(path), tolerance)
        .check(resamples(path), resamples)
        .done();
  }

  /** The weight of a measure. */
  public double weight(Measure measure) {
    return weights.getOrDefault(measure, 0.0);
  }

  static Key<Double> weight(String path, Measure measure) {
    return Key.notNegative(path + ".policy." + measure.label());
  }

  static Key<Double> tolerance(String path) {
    return Key.number(path + ".policy.tolerance", 0, 1);
  }

  static Key<Integer> resamples(String path) {
    return Key.wholeNumber(path + ".policy.resamples", 1, 100);
  }

  static Key<Optional<String>> outcome(String path) {
    return new Key<>(
        path + ".outcome",
        "empty or one of " + String.join(", ", OUTCOMES),
        Values::optionalText,
        outcome -> outcome.isEmpty() || OUTCOMES.contains(outcome.get()));
  }
}
