package io.stratify.jobs.membership;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.Registry;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * How customers moved between any two published snapshots. What the refits in between made of a
 * segment is followed from snapshot to snapshot, as far as these were published in the order of
 * their dates: {@code segment_lineage} is against what was published when it was written.
 *
 * @param from the earlier snapshot
 * @param to the later snapshot
 * @param moves by lens and both segments
 * @param outlook rows of {@code segment_outlook}, were the two snapshots next to each other; of a
 *     lens that has other segments than before there are none, since not all of its moves were made
 *     by customers
 */
public record MigrationBetween(
    Snapshot from, Snapshot to, List<Migration.Move> moves, List<Row> outlook) {
  private static final String JOB = "segmentations";

  /** Makes the lists immutable. */
  public MigrationBetween {
    moves = List.copyOf(moves);
    outlook = List.copyOf(outlook);
  }

  /**
   * Counts the moves of the lenses that both snapshots have.
   *
   * @param from as-of date; empty for that published before {@code to}
   * @param to as-of date; empty for the newest one
   * @param lens the only lens that is asked for; empty for all
   * @throws StratifyException if a date was not published, they are not in their order, or the lens
   *     is not in both
   */
  public static MigrationBetween of(
      Lake lake, Optional<LocalDate> from, Optional<LocalDate> to, Optional<String> lens) {
    Registry registry = new Registry(lake);
    List<Snapshot> published = registry.published();
    if (published.size() < 2) {
      throw new StratifyException(
          "Cannot compare two snapshots: %d published in %s. Run ./stratify run for another as-of"
              + " date first",
          published.size(), lake.root());
    }
    Snapshot second = to.map(d -> find(published, d)).orElse(published.get(published.size() - 1));
    Snapshot first = from.map(d -> find(published, d)).orElseGet(() -> before(second, published));
    if (!first.asOf().isBefore(second.asOf())) {
      throw new StratifyException(
          "Cannot compare %s with %s: the first date must be before the second one. Published"
              + " are: %s",
          first.asOf(), second.asOf(), dates(published));
    }
    Set<String> lenses = new TreeSet<>(registry.lenses(first.asOf()));
    lenses.retainAll(registry.lenses(second.asOf()));
    requireLens(lens, lenses, first, second);
    List<Migration.Move> moves =
        Migration.moves(
            Migration.counted(
                    lake.read(CustomerSegment.TABLE, first, JOB),
                    lake.read(CustomerSegment.TABLE, second, JOB),
                    lake.read(CustomerFeatures.TABLE, first, JOB),
                    lake.read(CustomerFeatures.TABLE, second, JOB),
                    lens.map(Set::of).orElse(lenses))
                .collectAsList(),
            successors(lake, published, first, second));
    return new MigrationBetween(
        first,
        second,
        moves,
        MigrationRows.outlook(
            ofCustomers(
                moves,
                registry.segmentations(first.asOf()),
                registry.segmentations(second.asOf()))));
  }

  /** The moves of the lenses that have the same segments on both dates. */
  static List<Migration.Move> ofCustomers(
      List<Migration.Move> moves, Map<String, String> before, Map<String, String> after) {
    Set<String> others =
        moves.stream()
            .filter(
                m ->
                    m.via().equals(Migration.LINEAGE)
                        || !after.get(m.lens()).equals(before.get(m.lens())))
            .map(Migration.Move::lens)
            .collect(Collectors.toSet());
    return moves.stream().filter(m -> !others.contains(m.lens())).toList();
  }

  private static Snapshot find(List<Snapshot> published, LocalDate asOf) {
    return published.stream()
        .filter(s -> s.asOf().equals(asOf))
        .findFirst()
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot compare snapshots: nothing is published as of %s. Published are: %s",
                    asOf, dates(published)));
  }

  private static String dates(List<Snapshot> published) {
    return published.stream().map(s -> s.asOf().toString()).collect(Collectors.joining(", "));
  }

  private static Snapshot before(Snapshot second, List<Snapshot> published) {
    int index = published.indexOf(second);
    if (index == 0) {
      throw new StratifyException(
          "Cannot compare %s with the snapshot before: nothing is published before it. Published"
              + " are: %s",
          second.asOf(), dates(published));
    }
    return published.get(index - 1);
  }

  private static void requireLens(
      Optional<String> wanted, Set<String> lenses, Snapshot first, Snapshot second) {
    if (lenses.isEmpty()) {
      throw new StratifyException(
          "Cannot compare %s with %s: no lens is in both", first.asOf(), second.asOf());
    }
    if (wanted.isPresent() && !lenses.contains(wanted.get())) {
      throw new StratifyException(
          "Cannot compare lens %s: it is not in both snapshots, %s and %s. The lenses in both are:"
              + " %s",
          wanted.get(), first.asOf(), second.asOf(), String.join(", ", lenses));
    }
  }

  /** What the refits after one snapshot, up to another one, made of a segment, by its id. */
  private static Map<String, Set<String>> successors(
      Lake lake, List<Snapshot> published, Snapshot first, Snapshot second) {
    Map<String, Set<String>> successors = new HashMap<>();
    if (!lake.exists(SegmentLineage.TABLE)) {
      return successors;
    }
    List<Row> links = lake.read(SegmentLineage.TABLE, JOB).collectAsList();
    for (Snapshot s : published) {
      if (s.asOf().isAfter(first.asOf()) && !s.asOf().isAfter(second.asOf())) {
        follow(links.stream().filter(r -> isOf(r, s)).toList(), successors);
      }
    }
    return successors;
  }

  private static boolean isOf(Row link, Snapshot s) {
    return s.asOf().equals(link.<java.sql.Date>getAs(TableSpec.AS_OF.name()).toLocalDate())
        && link.<Integer>getAs(TableSpec.REVISION.name()) == s.revision();
  }

  /** Goes one snapshot on: its links continue the chains of those before, and begin new ones. */
  private static void follow(List<Row> links, Map<String, Set<String>> successors) {
    Map<String, Set<String>> own = new HashMap<>();
    for (Row link : links) {
      String before = SegmentLineage.PREVIOUS_SEGMENT_ID.text(link);
      String after = SegmentLineage.SEGMENT_ID.text(link);
      if (before != null && after != null && !before.equals(after)) {
        own.computeIfAbsent(before, b -> new HashSet<>()).add(after);
      }
    }
    for (Set<String> reached : successors.values()) {
      List.copyOf(reached).forEach(id -> reached.addAll(own.getOrDefault(id, Set.of())));
    }
    own.forEach((id, after) -> successors.computeIfAbsent(id, b -> new HashSet<>()).addAll(after));
  }
}
