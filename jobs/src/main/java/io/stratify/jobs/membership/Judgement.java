package io.stratify.jobs.membership;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Applies what people decided to the segmentations of a run. Decisions name segments by their ids,
 * which survive refits, and are applied to every run anew: what the registry keeps is what was
 * fitted, so that a decision taken back is undone.
 */
final class Judgement {
  /** Outcome of a decision that holds. */
  static final String APPLIED = SegmentDecision.APPLIED;

  private final Map<String, Segmentation> segmentations = new LinkedHashMap<>();
  private final Map<String, String> merged = new HashMap<>();
  private final Map<Decision, String> outcomes = new LinkedHashMap<>();
  private final Map<String, String> descriptions = new HashMap<>();
  private final Set<String> pinned = new HashSet<>();
  private final Set<String> renamed = new HashSet<>();

  private Judgement(List<Segmentation> fitted) {
    fitted.forEach(s -> segmentations.put(s.lens(), s));
  }

  /** The segmentations after all decisions that can be applied. */
  static Judgement of(List<Segmentation> fitted, List<Decision> decisions) {
    Judgement judgement = new Judgement(fitted);
    for (Decision d : decisions) {
      try {
        judgement.apply(d);
        judgement.outcomes.put(d, APPLIED);
      } catch (StratifyException e) {
        judgement.outcomes.put(d, e.getMessage());
      }
    }
    CrossedNames names = new CrossedNames(fitted, judgement.segmentations(), judgement.merged);
    judgement.segmentations.replaceAll((lens, s) -> names.of(s, judgement.renamed));
    return judgement;
  }

  /** One per lens, in the order given. */
  List<Segmentation> segmentations() {
    return List.copyOf(segmentations.values());
  }

  /** What became of each decision: {@link #APPLIED}, or why it was not. */
  Map<Decision, String> outcomes() {
    return outcomes;
  }

  /** A sentence for every name that several segments of a lens have. */
  List<String> namesakes() {
    List<String> sentences = new ArrayList<>();
    for (Segmentation s : segmentations.values()) {
      Map<String, List<String>> ids = new TreeMap<>();
      s.segments().forEach(i -> ids.computeIfAbsent(i.name(), n -> new ArrayList<>()).add(i.id()));
      ids.forEach(
          (name, called) -> {
            if (called.size() > 1) {
              sentences.add(
                  String.format(
                      "lens %s: the segments %s are all called %s, and readers see the names. Give"
                          + " them different ones, or merge them, in segment_names",
                      s.lens(), String.join(", ", called), name));
            }
          });
    }
    return sentences;
  }

  /** Descriptions by segment. */
  Map<String, String> descriptions() {
    return descriptions;
  }

  /** Segments that no refit may do without. */
  Set<String> pinned() {
    return pinned;
  }

  private void apply(Decision d) {
    Segmentation s = segmentations.get(d.lens());
    if (s == null) {
      throw new StratifyException(
          "Cannot %s segment %s: there is no lens %s in this run. The lenses are: %s. Correct"
              + " segment_names",
          d.kind().text(), d.segmentId(), d.lens(), String.join(", ", segmentations.keySet()));
    }
    String id = require(d, s, d.segmentId());
    switch (d.kind()) {
      case RENAME -> {
        segmentations.put(d.lens(), renamed(s, id, d.value()));
        renamed.add(id);
      }
      case DESCRIBE -> descriptions.put(id, d.value());
      case PIN -> pinned.add(id);
      case MERGE -> segmentations.put(d.lens(), merged(s, d, id));
      case RETIRE -> segmentations.put(d.lens(), retired(s, d, id));
    }
  }

  /** The id of a segment that exists. */
  private String require(Decision d, Segmentation s, String named) {
    return resolve(s, named).orElseThrow(() -> absent(d, s, named));
  }

  private StratifyException absent(Decision d, Segmentation s, String named) {
    Optional<String> into = mergedInto(s, named);
    if (into.isPresent()) {
      return new StratifyException(
          "Cannot %s segment %s of lens %s: it is a part of %s, into which it was merged. Decide"
              + " about that one in segment_names",
          d.kind().text(), d.segmentId(), d.lens(), into.get());
    }
    boolean perhapsDone =
        d.kind() == Decision.Kind.MERGE
            && named.equals(d.segmentId())
            && resolve(s, d.value()).isPresent();
    return new StratifyException(
        "Cannot %s segment %s of lens %s: there is no segment %s. The segments of lens %s are: %s."
            + " %s",
        d.kind().text(),
        d.segmentId(),
        d.lens(),
        named,
        d.lens(),
        s.segments().stream().map(SegmentInfo::id).collect(Collectors.joining(", ")),
        perhapsDone
            ? "Where a refit found both as one, nothing is left to merge: take the row out of"
                + " segment_names"
            : "Correct segment_names");
  }

  /** What a segment was merged into, which people may name without the lens. */
  private Optional<String> mergedInto(Segmentation s, String named) {
    return Optional.ofNullable(merged.getOrDefault(named, merged.get(s.lens() + "." + named)));
  }

  /** The id of a segment, which people may name without the lens. */
  private static Optional<String> resolve(Segmentation s, String named) {
    return s.segments().stream()
        .map(SegmentInfo::id)
        .filter(id -> id.equals(named) || id.equals(s.lens() + "." + named))
        .findFirst();
  }

  private static Segmentation renamed(Segmentation s, String id, String name) {
    return s.with(
        s.segments().stream()
            .map(i -> i.id().equals(id) ? new SegmentInfo(id, name, i.definition(), i.rule()) : i)
            .toList(),
        s.model());
  }

  private Segmentation merged(Segmentation s, Decision d, String id) {
    String into = require(d, s, mergedInto(s, d.value()).orElse(d.value()));
    if (into.equals(id)) {
      throw new StratifyException(
          "Cannot merge segment %s of lens %s: it would be merged into itself. Correct"
              + " segment_names",
          id, s.lens());
    }
    merged.replaceAll((from, to) -> to.equals(id) ? into : to);
    merged.put(id, into);
    return s.with(defined(without(s, id), s, id, into), s.model().renamed(Map.of(id, into)));
  }

  /** The segment that others are merged into is defined as theirs is too. */
  private static List<SegmentInfo> defined(
      List<SegmentInfo> left, Segmentation s, String id, String into) {
    String other =
        s.segments().stream()
            .filter(i -> i.id().equals(id))
            .map(SegmentInfo::definition)
            .collect(Collectors.joining());
    return left.stream()
        .map(
            i ->
                i.id().equals(into)
                    ? new SegmentInfo(into, i.name(), i.definition() + "; or " + other, i.rule())
                    : i)
        .toList();
  }

  private static Segmentation retired(Segmentation s, Decision d, String id) {
    if (s.segments().size() == 1) {
      throw new StratifyException(
          "Cannot retire segment %s of lens %s: it is the only one. Correct segment_names",
          d.segmentId(), d.lens());
    }
    Model others =
        s.model()
            .without(id)
            .orElseThrow(
                () ->
                    new StratifyException(
                        "Cannot retire segment %s of lens %s: its customers would be nowhere. Merge"
                            + " it into another one, or change the configuration of the lens",
                        d.segmentId(), d.lens()));
    return s.with(without(s, id), others);
  }

  private static List<SegmentInfo> without(Segmentation s, String id) {
    List<SegmentInfo> others = new ArrayList<>(s.segments());
    others.removeIf(i -> i.id().equals(id));
    return others;
  }
}
