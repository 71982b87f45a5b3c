package io.stratify.jobs.membership;

import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentMigration;
import io.stratify.common.tables.SegmentOutlook;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.features.Cutoffs;
import io.stratify.jobs.segments.FeaturePresence;
import io.stratify.jobs.segments.Lineage;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What is new against the snapshot published before: who moved, why, and what became of segments.
 * All tables are empty where nothing was published before.
 */
final class AgainstBefore {
  private final JobContext context;
  private final Job job;
  private final Snapshot previous;
  private final Map<String, Segmentation> before;
  private final List<Segmentation> after;

  /**
   * Compares with a snapshot.
   *
   * @param before segmentations that it was published with, by lens
   * @param after those of this run
   */
  AgainstBefore(
      JobContext context,
      Job job,
      Snapshot previous,
      Map<String, Segmentation> before,
      List<Segmentation> after) {
    this.context = context;
    this.job = job;
    this.previous = previous;
    this.before = before;
    this.after = after;
  }

  /** The tables of a run before which nothing was published. */
  static Map<TableSpec, Dataset<Row>> nothing(JobContext context) {
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    for (TableSpec table :
        List.of(
            SegmentChange.TABLE,
            SegmentLineage.TABLE,
            ShiftReason.TABLE,
            SegmentMigration.TABLE,
            SegmentOutlook.TABLE)) {
      tables.put(table, context.empty(table));
    }
    return tables;
  }

  /**
   * The bodies of the tables.
   *
   * @param memberships {@code customer_segment} of this run
   * @param features {@code customer_features} of this run
   */
  Map<TableSpec, Dataset<Row>> tables(Dataset<Row> memberships, Dataset<Row> features) {
    Dataset<Row> membershipsBefore = read(CustomerSegment.TABLE);
    Dataset<Row> featuresBefore = read(CustomerFeatures.TABLE);
    Map<String, List<Lineage.Link>> lineage = lineage(features, membershipsBefore, memberships);
    context.describe("count moves between segments");
    List<Migration.Move> moves =
        Migration.moves(
            Migration.counted(membershipsBefore, memberships, featuresBefore, features, lenses())
                .collectAsList(),
            successors(lineage));
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(ShiftReason.TABLE, shiftReasons(memberships, featuresBefore, features));
    tables.put(
        SegmentChange.TABLE,
        Changes.of(
            memberships,
            membershipsBefore,
            lenses(),
            previous.asOf(),
            context.config().consent().pastSnapshots()));
    tables.put(SegmentLineage.TABLE, rows(SegmentLineage.TABLE, lineageRows(lineage)));
    tables.put(
        SegmentMigration.TABLE,
        rows(SegmentMigration.TABLE, MigrationRows.moves(moves, previous.asOf())));
    tables.put(
        SegmentOutlook.TABLE,
        rows(SegmentOutlook.TABLE, outlook(moves, memberships, featuresBefore, features)));
    return tables;
  }

  /**
   * The rows of {@code segment_outlook}, from the moves that customers made themselves: where a
   * lens has other segments than before, the customers as they were are divided by those of now. A
   * feature that nobody had then would put them elsewhere for another reason: the future is open.
   */
  private List<Row> outlook(
      List<Migration.Move> moves,
      Dataset<Row> memberships,
      Dataset<Row> featuresBefore,
      Dataset<Row> features) {
    List<Segmentation> others = new ArrayList<>();
    Set<String> open = new TreeSet<>();
    for (Segmentation s : after) {
      if (before.containsKey(s.lens()) && differ(before.get(s.lens()), s)) {
        context.describe("count moves between the segments of " + s.id());
        if (hadAll(featuresBefore, s)) {
          others.add(s);
        } else {
          open.add(s.lens());
        }
      }
    }
    List<Migration.Move> own =
        others.isEmpty()
            ? moves
            : Migration.ofCustomers(moves, others, memberships, featuresBefore, features);
    return MigrationRows.outlook(own, open);
  }

