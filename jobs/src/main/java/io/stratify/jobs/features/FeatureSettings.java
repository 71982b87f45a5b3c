package io.stratify.jobs.features;

import io.stratify.common.config.FeaturesConfig;
import io.stratify.common.config.LifecycleConfig;
import io.stratify.common.config.LifecycleConfig.Absence;
import io.stratify.common.config.LifecycleConfig.Activity;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.LifecycleFeatures;
import io.stratify.common.tables.PurchaseFeatures;
import io.stratify.common.tables.ServiceFeatures;
import io.stratify.common.tables.UsageFeatures;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Settings that say what built-in features mean: with another value the same column holds other
 * figures of the same customer.
 *
 * @param key of the configuration
 * @param value what it is
 * @param usual what it is where nobody sets it
 * @param features those of which it says what they mean
 */
public record FeatureSettings(
    String key, Function<FeaturesConfig, Object> value, Object usual, List<ColumnSpec> features) {

  /** All of them. */
  static final List<FeatureSettings> ALL =
      List.of(
          new FeatureSettings(
              "trend-window-days",
              FeaturesConfig::trendWindowDays,
              90,
              List.of(
                  CustomerFeatures.TREND,
                  CustomerFeatures.EVENT_DAYS,
                  CustomerFeatures.EVENTS_PER_DAY,
                  PurchaseFeatures.ORDERS_LAST,
                  PurchaseFeatures.ORDERS_PREVIOUS,
                  PurchaseFeatures.GROSS_LAST,
                  PurchaseFeatures.GROSS_PREVIOUS,
                  PurchaseFeatures.ORDER_TREND,
                  UsageFeatures.EVENT_TREND,
                  UsageFeatures.SESSIONS_LAST,
                  UsageFeatures.SESSION_DEPTH,
                  UsageFeatures.SESSION_MINUTES,
                  UsageFeatures.FEATURES_LAST,
                  ServiceFeatures.TICKETS_LAST)),
          new FeatureSettings(
              "funnel",
              FeaturesConfig::funnel,
              List.of(),
              List.of(
                  UsageFeatures.DAYS_TO_STEP,
                  UsageFeatures.FUNNEL_STEPS,
                  UsageFeatures.FUNNEL_STEP)),
          new FeatureSettings(
              "lifecycle",
              FeaturesConfig::lifecycle,
              new LifecycleConfig(
                  Activity.ORDERS, 30, 3, new Absence(90, 2), new Absence(180, 4), 90),
              List.of(
                  LifecycleFeatures.LIFECYCLE_STAGE,
                  LifecycleFeatures.ACTIVE_DAYS,
                  LifecycleFeatures.DAYS_SINCE_ACTIVE,
                  LifecycleFeatures.DAYS_TO_ACTIVE,
                  LifecycleFeatures.COMEBACKS)),
          new FeatureSettings(
              "prediction.days",
              c -> c.prediction().days(),
              90,
              List.of(PurchaseFeatures.PREDICTED_PURCHASES, PurchaseFeatures.PREDICTED_VALUE)));

  /**
   * What is not as usual of the settings of some features; empty where all is.
   *
   * @param named whether a feature is one of them
   */
  public static String unusual(FeaturesConfig config, Predicate<String> named) {
    return ALL.stream()
        .filter(s -> !s.value().apply(config).equals(s.usual()))
        .filter(s -> s.features().stream().map(ColumnSpec::name).anyMatch(named))
        .map(s -> s.key() + " = " + s.value().apply(config))
        .collect(Collectors.joining("\n"));
  }
}
