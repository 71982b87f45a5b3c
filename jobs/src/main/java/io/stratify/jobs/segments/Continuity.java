package io.stratify.jobs.segments;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes of a new fit the successor of the champion: a cluster that is still the same group of
 * people goes on under its id and its name. Ids of rules and tiers are given by the configuration
 * and never change.
 */
final class Continuity {
  private Continuity() {}

  /**
   * The fit with the ids of the champion, where there is one.
   *
   * @param champion may be null
   * @param custom names of the features of the configuration
   * @param notices takes what the user should know
   */
  static Segmentation continued(
      Segmentation champion,
      Segmentation fitted,
      Dataset<Row> features,
      Collection<String> custom,
      Consumer<String> notices) {
    Optional<Additive> additive = fitted.model().additive();
    if (additive.isEmpty() || champion == null) {
      return fitted;
    }
    List<String> gone = champion.missingFeatures(custom);
    if (!gone.isEmpty()) {
      notices.accept(
          "lens "
              + fitted.lens()
              + ": segments of "
              + fitted.id()
              + " have new ids, since "
              + champion.id()
              + " needs features that no longer exist: "
              + String.join(", ", gone));
      return fitted;
    }
    Overlap overlap =
        Overlap.count(
            features,
            champion.model().assignment().getField(Model.SEGMENT_ID),
            fitted.model().assignment().getField(Model.SEGMENT_ID));
    Map<String, String> survivors = Matching.survivors(overlap);
    // The segment of whom nothing is known is not one of people who are alike.
    survivors.keySet().retainAll(additive.get().segmentIds());
    champion.model().additive().ifPresent(a -> survivors.values().retainAll(a.segmentIds()));
    return renamed(champion, fitted, survivors, additive.get().segmentIds());
  }

  private static Segmentation renamed(
      Segmentation champion, Segmentation fitted, Map<String, String> survivors, List<String> all) {
    Map<String, String> names = new TreeMap<>();
    champion.segments().forEach(s -> names.put(s.id(), s.name()));
    Set<String> taken = new HashSet<>();
    all.stream()
        .filter(survivors::containsKey)
        .forEach(i -> taken.add(names.get(survivors.get(i))));
    List<SegmentInfo> segments = new ArrayList<>();
    for (SegmentInfo s : fitted.segments()) {
      String old = survivors.get(s.id());
      segments.add(
          old == null
              ? new SegmentInfo(s.id(), unique(s.name(), taken), s.definition(), s.rule())
              : new SegmentInfo(old, names.get(old), s.definition(), s.rule()));
    }
    return fitted.with(segments, fitted.model().renamed(survivors));
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int n = 2; !taken.add(unique); n++) {
      unique = name + " (" + n + ")";
    }
    return unique;
  }
}