  private static boolean hadAll(Dataset<Row> features, Segmentation s) {
    List<String> names = s.model().features().stream().distinct().toList();
    return names.isEmpty() || FeaturePresence.reason(features, names).isEmpty();
  }

  /** Without rows where all its customers were forgotten, or withdrew. */
  private Dataset<Row> read(TableSpec table) {
    return context.readSlice(table, previous);
  }

  private Dataset<Row> rows(TableSpec table, List<Row> rows) {
    return context.rows(table, rows);
  }

  private Set<String> lenses() {
    Set<String> lenses = new TreeSet<>();
    after.stream().map(Segmentation::lens).filter(before::containsKey).forEach(lenses::add);
    return lenses;
  }

  /** The links of every lens that has another segmentation than before. */
  private Map<String, List<Lineage.Link>> lineage(
      Dataset<Row> features, Dataset<Row> membershipsBefore, Dataset<Row> memberships) {
    Map<String, List<Lineage.Link>> lineage = new LinkedHashMap<>();
    for (Segmentation s : after) {
      Segmentation old = before.get(s.lens());
      if (old != null && differ(old, s)) {
        context.describe("lineage of " + s.lens());
        Column lens = CustomerSegment.LENS.col().equalTo(s.lens());
        lineage.put(
            s.lens(),
            usable(old)
                ? Lineage.between(old, s, features)
                : Lineage.between(membershipsBefore.where(lens), memberships.where(lens)));
      }
    }
    return lineage;
  }

  /** Another fit, or the same one with other segments after a decision of people. */
  private static boolean differ(Segmentation a, Segmentation b) {
    return !a.id().equals(b.id())
        || !a.segments().stream()
            .map(SegmentInfo::id)
            .toList()
            .equals(b.segments().stream().map(SegmentInfo::id).toList());
  }

  private boolean usable(Segmentation s) {
    return s.missingFeatures(MembershipJob.custom(context)).isEmpty();
  }

  private List<Row> lineageRows(Map<String, List<Lineage.Link>> lineage) {
    List<Row> rows = new ArrayList<>();
    for (Segmentation s : after) {
      int number = 0;
      for (Lineage.Link link : lineage.getOrDefault(s.lens(), List.of())) {
        rows.add(
            RowFactory.create(
                s.lens(),
                ++number,
                link.event().text(),
                link.before(),
                link.after(),
                link.customers(),
                link.shareOfBefore(),
                link.shareOfAfter(),
                before.get(s.lens()).id(),
                s.id()));
      }
    }
    return rows;
  }

  private static Map<String, Set<String>> successors(Map<String, List<Lineage.Link>> lineage) {
    Map<String, Set<String>> successors = new HashMap<>();
    lineage.values().stream()
        .flatMap(List::stream)
        .filter(l -> l.before() != null && l.after() != null)
        .forEach(l -> successors.computeIfAbsent(l.before(), b -> new TreeSet<>()).add(l.after()));
    return successors;
  }

  private Dataset<Row> shiftReasons(
      Dataset<Row> memberships, Dataset<Row> featuresBefore, Dataset<Row> features) {
    Map<String, Segmentation> known = new HashMap<>(before);
    known.values().removeIf(s -> !usable(s));
    LocalDate asOf = context.snapshot().asOf();
    return new ShiftReasons(
            known,
            after,
            names(),
            Cutoffs.kept(read(RfmCutoff.TABLE).collectAsList()),
            previous.asOf(),
            asOf)
        .of(
            Changes.shifts(memberships),
            featuresBefore,
            features,
            context.read(CustomerDay.TABLE, job),
            context.readIfThere(IdentityMap.TABLE, job));
  }

  private Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    before.values().forEach(s -> s.segments().forEach(i -> names.put(i.id(), i.name())));
    after.forEach(s -> s.segments().forEach(i -> names.put(i.id(), i.name())));
    return names;
  }
}
