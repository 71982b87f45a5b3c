package io.stratify.common.config;

import io.stratify.common.config.LensConfig.Kind;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the records below {@code segments}. */
final class SegmentsReader {
  private SegmentsReader() {}

  static Optional<SegmentsConfig> read(Section s) {
    long seed = s.get(SegmentsConfig.SEED);
    RefitConfig refit = refit(s);
    int sample = s.get(SegmentsConfig.SAMPLE);
    var rfm = rfm(s.section("rfm"));
    var value = value(s.section("value"));
    var behaviour =
        ClusterReader.read(
            ClusterConfig.BEHAVIOUR, s.section(ClusterConfig.BEHAVIOUR), Optional.empty());
    List<LensConfig> lenses = lenses(s.section("lenses"), behaviour);
    if (rfm.isEmpty() || value.isEmpty() || behaviour.isEmpty()) {
      SegmentsConfig.problems(sample, refit, lenses).forEach(s::report);
      return Optional.empty();
    }
    return s.build(
        () ->
            new SegmentsConfig(
                seed, refit, sample, rfm.get(), value.get(), behaviour.get(), lenses));
  }

  private static RefitConfig refit(Section s) {
    Period every = s.get(RefitConfig.key("segments"));
    Map<String, Section> lenses = new TreeMap<>(s.section("lenses").sections());
    SegmentsConfig.OWN.forEach(name -> lenses.put(name, s.section(name)));
    Map<String, Period> ofLens = new TreeMap<>();
    lenses.forEach(
        (name, lens) ->
            lens.find(RefitConfig.key("segments." + name)).ifPresent(p -> ofLens.put(name, p)));
    return new RefitConfig(every, ofLens);
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
    return s.buildElement(() -> new RfmSegment(id.get(), name.get(), r.get(), f.get()));
  }

  private static Optional<ValueConfig> value(Section s) {
    boolean enabled = s.get(ValueConfig.ENABLED);
    ValueConfig.By by = s.get(ValueConfig.BY);
    List<Tier> tiers =
        s.elements("tiers").stream().flatMap(element -> tier(element).stream()).toList();
    return s.build(() -> new ValueConfig(enabled, by, tiers));
  }

  private static Optional<Tier> tier(Section s) {
    var id = s.require(Tier.ID);
    var name = s.require(Tier.NAME);
    var share = s.require(Tier.SHARE);
    if (id.isEmpty() || name.isEmpty() || share.isEmpty()) {
      return Optional.empty();
    }
    return s.buildElement(() -> new Tier(id.get(), name.get(), share.get()));
  }

  /** What a lens of clusters does not say is as in the lens behaviour. */
  private static List<LensConfig> lenses(Section s, Optional<ClusterConfig> behaviour) {
    List<LensConfig> lenses = new ArrayList<>();
    s.sections().forEach((name, lens) -> lens(name, lens, behaviour).ifPresent(lenses::add));
    return lenses;
  }

  /** Names of the further lenses of clusters. */
  static Set<String> clusters(Section s) {
    Set<String> names = new TreeSet<>();
    s.section("lenses")
        .sections()
        .forEach(
            (name, lens) ->
                lens.find(Key.oneOf(LensConfig.path(name) + ".kind", Kind.class))
                    .filter(Kind.CLUSTERS::equals)
                    .ifPresent(kind -> names.add(name)));
    return names;
  }

  private static Optional<? extends LensConfig> lens(
      String name, Section s, Optional<ClusterConfig> behaviour) {
    String path = LensConfig.path(name);
    boolean enabled = s.find(Key.flag(path + ".enabled")).orElse(true);
    Optional<Kind> kind = s.require(Key.oneOf(path + ".kind", Kind.class));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    return switch (kind.get()) {
      case RULES -> rules(name, enabled, s);
      case CLUSTERS -> {
        if (behaviour.isEmpty()) {
          ClusterReader.know(name, s);
          yield Optional.empty();
        }
        yield ClusterReader.read(name, s, behaviour);
      }
      case COMBINED -> combined(name, enabled, s);
    };
  }

  private static Optional<RulesConfig> rules(String name, boolean enabled, Section s) {
    var other = s.find(RulesConfig.other(LensConfig.path(name))).flatMap(given -> given);
    List<RulesConfig.Rule> rules =
        s.has("rules")
            ? s.elements("rules").stream()
                .flatMap(element -> rule(element.declaredAt(RulesConfig.Rule.PATH)).stream())
                .toList()
            : List.of();
    String origin = s.origin("rules").toString();
    return s.build(() -> new RulesConfig(name, enabled, rules, other, origin));
  }

  private static Optional<RulesConfig.Rule> rule(Section s) {
    var id = s.require(RulesConfig.Rule.ID);
    var name = s.require(RulesConfig.Rule.NAME);
    var when = s.require(RulesConfig.Rule.WHEN);
    if (id.isEmpty() || name.isEmpty() || when.isEmpty()) {
      return Optional.empty();
    }
    return s.buildElement(
        () ->
            new RulesConfig.Rule(
                id.get(), name.get(), new SqlExpression(when.get(), s.origin("when").toString())));
  }

  private static Optional<CombinedConfig> combined(String name, boolean enabled, Section s) {
    String path = LensConfig.path(name);
    var of = s.require(CombinedConfig.of(path));
    double share = s.find(CombinedConfig.minShare(path)).orElse(0.05);
    return of.isEmpty()
        ? Optional.empty()
        : s.build(() -> new CombinedConfig(name, enabled, of.get(), share));
  }
}
