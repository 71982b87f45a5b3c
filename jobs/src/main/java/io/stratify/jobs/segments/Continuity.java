package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes of a new fit the successor of those before it: a cluster that is still the same group of
 * people goes on under its id and its name, and no other gets an id that a group before had. Ids of
 * rules and tiers are given by the configuration and never change. Those of a crossed lens are of
 * its largest cells; where cells are folded together otherwise, a group keeps the id that it had,
 * unless a cell of that name is a segment of its own now.
 */
final class Continuity {
  private final Dataset<Row> features;
  private final Collection<String> custom;
  private final Function<Segmentation, Optional<Dataset<Row>>> published;
  private final Supplier<Map<String, String>> merged;
  private final Consumer<String> notices;

  /**
   * For fits on the customers of one snapshot.
   *
   * @param custom names of the features of the configuration
   * @param published who was in the segments of a segmentation when it was published last, one row
   *     per customer with both ids; only asked where its features no longer exist
   * @param merged segments that readers know as a part of another, with that one; only asked where
   *     there is something to go on with
   * @param notices takes what the user should know
   */
  Continuity(
      Dataset<Row> features,
      Collection<String> custom,
      Function<Segmentation, Optional<Dataset<Row>>> published,
      Supplier<Map<String, String>> merged,
      Consumer<String> notices) {
    this.features = features;
    this.custom = custom;
    this.published = published;
    this.merged = merged;
    this.notices = notices;
  }

  /**
   * The fit with the ids of the champion, where there is one. What is new in it has the ids that
   * earlier revisions of the same date gave to the same people, else ids of its own.
   *
   * @param champion may be null
   * @param again what earlier revisions of the same date fitted for the lens, the newest first
   */
  Segmentation continued(Segmentation champion, List<Segmentation> again, Segmentation fitted) {
    return continued(champion, again, fitted, Map.of());
  }

  /**
   * The same of clusters, whose names are made of what they are like: one that no longer describes
   * its segment gives way to the name of the new fit, and the user is told.
   *
   * @param traits what the clusters of the fit are like, by its ids
   */
  Segmentation continued(
      Segmentation champion,
      List<Segmentation> again,
      Segmentation fitted,
      Map<String, Traits> traits) {
    List<Segmentation> before = new ArrayList<>(again);
    if (champion != null) {
      before.add(0, champion);
    }
    Segmentation named =
        fitted
            .model()
            .additive()
            .map(a -> named(before, fitted, a.segmentIds(), traits))
            .orElseGet(
                () ->
                    fitted.model() instanceof CombinedModel crossed
                        ? crossed(before, fitted, crossed)
                        : fitted);
    Segmentation continued = named.distinctFrom(before);
    if (fitted.model().additive().isPresent()) {
      tellRenamed(before, continued);
    }
    return continued;
  }

  private Segmentation named(
      List<Segmentation> before,
      Segmentation fitted,
      List<String> all,
      Map<String, Traits> traits) {
    Map<String, String> ids = new TreeMap<>();
    Map<String, String> names = new TreeMap<>();
    Set<String> used = new HashSet<>();
    for (Segmentation earlier : before) {
      if (ids.size() < all.size() && isKnown(earlier, fitted)) {
        survivors(earlier, fitted)
            .forEach(
                (id, old) -> {
                  if (all.contains(id) && !ids.containsKey(id) && !used.contains(old)) {
                    ids.put(id, old);
                  }
                });
      }
      for (SegmentInfo s : earlier.segments()) {
        used.add(s.id());
        names.putIfAbsent(s.id(), s.name());
      }
    }
    int free = 1;
    for (String id : all) {
      if (!ids.containsKey(id) && used.contains(id)) {
        String own = id;
        while (used.contains(own) || all.contains(own)) {
          own = id.substring(0, id.lastIndexOf('-') + 1) + free++;
        }
        ids.put(id, own);
      }
    }
    ids.forEach((id, old) -> dropUntrue(names, old, traits.get(id)));
    return renamed(fitted, ids, names);
  }

  private static void dropUntrue(Map<String, String> names, String id, Traits traits) {
    if (traits != null && names.containsKey(id) && !traits.describedBy(names.get(id))) {
      names.remove(id);
    }
  }

