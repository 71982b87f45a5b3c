package io.stratify.common.config;

import com.typesafe.config.ConfigValue;
import java.util.Optional;

/**
 * A figure that decides whether a new segmentation of clusters may be published, beside the number
 * and the size of its segments. Each can be switched off.
 */
public enum Gate {
  /** Jaccard coefficient of every segment with its like in resamples (Hennig 2007), at least. */
  SEGMENT_JACCARD(true, 1),
  /** The same on average over the segments, at least. */
  MEAN_JACCARD(true, 1),
  /** Prediction strength (Tibshirani and Walther 2005), at least. */
  PREDICTION_STRENGTH(true, 1),
  /** Adjusted Rand index with refits at earlier as-of dates, at least. */
  TIME(true, 1),
  /** Adjusted Rand index with refits to acquisition cohorts, at least. */
  ACQUISITION(true, 1),
  /** Population stability index of every feature against the past snapshot before, below. */
  FEATURE_DRIFT(false, 10),
  /** The same of the shares of the segments, below. */
  SHARE_DRIFT(false, 10),
  /** Share of the variance of the lens's outcome between the segments, at least. */
  EFFECT_SIZE(true, 1),
  /** Adjusted p-value of the difference in that outcome, below. */
  SIGNIFICANCE(false, 1),
  /** Kappa of the memberships from snapshot to snapshot, at least. */
  PERSISTENCE(true, 1);

  private static final String OFF = "off";

  private final boolean atLeast;
  private final double most;

  Gate(boolean atLeast, double most) {
    this.atLeast = atLeast;
    this.most = most;
  }

  /** The name for people and for configurations. */
  public String label() {
    return ConfigText.word(this);
  }

  /** Whether a figure meets a limit. */
  public boolean passes(double value, double limit) {
    return atLeast ? value >= limit : value < limit;
  }

  /** What a figure must be, completing "must be". */
  public String threshold(double limit) {
    return (atLeast ? "at least " : "below ") + Values.show(limit);
  }

  /** The key of its limit; no limit where it is off. */
  Key<Optional<Double>> key(String path) {
    return new Key<>(
        path + "." + label(),
        (atLeast ? "a number from 0 to " : "a number above 0 up to ")
            + Values.show(most)
            + ", or off",
        Gate::limit,
        limit -> limit.isEmpty() || canBeMet(limit.get()));
  }

  /** Of shares, indices and probabilities none is above 1, and of drifts none below 0. */
  private boolean canBeMet(double limit) {
    return limit <= most && (atLeast ? limit >= 0 : limit > 0);
  }

  private static Optional<Optional<Double>> limit(ConfigValue value) {
    if (Values.text(value).filter(t -> t.trim().equalsIgnoreCase(OFF)).isPresent()) {
      return Optional.of(Optional.empty());
    }
    Optional<Double> number = Values.number(value);
    return number.isEmpty() ? Optional.empty() : Optional.of(number);
  }
}
