package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 * Centres in the space of prepared features; a customer belongs to the nearest (Euclidean).
 *
 * @param preparation from features to the space of the centres
 * @param centres one per segment
 * @param segmentIds ids of the segments, in the order of the centres
 */
public record CentreModel(
    @JsonProperty("preparation") Preparation preparation,
    @JsonProperty("centres") List<double[]> centres,
    @JsonProperty("segmentIds") List<String> segmentIds)
    implements Model, Serializable {

  /** Shape of an assignment. */
  private static final StructType ASSIGNMENT =
      new StructType()
          .add("segment_id", DataTypes.StringType)
          .add("runner_up_id", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType);

  /**
   * The two nearest centres of a point.
   *
   * @param nearest index of the nearest centre; the first of equals
   * @param second index of the next
   * @param confidence 1 - d1/d2: 0 on the border, 1 at the centre
   */
  record Nearest(int nearest, int second, double confidence) {}

  @Override
  public Column assignment() {
    UDF1<scala.collection.Seq<Double>, Row> assign = this::assignRow;
    return functions.udf(assign, ASSIGNMENT).apply(features(preparation.features()));
  }

  /** The features as an array of doubles, null where missing. */
  static Column features(List<String> names) {
    return functions.array(names.stream().map(CustomerFeatures::number).toArray(Column[]::new));
  }

  private Row assignRow(scala.collection.Seq<Double> raw) {
    Nearest n = nearest(preparation.apply(unbox(raw)));
    return RowFactory.create(
        segmentIds.get(n.nearest()), segmentIds.get(n.second()), n.confidence());
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

  /** The two centres nearest to a prepared point. */
  Nearest nearest(double[] x) {
    int first = -1;
    int second = -1;
    double d1 = Double.POSITIVE_INFINITY;
    double d2 = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.size(); c++) {
      double d = squaredDistance(x, centres.get(c));
      if (d < d1) {
        second = first;
        d2 = d1;
        first = c;
        d1 = d;
      } else if (d < d2) {
        second = c;
        d2 = d;
      }
    }
    double confidence = d2 == 0 ? 0 : 1 - Math.sqrt(d1 / d2);
    return new Nearest(first, second, confidence);
  }

  static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double d = x[j] - y[j];
      sum += d * d;
    }
    return sum;
  }
}
