package io.stratify.jobs.segments;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One way of dividing all customers: by rules, by tiers or by clusters. */
interface Lens {
  /** Name of the lens. */
  String name();

  /** Text of everything in the configuration that a fit depends on. */
  String configuration();

  /**
   * Fits the lens.
   *
   * @throws io.stratify.common.StratifyException if the customers cannot be divided
   */
  Fit fit(Input input);

  /**
   * What a lens is fitted on.
   *
   * @param features {@code customer_features} of one snapshot
   * @param customers number of its rows
   * @param asOf the as-of date
   * @param configHash hash of {@link #configuration()}
   * @param notices takes what the user should know
   */
  record Input(
      Dataset<Row> features,
      long customers,
      LocalDate asOf,
      String configHash,
      Consumer<String> notices) {}

  /**
   * What came out.
   *
   * @param segmentation the fitted segmentation
   * @param candidates all that were compared; empty where there is nothing to choose
   */
  record Fit(Segmentation segmentation, List<Candidate> candidates) {}

  /**
   * One candidate of a search.
   *
   * @param k number of clusters
   * @param cost within-cluster sum of squares on the sample
   * @param silhouette macro-averaged silhouette on the sample
   * @param smallestShare share of the smallest cluster in the sample
   * @param chosen whether it was chosen
   * @param reason why, or why not
   */
  record Candidate(
      int k, double cost, double silhouette, double smallestShare, boolean chosen, String reason) {}
}
