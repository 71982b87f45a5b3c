package io.stratify.jobs.segments;

import io.stratify.common.config.ClusterConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A search whose steps can be timed: on a coreset, and the same one on all customers, in the same
 * space.
 */
public final class SearchTrial {
  private final SparkSession spark;
  private final ClusterConfig config;
  private final Dataset<Row> features;
  private final long customers;
  private final int sample;
  private final long seed;
  private Preparation preparation;
  private List<double[]> sampled;

  /**
   * A trial on some customers.
   *
   * @param features {@code customer_features}
   * @param customers number of its rows
   * @param sample customers from which the preparation is learnt
   */
  public SearchTrial(
      SparkSession spark,
      ClusterConfig config,
      Dataset<Row> features,
      long customers,
      int sample,
      long seed) {
    this.spark = spark;
    this.config = config;
    this.features = features;
    this.customers = customers;
    this.sample = sample;
    this.seed = seed;
  }

  /**
   * What a search found.
   *
   * @param chosen the chosen candidate
   * @param k its number of clusters
   * @param costs cost of the best k-means on all customers, by number of clusters
   * @param points customers that it was fitted on
   * @param above share by which the cost of the chosen one on all customers is above its estimate
   * @param model the chosen one
   */
  public record Found(
      String chosen,
      int k,
      Map<Integer, Double> costs,
      int points,
      double above,
      ClusterModel model) {}

  /** Draws a coreset, searches, chooses, and assigns all customers; prepares first if need be. */
  public Found onCoreset(ClusterConfig searched) {
    prepare();
    Points points =
        Coreset.of(preparation, sampled, customers, searched.search().coreset())
            .draw(features, customers, seed);
    return found(searched, points);
  }

  /** Collects the points of all customers; prepares first if need be. */
  public Everybody everybody() {
    prepare();
    Sample all = Sample.of(features, preparation.features(), customers, Integer.MAX_VALUE, seed);
    Points points = Points.all(all.points(), preparation);
    // The raw values are not needed for it and would be half of the memory.
    return new Everybody(new Points(List.of(), points.prepared(), points.weights(), true));
  }

  /** All customers on the driver. */
  public final class Everybody {
    private final Points points;

    private Everybody(Points points) {
      this.points = points;
    }

    /** The same search on all customers. */
    public Found search() {
      return found(config, points);
    }

    /** Cost on all customers of the best of some candidates, by number of clusters. */
    private double cost(Fitted fitted) {
      return points.cost(fitted.clusters().labels(points.prepared()), fitted.clusters().centres());
    }
  }

  /**
   * The share by which the costs of a search on a coreset are above those of the same search on all
   * customers, the largest over the numbers of clusters.
   */
  public double worstExcess(Everybody all, Found onAll) {
    Points coreset =
        Coreset.of(preparation, sampled, customers, config.search().coreset())
            .draw(features, customers, seed);
    double worst = Double.NEGATIVE_INFINITY;
    for (Fitted fitted : fit(config, coreset)) {
      Double other = onAll.costs().get(fitted.k());
      if (fitted.usable() && other != null) {
        worst = Math.max(worst, all.cost(fitted) / other - 1);
      }
    }
    return worst;
  }

  /** Learns the preparation, once: it is the same for a coreset and for all customers. */
  public void prepare() {
    if (preparation == null) {
      Sample drawn = Sample.of(features, config.features(), customers, sample, seed);
      preparation =
          new PreparationLearner(config.preparation(), why -> {}).learn(config.features(), drawn);
      sampled =
          drawn.only(
              preparation.features().stream().mapToInt(config.features()::indexOf).toArray());
    }
  }

  private List<Fitted> fit(ClusterConfig searched, Points points) {
    return new Search(spark, searched, seed, c -> Double.NaN).fitAll(points, searched.kMax());
  }

  private Found found(ClusterConfig searched, Points points) {
    List<Fitted> candidates = fit(searched, points);
    Fitted chosen =
        Policy.chosen(
            new Policy(searched.policy(), searched.search().minShare()).judge(candidates));
    ClusterModel model =
        chosen
            .clusters()
            .model(preparation, IntStream.range(0, chosen.k()).mapToObj(i -> "s" + i).toList());
    Confirmation confirmed = Confirmation.of(features, model, customers);
    Map<Integer, Double> costs = new TreeMap<>();
    candidates.stream()
        .filter(Fitted::usable)
        .forEach(c -> costs.merge(c.k(), c.figures().cost(), Math::min));
    return new Found(
        chosen.label(),
        chosen.k(),
        costs,
        points.size(),
        confirmed.above(chosen.figures().cost()),
        model.with(confirmed.spread()));
  }
}
