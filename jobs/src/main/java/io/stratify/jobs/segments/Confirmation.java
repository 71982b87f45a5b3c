package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
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
 */
record Confirmation(double cost, double smallestShare) {
  private static final StructType SHAPE =
      new StructType().add("segment", DataTypes.IntegerType).add("d", DataTypes.DoubleType);

  /** Holds a model against all customers that it is for. */
  static Confirmation of(Dataset<Row> features, ClusterModel model, long customers) {
    UDF1<scala.collection.Seq<Double>, Row> assign =
        raw -> {
          double[] x = model.preparation().apply(ClusterModel.unbox(raw));
          int segment = model.nearest(x);
          return RowFactory.create(
              segment, CentreModel.squaredDistance(x, model.centres().get(segment)));
        };
    List<Row> segments =
        features
            .select(
                udf(assign, SHAPE)
                    .apply(ClusterModel.columns(model.preparation().features()))
                    .as("a"))
            .groupBy(col("a.segment"))
            .agg(count(lit(1)), sum(col("a.d")))
            .collectAsList();
    double cost = segments.stream().mapToDouble(r -> r.getDouble(2)).sum();
    double smallest =
        segments.size() < model.centres().size()
            ? 0
            : segments.stream().mapToLong(r -> r.getLong(1)).min().orElse(0) / (double) customers;
    return new Confirmation(Centres.rounded(cost), smallest);
  }

  /** The share by which the cost on all customers is above the estimate. */
  double above(double estimate) {
    return estimate == 0 ? 0 : cost / estimate - 1;
  }
}
