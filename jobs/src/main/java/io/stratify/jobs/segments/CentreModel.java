package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Centres in the space of prepared features; a customer belongs to the nearest (Euclidean). The
 * margin between two segments is the difference of the squared distances, which is a sum over the
 * features; its constant is 0.
 *
 * @param preparation from features to the space of the centres
 * @param centres one per segment
 * @param segmentIds ids of the segments, in the order of the centres
 */
public record CentreModel(
    @JsonProperty("preparation") Preparation preparation,
    @JsonProperty("centres") List<double[]> centres,
    @JsonProperty("segmentIds") List<String> segmentIds)
    implements ClusterModel {

  /** The two nearest centres of a prepared point; confidence is 1 - d1/d2: 0 on the border. */
  @Override
  public Nearest nearest(double[] x) {
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

  @Override
  public double[] contributions(double[] x, int segment, int over) {
    double[] own = centres.get(segment);
    double[] other = centres.get(over);
    double[] parts = new double[x.length];
    for (int j = 0; j < parts.length; j++) {
      double far = x[j] - other[j];
      double near = x[j] - own[j];
      parts[j] = far * far - near * near;
    }
    return parts;
  }

  @Override
  public double constant(int segment, int over) {
    return 0;
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
