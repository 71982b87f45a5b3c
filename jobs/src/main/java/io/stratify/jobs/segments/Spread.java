package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How far customers usually are from their centre; learnt from all customers in the fit.
 *
 * @param variance within-cluster variance per prepared feature, pooled over the clusters
 * @param usual distance from the centre beyond which a customer is an outlier, one per centre: the
 *     mean and three standard deviations of the distances in the cluster, which at most 5 % exceed
 *     in any distribution with one mode (Pukelsheim 1994)
 */
public record Spread(
    @JsonProperty("variance") double variance, @JsonProperty("usual") List<Double> usual)
    implements Serializable {
  private static final double DEVIATIONS = 3;
  private static final StructType NEAREST =
      new StructType().add("part", DataTypes.IntegerType).add("square", DataTypes.DoubleType);

  /** Keeps the list immutable. */
  public Spread {
    usual = List.copyOf(usual);
  }

  /** The spread of some of the parts. */
  Spread only(List<Integer> parts) {
    return new Spread(variance, parts.stream().map(usual::get).toList());
  }

  /** The model with its spread, if it is one of clusters; one pass over the features. */
  static Model learnt(Model model, Dataset<Row> features) {
    if (model instanceof PartialModel partial) {
      return partial.with(learnt(partial.inner(), features.where(partial.isKnown())));
    }
    return model instanceof ClusterModel clusters ? learnt(clusters, features) : model;
  }

  private static ClusterModel learnt(ClusterModel model, Dataset<Row> features) {
    return model.with(of(model, features));
  }

  private static Spread of(ClusterModel model, Dataset<Row> features) {
    UDF1<scala.collection.Seq<Double>, Row> nearest = raw -> nearest(model, raw);
    Column found =
        functions.udf(nearest, NEAREST).apply(ClusterModel.columns(model.preparation().features()));
    Column square = functions.col("n.square");
    List<Row> parts =
        features
            .select(found.as("n"))
            .groupBy("n.part")
            .agg(
                functions.count(functions.lit(1)),
                functions.sum(square),
                functions.sum(functions.sqrt(square)))
            .orderBy("part")
            .collectAsList();
    List<Double> usual =
        new ArrayList<>(Collections.nCopies(model.centres().size(), Double.MAX_VALUE));
    double squares = 0;
    long customers = 0;
    for (Row part : parts) {
      long n = part.getLong(1);
      double mean = part.getDouble(3) / n;
      double deviation = Math.sqrt(Math.max(0, part.getDouble(2) / n - mean * mean));
      usual.set(part.getInt(0), Centres.rounded(mean + DEVIATIONS * deviation));
      squares += part.getDouble(2);
      customers += n;
    }
    int dimensions = model.preparation().scales().size();
    return new Spread(Centres.rounded(squares / Math.max(1, customers * dimensions)), usual);
  }

  private static Row nearest(ClusterModel model, scala.collection.Seq<Double> raw) {
    double[] x = model.preparation().apply(ClusterModel.unbox(raw));
    int part = model.nearest(x);
    return RowFactory.create(part, model.square(x, part));
  }
}
