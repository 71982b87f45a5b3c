package io.stratify.jobs.segments;

import io.stratify.common.config.Algorithm;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One way of dividing all customers: by rules, by tiers or by clusters. */
interface Lens {
  /** Name of the lens. */
  String name();

  /** Text of everything in the configuration that a fit depends on. */
  String configuration();

  /** The configuration as it is published. */
  String parameters();

  /** Features that it divides by and that are in no text of it. */
  default List<String> unsaid() {
    return List.of();
  }

  /** Why there is nothing that the lens could divide customers by, if that is so. */
  default Optional<String> absent(Input input) {
    return Optional.empty();
  }

  /** Lenses that it is made of: where one of them is fitted anew, so is this one. */
  default List<String> parts() {
    return List.of();
  }

  /** Whether a champion of the lens was made of other models than its parts have now. */
  default boolean isOutdated(Segmentation champion, Map<String, Segmentation> models) {
    return false;
  }

  /**
   * Fits the lens.
   *
   * @throws IndivisibleException if the customers are too few, or too much alike
   * @throws io.stratify.common.StratifyException if it cannot be fitted for another reason
   */
  Fit fit(Input input);

  /**
   * What a lens is fitted on.
   *
   * @param features {@code customer_features} of one snapshot
   * @param customers number of its rows
   * @param asOf the as-of date
   * @param configHash hash of {@link #configuration()}
   * @param past features of a past snapshot with what customers did after it, where there is one
   * @param models models of the lenses before it, by their names
   * @param notices takes what the user should know
   */
  record Input(
      Dataset<Row> features,
      long customers,
      LocalDate asOf,
      String configHash,
      Optional<Dataset<Row>> past,
      Map<String, Segmentation> models,
      Consumer<String> notices) {
    /** Without a past and without lenses before it. */
    Input(
        Dataset<Row> features,
        long customers,
        LocalDate asOf,
        String configHash,
        Consumer<String> notices) {
      this(features, customers, asOf, configHash, Optional.empty(), Map.of(), notices);
    }
  }

  /**
   * What came out.
   *
   * @param segmentation the fitted segmentation
   * @param candidates all that were compared; empty where there is nothing to choose
   * @param said figures for people; empty where there are none
   * @param traits what sets the clusters apart, by segment; empty where there are none
   */
  record Fit(
      Segmentation segmentation,
      List<Candidate> candidates,
      String said,
      Map<String, Traits> traits) {
    Fit(Segmentation segmentation) {
      this(segmentation, List.of(), "", Map.of());
    }
  }

  /**
   * One candidate of a search.
   *
   * @param algorithm algorithm
   * @param k number of clusters
   * @param points customers that it was fitted on
   * @param figures what it is judged by; null where it is degenerate
   * @param costOfAll cost on all customers; null but for the chosen one
   * @param score weighted mean rank, 0 to 1; null where it is not ranked
   * @param chosen whether it was chosen
   * @param reason why, or why not
   */
  record Candidate(
      Algorithm algorithm,
      int k,
      int points,
      Figures figures,
      Double costOfAll,
      Double score,
      boolean chosen,
      String reason) {}
}
