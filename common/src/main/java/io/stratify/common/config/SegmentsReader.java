package io.stratify.common.config;

import java.util.List;
import java.util.Optional;

/** Makes the records below {@code segments}. */
final class SegmentsReader {
  private SegmentsReader() {}

  static Optional<SegmentsConfig> read(Section s) {
    long seed = s.get(SegmentsConfig.SEED);
    int refit = s.get(SegmentsConfig.REFIT_EVERY_DAYS);
    int sample = s.get(SegmentsConfig.SAMPLE);
    var rfm = rfm(s.section("rfm"));
    var value = value(s.section("value"));
    var behaviour = behaviour(s.section("behaviour"));
    if (rfm.isEmpty() || value.isEmpty() || behaviour.isEmpty()) {
      SegmentsConfig.problems(refit, sample).forEach(s::report);
      return Optional.empty();
    }
    return s.build(
        () -> new SegmentsConfig(seed, refit, sample, rfm.get(), value.get(), behaviour.get()));
  }

  private static Optional<RfmConfig> rfm(Section s) {
    boolean enabled = s.get(RfmConfig.ENABLED);
    List<RfmSegment> grid =
        s.elements("grid").stream().flatMap(element -> rfmSegment(element).stream()).toList();
    return s.build(() -> new RfmConfig(enabled, grid));
  }

  private static Optional<RfmSegment> rfmSegment(Section s) {
    var id = s.require(RfmSegment.ID);
    var name = s.require(RfmSegment.NAME);
    var r = s.require(RfmSegment.R);
    var f = s.require(RfmSegment.F);
    if (id.isEmpty() || name.isEmpty() || r.isEmpty() || f.isEmpty()) {
      return Optional.empty();
    }
    return s.build(() -> new RfmSegment(id.get(), name.get(), r.get(), f.get()));
  }

  private static Optional<ValueConfig> value(Section s) {
    boolean enabled = s.get(ValueConfig.ENABLED);
    List<Tier> tiers =
        s.elements("tiers").stream().flatMap(element -> tier(element).stream()).toList();
    return s.build(() -> new ValueConfig(enabled, tiers));
  }

  private static Optional<Tier> tier(Section s) {
    var id = s.require(Tier.ID);
    var name = s.require(Tier.NAME);
    var share = s.require(Tier.SHARE);
    if (id.isEmpty() || name.isEmpty() || share.isEmpty()) {
      return Optional.empty();
    }
    return s.build(() -> new Tier(id.get(), name.get(), share.get()));
  }

  private static Optional<BehaviourConfig> behaviour(Section s) {
    boolean enabled = s.get(BehaviourConfig.ENABLED);
    List<String> features = s.get(BehaviourConfig.FEATURES);
    int kMin = s.get(BehaviourConfig.K_MIN);
    int kMax = s.get(BehaviourConfig.K_MAX);
    double share = s.get(BehaviourConfig.MIN_SHARE);
    int iterations = s.get(BehaviourConfig.MAX_ITERATIONS);
    int restarts = s.get(BehaviourConfig.RESTARTS);
    double winsorise = s.get(BehaviourConfig.WINSORISE);
    double skew = s.get(BehaviourConfig.LOG_ABOVE_SKEW);
    return s.build(
        () ->
            new BehaviourConfig(
                enabled, features, kMin, kMax, share, iterations, restarts, winsorise, skew));
  }
}
