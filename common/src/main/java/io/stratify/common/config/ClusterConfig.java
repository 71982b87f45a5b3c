package io.stratify.common.config;

import io.stratify.common.config.PolicyConfig.Measure;
import java.util.Arrays;
import java.util.List;

/**
 * A lens of clusters over features.
 *
 * @param name name of the lens
 * @param enabled whether the lens is computed
 * @param features columns of {@code customer_features}, features of the configuration, or keys of a
 *     map such as {@code importance.price}, where {@code importance.*} stands for the most frequent
 *     of them
 * @param search which candidates there are
 * @param preparation what is done to the features before distances are measured
 * @param policy how one of the candidates is chosen
 */
public record ClusterConfig(
    String name,
    boolean enabled,
    List<String> features,
    SearchConfig search,
    PreparationConfig preparation,
    PolicyConfig policy)
    implements LensConfig {
  /** Name of the lens that every configuration has. */
  public static final String BEHAVIOUR = "behaviour";

  private static final String ALL_KEYS = ".*";

  /**
   * Checks that there are features, two at least, unless one stands for many, and that the policy
   * has something to compare candidates by.
   */
  public ClusterConfig {
    features = List.copyOf(features);
    String path = path(name);
    new Checks()
        .check(features(path), features)
        .all(Ids.repeated(features(path).path(), features))
        .that(
            Arrays.stream(Measure.values())
                .anyMatch(m -> policy.weight(m) > 0 && isMeasured(m, search, policy)),
            path + ".policy",
            path
                + ".policy weighs nothing that is measured; bic needs gaussian-mixture among the"
                + " algorithms, outcome-effect needs an outcome",
            SearchConfig.algorithms(path).path(),
            PolicyConfig.outcome(path).path())
        .done();
  }

  private static boolean isMeasured(Measure measure, SearchConfig search, PolicyConfig policy) {
    return switch (measure) {
      case BIC -> search.algorithms().contains(Algorithm.GAUSSIAN_MIXTURE);
      case OUTCOME_EFFECT -> policy.outcome().isPresent();
      default -> true;
    };
  }

  /** Where the keys of a lens are. */
  static String path(String name) {
    return name.equals(BEHAVIOUR) ? "segments." + BEHAVIOUR : LensConfig.path(name);
  }

  /** Where the keys of this lens are. */
  public String path() {
    return path(name);
  }

  /** Fewest clusters. */
  public int kMin() {
    return search.kMin();
  }

  /** Most clusters. */
  public int kMax() {
    return search.kMax();
  }

  static Key<List<String>> features(String path) {
    return new Key<>(
        path + ".features",
        "a list of at least 2 columns",
        value -> Values.list(value, Values::text),
        features -> features.size() >= 2 || features.stream().anyMatch(f -> f.endsWith(ALL_KEYS)));
  }
}
