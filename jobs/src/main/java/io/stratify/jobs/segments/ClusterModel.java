package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model of clusters. What speaks for one segment and against another is a sum over the prepared
 * features and a constant.
 */
public sealed interface ClusterModel extends Model, Serializable permits CentreModel, MixtureModel {
  /** Shape of an assignment. */
  StructType ASSIGNMENT =
      new StructType()
          .add("segment_id", DataTypes.StringType)
          .add("runner_up_id", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType);

  /**
   * The two likeliest segments of a point.
   *
   * @param nearest index of the first; the first of equals
   * @param second index of the next
   * @param confidence from 0 to 1
   */
  record Nearest(int nearest, int second, double confidence) {}

  /** From features to the space of the clusters. */
  Preparation preparation();

  /** One per segment, in prepared space. */
  List<double[]> centres();

  /** Ids of the segments, in the order of the centres. */
  List<String> segmentIds();

  /** The two likeliest segments of a prepared point. */
  Nearest nearest(double[] x);

  /**
   * How much each prepared feature speaks for one segment over another. Their sum and {@link
   * #constant} are the margin, which is greater than 0 where the point belongs to the first rather
   * than the second.
   */
  double[] contributions(double[] x, int segment, int over);

  /** What speaks for one segment over another whatever the customer is like. */
  double constant(int segment, int over);

  @Override
  default List<String> features() {
    return preparation().features();
  }

  @Override
  default Column assignment() {
    UDF1<scala.collection.Seq<Double>, Row> assign = this::assignRow;
    return functions.udf(assign, ASSIGNMENT).apply(columns(preparation().features()));
  }

  private Row assignRow(scala.collection.Seq<Double> raw) {
    Nearest n = nearest(preparation().apply(unbox(raw)));
    return RowFactory.create(
        segmentIds().get(n.nearest()), segmentIds().get(n.second()), n.confidence());
  }

  /** The features as an array of doubles, null where missing. */
  static Column columns(List<String> names) {
    return functions.array(names.stream().map(CustomerFeatures::number).toArray(Column[]::new));
  }

  /** A row's features, NaN where null. */
  static double[] unbox(scala.collection.Seq<Double> raw) {
    double[] values = new double[raw.size()];
    for (int j = 0; j < values.length; j++) {
      Object value = raw.apply(j);
      values[j] = value == null ? Double.NaN : (Double) value;
    }
    return values;
  }
}
