package io.stratify.jobs.segments;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Readable rules for clusters: a small decision tree (CART, Breiman et al. 1984, by MLlib) learns
 * the cluster of every point of the coreset from its features in original units. Thresholds are
 * rounded to three digits, and what is reported of the rules is measured with the rounded ones.
 */
final class ClusterRules {
  private static final int DIGITS = 3;
  private static final int BINS = 64;

  /** A question for less than this share of the customers is not worth reading. */
  private static final double SMALLEST_LEAF = 0.005;

  private static final StructType SCHEMA =
      new StructType()
          .add(Points.FEATURES, SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add(Points.WEIGHT, DataTypes.DoubleType);

  /** One answer: the value of a feature is at most, or more than, a threshold. */
  private record Answer(int feature, boolean atMost, double threshold) {
    boolean holds(double[] x) {
      return atMost == x[feature] <= threshold;
    }
  }

  private record Leaf(List<Answer> path, int cluster) {}

  private final List<RuleFeature> features;
  private final List<double[]> values;
  private final Points points;
  private final int[] labels;
  private final int k;

  private ClusterRules(Points points, Preparation preparation, int[] labels, int k) {
    this.points = points;
    this.labels = labels;
    this.k = k;
    features = RuleFeature.of(preparation, points.raw());
    values =
        points.raw().stream()
            .map(raw -> features.stream().mapToDouble(f -> f.value(raw)).toArray())
            .toList();
  }

  /** One rule per cluster. */
  static List<SegmentRule> of(
      SparkSession spark, Points points, Preparation preparation, int[] labels, int k, int depth) {
    return new ClusterRules(points, preparation, labels, k).learn(spark, depth);
  }

  private List<SegmentRule> learn(SparkSession spark, int depth) {
    List<Row> rows =
        IntStream.range(0, labels.length)
            .mapToObj(
                i ->
                    RowFactory.create(
                        Vectors.dense(values.get(i)), (double) labels[i], points.weights()[i]))
            .toList();
    Node root =
        new DecisionTreeClassifier()
            .setMaxDepth(depth)
            .setMaxBins(BINS)
            .setMinWeightFractionPerNode(SMALLEST_LEAF)
            .setWeightCol(Points.WEIGHT)
            .setSeed(0)
            .fit(spark.createDataFrame(rows, SCHEMA).coalesce(1))
            .rootNode();
    List<Leaf> leaves = new ArrayList<>();
    collect(root, List.of(), leaves);
    return judge(leaves);
  }

  private static void collect(Node node, List<Answer> path, List<Leaf> leaves) {
    if (node instanceof InternalNode inner && inner.split() instanceof ContinuousSplit split) {
      double threshold = rounded(split.threshold());
      collect(
          inner.leftChild(), with(path, new Answer(split.featureIndex(), true, threshold)), leaves);
      collect(
          inner.rightChild(),
          with(path, new Answer(split.featureIndex(), false, threshold)),
          leaves);
    } else {
      leaves.add(new Leaf(path, (int) node.prediction()));
    }
  }

  private static List<Answer> with(List<Answer> path, Answer answer) {
    List<Answer> longer = new ArrayList<>(path);
    longer.add(answer);
    return longer;
  }

  private List<SegmentRule> judge(List<Leaf> leaves) {
    double[][] confusion = new double[k][k];
    for (int i = 0; i < labels.length; i++) {
      confusion[labels[i]][predict(leaves, values.get(i))] += points.weights()[i];
    }
    double right = IntStream.range(0, k).mapToDouble(c -> confusion[c][c]).sum();
    int depth = leaves.stream().mapToInt(l -> l.path().size()).max().orElse(0);
    List<SegmentRule> rules = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      int cluster = c;
      double predicted = IntStream.range(0, k).mapToDouble(a -> confusion[a][cluster]).sum();
      double actual = IntStream.range(0, k).mapToDouble(b -> confusion[cluster][b]).sum();
      rules.add(
          new SegmentRule(
              sql(leaves, c),
              depth,
              figure(right / points.total()),
              predicted == 0 ? null : (Double) figure(confusion[c][c] / predicted),
              figure(confusion[c][c] / actual)));
    }
    return rules;
  }

  private static int predict(List<Leaf> leaves, double[] x) {
    return leaves.stream()
        .filter(leaf -> leaf.path().stream().allMatch(a -> a.holds(x)))
        .findFirst()
        .orElseThrow()
        .cluster();
  }

  /** The ways to the leaves of a cluster, each with the narrowest answers only. */
  private String sql(List<Leaf> leaves, int cluster) {
    List<String> ways =
        leaves.stream().filter(l -> l.cluster() == cluster).map(l -> way(l.path())).toList();
    if (ways.isEmpty()) {
      return null;
    }
    return ways.size() == 1
        ? ways.get(0)
        : ways.stream().map(w -> "(" + w + ")").collect(Collectors.joining(" OR "));
  }

  private String way(List<Answer> path) {
    if (path.isEmpty()) {
      return "true";
    }
    return path.stream()
        .filter(a -> path.stream().noneMatch(b -> narrower(b, a)))
        .distinct()
        .map(a -> features.get(a.feature()).sql(a.atMost(), a.threshold()))
        .collect(Collectors.joining(" AND "));
  }

  private static boolean narrower(Answer b, Answer a) {
    return b.feature() == a.feature()
        && b.atMost() == a.atMost()
        && (a.atMost() ? b.threshold() < a.threshold() : b.threshold() > a.threshold());
  }

  private static double rounded(double threshold) {
    return new BigDecimal(threshold).round(new MathContext(DIGITS)).doubleValue();
  }

  private static double figure(double share) {
    return Math.rint(share * 1e6) / 1e6;
  }
}
