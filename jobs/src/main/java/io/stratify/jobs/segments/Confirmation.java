package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.stratify.jobs.Digits;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the winner of a search is worth on all customers, in one pass.
 *
 * @param cost sum of the squared distances to the centre of the own segment, with nine digits
 * @param smallestShare share of the smallest segment; 0 if one is empty
 * @param spread how far they are from their centre, as the model measures it
 */
record Confirmation(double cost, double smallestShare, Spread spread) {
  private static final StructType SHAPE =
      new StructType()
          .add("part", DataTypes.IntegerType)
          .add("square", DataTypes.DoubleType)
          .add("euclidean", DataTypes.DoubleType);

  /** Holds a model against all customers that it is for. */
  static Confirmation of(Dataset<Row> features, ClusterModel model, long customers) {
    UDF1<scala.collection.Seq<Double>, Row> assign =
        raw -> {
          double[] x = model.preparation().apply(ClusterModel.unbox(raw));
          int part = model.nearest(x);
          return RowFactory.create(
              part,
              model.square(x, part),
              CentreModel.squaredDistance(x, model.centres().get(part)));
        };
    Column square = col("a.square");
    List<Row> parts =
        features
            .select(
                udf(assign, SHAPE)
                    .apply(ClusterModel.columns(model.preparation().features()))
                    .as("a"))
            .groupBy(col("a.part"))
            .agg(count(lit(1)), sum(square), sum(sqrt(square)), sum(col("a.euclidean")))
            .orderBy(col("part"))
            .collectAsList();
    double cost = parts.stream().mapToDouble(r -> r.getDouble(4)).sum();
    double smallest =
        parts.size() < model.centres().size()
            ? 0
            : parts.stream().mapToLong(r -> r.getLong(1)).min().orElse(0) / (double) customers;
    return new Confirmation(Digits.nine(cost), smallest, Spread.of(model, parts));
  }

  /** The share by which the cost on all customers is above the estimate. */
  double above(double estimate) {
    return estimate == 0 ? 0 : cost / estimate - 1;
  }
}
