package io.stratify.jobs.segments;

import io.stratify.common.config.PreparationConfig;
import io.stratify.common.config.PreparationConfig.Scaling;
import io.stratify.common.config.PreparationConfig.Skewed;
import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Learns the preparation of features from a sample of customers: one pass over the data, which
 * draws the sample. The quantiles and moments are those of the sample.
 */
final class PreparationLearner {
  /** The quartile range of a normal distribution of deviation 1. */
  private static final double NORMAL_QUARTILES = 1.349;

  private static final double ROUNDING = 1e-9;

  private final PreparationConfig config;
  private final Consumer<String> leftOut;

  /**
   * Learns under a configuration.
   *
   * @param leftOut takes why a feature is left out: its name and the reason
   */
  PreparationLearner(PreparationConfig config, Consumer<String> leftOut) {
    this.config = config;
    this.leftOut = leftOut;
  }

  /**
   * The preparation of the features that are kept: none that is empty, nearly constant, or nearly
   * the same as one before it.
   *
   * @param names features
   * @param sample their values
   */
  Preparation learn(List<String> names, Sample sample) {
    List<Preparation.Scale> kept = new ArrayList<>();
    List<double[]> columns = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      double[] values = sample.column(j);
      for (Preparation.Scale scale : scales(names.get(j), values)) {
        double[] prepared = Arrays.stream(values).map(scale::apply).toArray();
        Optional<String> twin = twin(scale, prepared, kept, columns);
        if (twin.isEmpty()) {
          kept.add(scale);
          columns.add(prepared);
        } else if (!scale.missing()) {
          leftOut.accept(twin.get());
        }
      }
    }
    return new Preparation(kept);
  }

  /** The scale of the values and, where many are missing, that of their being so. */
  private List<Preparation.Scale> scales(String feature, double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    warnOfInfinity(feature, values);
    if (sorted.length == 0) {
      leftOut.accept(
          feature
              + ": nobody has a value (it comes from "
              + CustomerFeatures.named(feature).origin()
              + ")");
      return List.of();
    }
    List<Preparation.Scale> scales = new ArrayList<>();
    Preparation.Scale scale = scale(feature, values, sorted);
    double same = same(values, scale);
    if (scale.deviation() == 0) {
      leftOut.accept(feature + ": it is constant");
    } else if (same > config.sameAbove()) {
      leftOut.accept(
          String.format(
              Locale.ROOT,
              "%s: %.1f %% of the customers have the same value, more than %s.same-above = %s",
              feature,
              100 * same,
              config.path(),
              config.sameAbove()));
    } else {
      scales.add(scale);
    }
    missing(feature, values, sorted.length).ifPresent(scales::add);
    return scales;
  }

  private void warnOfInfinity(String feature, double[] values) {
    long infinite = Arrays.stream(values).filter(Double::isInfinite).count();
    if (infinite > 0) {
      leftOut.accept(
          String.format(
              Locale.ROOT,
              "%,d infinite values of %s, which count as missing. Correct its SQL",
              infinite,
              feature));
    }
  }

  private static double same(double[] values, Preparation.Scale scale) {
    return SampleFigures.largestTie(Arrays.stream(values).map(scale::squeeze).sorted().toArray());
  }

  private Preparation.Scale scale(String feature, double[] values, double[] sorted) {
    double low = SampleFigures.quantile(sorted, config.winsorise());
    double high = SampleFigures.quantile(sorted, 1 - config.winsorise());
    double fill = SampleFigures.quantile(sorted, 0.5);
    double weight = Math.sqrt(config.weight(CustomerFeatures.named(feature).group()));
    double[] within = squeeze(values, new Preparation.Scale(feature, low, high, fill, false, 0, 1));
    boolean skewed = SampleFigures.skewness(within) > config.logAboveSkew();
    boolean log = skewed && config.skewed() == Skewed.LOG;
    Double power =
        config.skewed() == Skewed.YEO_JOHNSON
                && Math.abs(SampleFigures.skewness(within)) > config.logAboveSkew()
            ? YeoJohnson.learn(within)
            : null;
    Preparation.Scale raw =
        new Preparation.Scale(feature, low, high, fill, log, power, false, 0, 1, weight);
    if (config.scaling() == Scaling.ROBUST) {
      // Values that are missing lie on the median, and would pull the quartiles to it.
      return scaled(raw, squeeze(sorted, raw));
    }
    return scaled(raw, log || power != null ? squeeze(values, raw) : within);
  }

  private Preparation.Scale scaled(Preparation.Scale raw, double[] squeezed) {
    double middle = SampleFigures.mean(squeezed);
    double deviation = SampleFigures.deviation(squeezed);
    if (config.scaling() == Scaling.ROBUST && deviation > 0) {
      double[] sorted = Arrays.stream(squeezed).sorted().toArray();
      middle = SampleFigures.quantile(sorted, 0.5);
      double quartiles =
          SampleFigures.quantile(sorted, 0.75) - SampleFigures.quantile(sorted, 0.25);
      // Where half of the values are the same, or differ by rounding, the quartiles say nothing.
      deviation = quartiles > ROUNDING * deviation ? quartiles / NORMAL_QUARTILES : deviation;
    }
    if (config.scaling() == Scaling.NONE && deviation > 0) {
      deviation = 1;
    }
    return new Preparation.Scale(
        raw.feature(),
        raw.low(),
        raw.high(),
        raw.fill(),
        raw.log(),
        raw.power(),
        raw.missing(),
        middle,
        deviation,
        raw.weight());
  }

  private Optional<Preparation.Scale> missing(String feature, double[] values, int known) {
    double share = (values.length - known) / (double) values.length;
    if (share <= config.indicatorAbove() || share > config.sameAbove()) {
      return Optional.empty();
    }
    double weight = Math.sqrt(config.weight(CustomerFeatures.named(feature).group()));
    double deviation = Math.sqrt(share * (1 - share));
    return Optional.of(
        new Preparation.Scale(feature, 0, 1, 0, false, null, true, share, deviation, weight));
  }

  private Optional<String> twin(
      Preparation.Scale scale,
      double[] prepared,
      List<Preparation.Scale> kept,
      List<double[]> columns) {
    for (int i = 0; i < kept.size(); i++) {
      double r = SampleFigures.correlation(prepared, columns.get(i));
      if (Math.abs(r) > config.maxCorrelation()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s: its correlation with %s is %.3f, beyond %s.max-correlation = %s",
                scale.feature(),
                kept.get(i).feature(),
                r,
                config.path(),
                config.maxCorrelation()));
      }
    }
    return Optional.empty();
  }

  private static double[] squeeze(double[] values, Preparation.Scale scale) {
    return Arrays.stream(values).map(scale::squeeze).toArray();
  }
}
