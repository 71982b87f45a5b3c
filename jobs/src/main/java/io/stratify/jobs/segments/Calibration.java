package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.jobs.Digits;
import java.io.Serializable;

/**
 * How sure an assignment to centres is: the share of resamples of the customers whose clusters
 * leave a customer where he is, as a logistic function of his distance from the border between his
 * segment and the runner-up (Platt 1999, "Probabilistic outputs for support vector machines").
 *
 * @param offset log odds on the border
 * @param slope log odds per unit of distance in the space of the centres, at least 0
 */
public record Calibration(
    @JsonProperty("offset") double offset, @JsonProperty("slope") double slope)
    implements Serializable {
  private static final int ITERATIONS = 50;
  private static final double ENOUGH = 1e-9;

  /** Keeps the matrix of the Newton step regular where all customers are equally far. */
  private static final double RIDGE = 1e-9;

  /** The share of the resamples that are expected to agree, 0 to 1. */
  double confidence(double distance) {
    return 1 / (1 + Math.exp(-offset - slope * distance));
  }

  /**
   * Fits the function by maximum likelihood. The targets are drawn in a little from 0 and 1, as
   * Platt does, so that customers who always stay do not make it infinitely steep.
   *
   * @param distances of customers from their border, at least 0
   * @param agreeing share of the resamples that agree, one per customer
   * @param weights how many customers each stands for
   * @param resamples how many there were
   */
  static Calibration of(double[] distances, double[] agreeing, double[] weights, int resamples) {
    double yes = 0;
    double no = 0;
    double farthest = 0;
    for (int i = 0; i < weights.length; i++) {
      yes += resamples * agreeing[i];
      no += resamples * (1 - agreeing[i]);
      farthest = Math.max(farthest, distances[i]);
    }
    double high = (yes + 1) / (yes + 2);
    double low = 1 / (no + 2);
    double[] targets = new double[weights.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = agreeing[i] * high + (1 - agreeing[i]) * low;
    }
    // Distances in units of the farthest one: the fit does not depend on the unit.
    double unit = farthest > 0 ? farthest : 1;
    Calibration fitted = fit(distances, targets, weights, unit, true);
    Calibration sound = fitted.slope >= 0 ? fitted : fit(distances, targets, weights, unit, false);
    return new Calibration(Digits.nine(sound.offset), Digits.nine(sound.slope / unit));
  }

  /** Newton's method. Without a slope the share is the same at every distance. */
  private static Calibration fit(
      double[] distances, double[] targets, double[] weights, double unit, boolean sloping) {
    double a = 0;
    double b = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double ga = 0;
      double gb = 0;
      double haa = RIDGE;
      double hab = 0;
      double hbb = RIDGE;
      for (int i = 0; i < targets.length; i++) {
        double x = sloping ? distances[i] / unit : 0;
        double p = 1 / (1 + Math.exp(-a - b * x));
        double error = weights[i] * (targets[i] - p);
        double variance = weights[i] * p * (1 - p);
        ga += error;
        gb += error * x;
        haa += variance;
        hab += variance * x;
        hbb += variance * x * x;
      }
      double determinant = haa * hbb - hab * hab;
      double da = (hbb * ga - hab * gb) / determinant;
      double db = (haa * gb - hab * ga) / determinant;
      // A long step would leave the region where the curvature is known.
      double shorter = Math.min(1, 5 / Math.max(Math.abs(da), Math.abs(db)));
      a += shorter * da;
      b += shorter * db;
      if (Math.abs(da) + Math.abs(db) < ENOUGH) {
        break;
      }
    }
    return new Calibration(a, b);
  }
}
