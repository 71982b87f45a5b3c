package io.stratify.jobs.validation;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Which segmentation each lens is published with: a challenger that passed every gate, else the
 * champion, else, where there is no champion, the challenger marked provisional or none at all.
 *
 * @param effective what to publish, one per lens
 * @param provisional ids among them whose gates failed
 * @param refused ids of challengers that failed a gate, by lens
 * @param kept ids among the effective that were fitted before, of which this run has no verdict
 * @param lost ids of champions that nobody can be assigned by any more, by lens, where a challenger
 *     failed a gate: the lens is as one without a champion
 */
public record Verdicts(
    List<Segmentation> effective,
    Set<String> provisional,
    Map<String, String> refused,
    Set<String> kept,
    Map<String, String> lost) {

  /**
   * Decides from the rows of the registry and of the validation table.
   *
   * @param usable whether customers can be assigned by a champion
   */
  public static Verdicts of(
      List<Row> segmentations,
      List<Row> validations,
      boolean publishProvisional,
      Predicate<Segmentation> usable) {
    Set<String> failed = new HashSet<>();
    for (Row v : validations) {
      if ("fail".equals(v.getAs(SegmentationValidation.VERDICT.name()))) {
        failed.add(v.getAs(SegmentationValidation.SEGMENTATION_ID.name()));
      }
    }
    Map<String, Segmentation> champions = new HashMap<>();
    Map<String, Segmentation> challengers = new HashMap<>();
    Set<String> lenses = new LinkedHashSet<>();
    for (Row row : segmentations) {
      Segmentation s = Segmentation.fromRow(row);
      lenses.add(s.lens());
      boolean champion = Segmentation.CHAMPION.equals(row.getAs(SegmentationTable.STATUS.name()));
      (champion ? champions : challengers).put(s.lens(), s);
    }
    Verdicts verdicts =
        new Verdicts(
            new ArrayList<>(),
            new HashSet<>(),
            new LinkedHashMap<>(),
            new HashSet<>(),
            new LinkedHashMap<>());
    for (String lens : lenses) {
      Segmentation champion = champions.get(lens);
      Segmentation challenger = challengers.get(lens);
      if (challenger != null && failed.contains(challenger.id())) {
        verdicts.refused().put(lens, challenger.id());
        if (champion != null && !usable.test(champion)) {
          verdicts.lost().put(lens, champion.id());
          champion = null;
        }
      }
      verdicts.decide(lens, champion, challenger, publishProvisional);
    }
    return verdicts;
  }

  /**
   * Gates are not passed by leaving the job of the gates out.
   *
   * @throws StratifyException if new clusters have no verdict at all
   */
  public static void requireAll(List<Row> segmentations, List<Row> validations, Snapshot snapshot) {
    Set<String> judged =
        validations.stream()
            .map(SegmentationValidation.SEGMENTATION_ID::text)
            .collect(Collectors.toSet());
    segmentations.stream()
        .filter(r -> Segmentation.CHALLENGER.equals(SegmentationTable.STATUS.text(r)))
        .map(Segmentation::fromRow)
        .filter(s -> s.smallestShare() != null && !judged.contains(s.id()))
        .findFirst()
        .ifPresent(
            s -> {
              throw new StratifyException(
                  "Cannot assign customers: segmentation %s of %s has not gone through the gates."
                      + " Run it with the jobs before it: ./stratify run --as-of %s --to membership",
                  s.id(), snapshot, snapshot.asOf());
            });
  }

  private void decide(
      String lens, Segmentation champion, Segmentation challenger, boolean publishProvisional) {
    if (challenger != null && !refused.containsKey(lens)) {
      effective.add(challenger);
    } else if (champion != null) {
      effective.add(champion);
      kept.add(champion.id());
    } else if (publishProvisional) {
      effective.add(challenger);
      provisional.add(challenger.id());
    }
  }
}