  private void tellRenamed(List<Segmentation> before, Segmentation continued) {
    Map<String, String> now = new TreeMap<>();
    continued.segments().forEach(s -> now.put(s.id(), s.name()));
    before.stream()
        .limit(1)
        .flatMap(s -> s.segments().stream())
        .filter(s -> now.containsKey(s.id()) && !now.get(s.id()).equals(s.name()))
        .forEach(
            s ->
                notices.accept(
                    String.format(
                        "lens %s: segment %s keeps its id in %s and is called \"%s\" there, since"
                            + " \"%s\" does not describe its new centre; a name in segment_names"
                            + " stays",
                        continued.lens(), s.id(), continued.id(), now.get(s.id()), s.name())));
  }

  /** A group goes on under the id that it had where one of its cells was a part of it then. */
  private Segmentation crossed(
      List<Segmentation> before, Segmentation fitted, CombinedModel model) {
    Set<String> own = fitted.segments().stream().map(SegmentInfo::id).collect(Collectors.toSet());
    Map<String, String> ids = new TreeMap<>();
    Map<String, String> names = new TreeMap<>();
    for (Segmentation earlier : before) {
      Set<String> gone = new HashSet<>();
      earlier.segments().stream().map(SegmentInfo::id).forEach(gone::add);
      gone.removeAll(own);
      gone.removeAll(ids.values());
      if (!gone.isEmpty()
          && earlier.model() instanceof CombinedModel then
          && isKnown(earlier, fitted)) {
        survivors(earlier, fitted)
            .forEach(
                (id, old) -> {
                  if (gone.contains(old) && model.sharesCell(id, then, old)) {
                    ids.putIfAbsent(id, old);
                  }
                });
        earlier.segments().forEach(s -> names.putIfAbsent(s.id(), s.name()));
      }
    }
    return renamed(fitted, ids, names);
  }

  private boolean isKnown(Segmentation earlier, Segmentation fitted) {
    List<String> gone = earlier.missingFeatures(custom);
    boolean known = gone.isEmpty() || published.apply(earlier).isPresent();
    if (!known) {
      notices.accept(
          "lens "
              + fitted.lens()
              + ": segments of "
              + fitted.id()
              + " have new ids, since "
              + earlier.id()
              + " needs features that no longer exist: "
              + String.join(", ", gone));
    }
    return known;
  }

  /**
   * Segments of the fit that are those of an earlier segmentation, or the group of people that
   * readers have under its ids, unless the fit finds the segments of the group apart.
   */
  private Map<String, String> survivors(Segmentation earlier, Segmentation fitted) {
    Overlap overlap = overlap(earlier, fitted);
    Map<String, String> survivors = Matching.survivors(overlap);
    Map<String, String> parts = merged.get();
    Matching.survivors(overlap.merged(parts))
        .forEach(
            (id, group) -> {
              String own = survivors.get(id);
              boolean whole = own == null || parts.containsKey(own);
              if (whole && !survivors.containsValue(group)) {
                survivors.put(id, group);
              }
            });
    // The segment of whom nothing is known is not one of people who are alike.
    earlier.model().additive().ifPresent(a -> survivors.values().retainAll(a.segmentIds()));
    return survivors;
  }

  /**
   * By where the earlier one puts the customers of now, or, if it cannot, where it had put them.
   */
  private Overlap overlap(Segmentation earlier, Segmentation fitted) {
    Column after = fitted.model().assignment().getField(Model.SEGMENT_ID);
    if (earlier.missingFeatures(custom).isEmpty()) {
      return Overlap.count(
          features, earlier.model().assignment().getField(Model.SEGMENT_ID), after);
    }
    Dataset<Row> members = published.apply(earlier).orElseThrow();
    return Overlap.count(
        features.join(members, CustomerFeatures.CUSTOMER_ID.name()),
        CustomerSegment.SEGMENT_ID.col(),
        after);
  }

  private static Segmentation renamed(
      Segmentation fitted, Map<String, String> ids, Map<String, String> names) {
    Set<String> taken = new HashSet<>();
    ids.values().stream().filter(names::containsKey).forEach(id -> taken.add(names.get(id)));
    List<SegmentInfo> segments = new ArrayList<>();
    for (SegmentInfo s : fitted.segments()) {
      String id = ids.getOrDefault(s.id(), s.id());
      String name = ids.containsKey(s.id()) ? names.get(id) : null;
      segments.add(
          new SegmentInfo(
              id,
              name == null ? SegmentNames.unique(s.name(), taken) : name,
              s.definition(),
              s.rule()));
    }
    return fitted.with(segments, fitted.model().renamed(ids));
  }
}
