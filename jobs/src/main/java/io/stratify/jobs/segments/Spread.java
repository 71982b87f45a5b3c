package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.jobs.Digits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * How far customers usually are from their centre; learnt from all customers in the fit.
 *
 * @param usual distance from the centre beyond which a customer is an outlier, one per centre: the
 *     mean and three standard deviations of the distances in the cluster, which at most 5 % exceed
 *     in any distribution with one mode (Pukelsheim 1994)
 */
@JsonIgnoreProperties(ignoreUnknown = true) // models of earlier versions say more
public record Spread(@JsonProperty("usual") List<Double> usual) implements Serializable {
  /**
   * So much more than usual, in standard deviations of the features or, if more, as a share of what
   * is usual, is rounding: where all of a cluster are equally far, nobody is far from its centre.
   */
  static final double LEAST = 1e-6;

  private static final double DEVIATIONS = 3;

  /** Keeps the list immutable. */
  public Spread {
    usual = List.copyOf(usual);
  }

  /** The spread of some of the parts. */
  Spread only(List<Integer> parts) {
    return new Spread(parts.stream().map(usual::get).toList());
  }

  /**
   * The spread of the customers that a model divides.
   *
   * @param parts number, sum of the squared distances and sum of the distances of the customers of
   *     each part, after its number
   */
  static Spread of(ClusterModel model, List<Row> parts) {
    List<Double> usual =
        new ArrayList<>(Collections.nCopies(model.centres().size(), Double.MAX_VALUE));
    for (Row part : parts) {
      long n = part.getLong(1);
      double mean = part.getDouble(3) / n;
      double deviation = Math.sqrt(Math.max(0, part.getDouble(2) / n - mean * mean));
      double learnt = mean + DEVIATIONS * deviation;
      usual.set(part.getInt(0), Digits.nine(Math.max(model.usualAtLeast(), learnt)));
    }
    return new Spread(usual);
  }
}
