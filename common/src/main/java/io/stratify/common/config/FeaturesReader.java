package io.stratify.common.config;

import io.stratify.common.config.LifecycleConfig.Absence;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.FeatureGroup;
import java.util.List;
import java.util.Optional;

/** Makes the records below {@code features}. */
final class FeaturesReader {
  private FeaturesReader() {}

  static Optional<FeaturesConfig> read(Section s) {
    int window = s.get(FeaturesConfig.TREND_WINDOW_DAYS);
    List<String> funnel = s.get(FeaturesConfig.FUNNEL);
    int outcome = s.get(FeaturesConfig.OUTCOME_DAYS);
    var lifecycle = lifecycle(s.section("lifecycle"));
    var past = past(s.section("past"));
    var prediction = prediction(s.section("prediction"));
    List<CustomFeature> custom =
        s.elements("custom").stream().flatMap(e -> custom(e).stream()).toList();
    if (lifecycle.isEmpty() || past.isEmpty() || prediction.isEmpty()) {
      return Optional.empty();
    }
    return s.build(
        () ->
            new FeaturesConfig(
                window, funnel, lifecycle.get(), past.get(), outcome, prediction.get(), custom));
  }

  private static Optional<LifecycleConfig> lifecycle(Section s) {
    var activity = s.get(LifecycleConfig.ACTIVITY);
    int fresh = s.get(LifecycleConfig.NEW_DAYS);
    int from = s.get(LifecycleConfig.ACTIVE_FROM);
    var slowing =
        new Absence(s.get(LifecycleConfig.SLOWING_DAYS), s.get(LifecycleConfig.SLOWING_GAPS));
    var lapsed =
        new Absence(s.get(LifecycleConfig.LAPSED_DAYS), s.get(LifecycleConfig.LAPSED_GAPS));
    int back = s.get(LifecycleConfig.WON_BACK_DAYS);
    return s.build(() -> new LifecycleConfig(activity, fresh, from, slowing, lapsed, back));
  }

  private static Optional<PastConfig> past(Section s) {
    int back = s.get(PastConfig.BACK);
    var every = s.get(PastConfig.EVERY);
    var columns = s.get(PastConfig.COLUMNS);
    return s.build(() -> new PastConfig(back, every, columns));
  }

  private static Optional<PredictionConfig> prediction(Section s) {
    boolean enabled = s.get(PredictionConfig.ENABLED);
    int days = s.get(PredictionConfig.DAYS);
    return s.build(() -> new PredictionConfig(enabled, days));
  }

  private static Optional<CustomFeature> custom(Section s) {
    var name = s.require(CustomFeature.NAME);
    var type = s.find(CustomFeature.TYPE).orElse(CustomFeature.Type.NUMBER);
    var doc = s.require(CustomFeature.DOC);
    var group = s.find(CustomFeature.GROUP).orElse(FeatureGroup.CUSTOM.label());
    var table = s.find(CustomFeature.TABLE).orElse(CustomerDay.TABLE.name());
    var sql = s.require(CustomFeature.SQL);
    if (name.isEmpty() || doc.isEmpty() || sql.isEmpty()) {
      return Optional.empty();
    }
    String origin = s.origin(CustomFeature.SQL.name()).toString();
    return s.buildElement(
        () ->
            new CustomFeature(
                name.get(), type, doc.get(), group, table, new SqlExpression(sql.get(), origin)));
  }
}
