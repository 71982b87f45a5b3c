package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.config.ValidationConfig.Proposals;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.MembershipReason;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentChange;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentLineage;
import io.stratify.common.tables.SegmentMigration;
import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentOutlook;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.ShiftReason;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Promotions;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import io.stratify.jobs.validation.Verdicts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Assigns every customer to a segment of every lens, in one pass over the features. */
public final class MembershipJob implements Job {
  /** The segments that have customers, and all of them. */
  record MembershipResult(long memberships, int lenses, int inhabited, int segments, long shifts)
      implements JobResult {
    @Override
    public String sentence() {
      return Counted.of(memberships, "membership")
          + " in "
          + (inhabited == segments ? "" : inhabited + " of ")
          + Counted.of(segments, "segment")
          + (lenses == 1 ? " of 1 lens, " : " of " + lenses + " lenses, ")
          + Counted.of(shifts, "shift");
    }
  }

  @Override
  public String name() {
    return "membership";
  }

  @Override
  public String description() {
    return "Assign every customer to a segment of each lens";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(
        CustomerFeatures.TABLE,
        RfmCutoff.TABLE,
        CustomerDay.TABLE,
        IdentityMap.TABLE,
        SegmentNames.TABLE,
        SegmentationTable.TABLE,
        SegmentationValidation.TABLE,
        SegmentProposal.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(
        CustomerSegment.TABLE,
        Segment.TABLE,
        SegmentDecision.TABLE,
        SegmentChange.TABLE,
        SegmentLineage.TABLE,
        MembershipReason.TABLE,
        ShiftReason.TABLE,
        SegmentMigration.TABLE,
        SegmentOutlook.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    Verdicts verdicts = verdicts(context);
    if (verdicts.effective().isEmpty()) {
      throw new StratifyException(
          "Cannot assign customers: every new segmentation failed a gate, no lens has a champion"
              + " that they could be assigned by, and validation.publish-provisional = false. See segmentation_validation");
    }
    verdicts.effective().forEach(s -> requireFeatures(s, custom(context)));
    tellOfLost(context, verdicts);
    Registry registry = new Registry(context.lake());
    Optional<Snapshot> previous = registry.before(context.snapshot().asOf());
    previous
        .filter(s -> context.readSlice(CustomerSegment.TABLE, s).isEmpty())
        .ifPresent(
            s ->
                context
                    .notices()
                    .accept(
                        "nobody of " + s + " is in customer_segment any more: all count as new"));
    verdicts.provisional().addAll(stillProvisional(context, verdicts));
    Judgement judgement =
        Judgement.of(verdicts.effective(), decisions(context, verdicts, previous));
    judgement.outcomes().values().stream()
        .filter(o -> !o.equals(Judgement.APPLIED))
        .forEach(context.notices());
    judgement.namesakes().forEach(context.notices());
    List<Segmentation> after = judgement.segmentations();
    Dataset<Row> features = context.readSnapshot(CustomerFeatures.TABLE, this);
    assignAll(context, features, after, previous);
    Dataset<Row> memberships = context.readSnapshot(CustomerSegment.TABLE, this);
    Map<String, Long> sizes = sizes(memberships);
    List<Row> segments = segments(verdicts, judgement, sizes);
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(MembershipReason.TABLE, Reasons.of(features, after));
    tables.putAll(
        previous
            .map(s -> against(context, registry, s, after).tables(memberships, features))
            .orElseGet(() -> AgainstBefore.nothing(context)));
    tables.put(Segment.TABLE, context.rows(Segment.TABLE, segments));
    tables.put(
        SegmentDecision.TABLE,
        context.rows(SegmentDecision.TABLE, DecisionRows.rows(judgement.outcomes())));
    Map<TableSpec, Long> written = context.writeAll(tables, this);
    long all = sizes.values().stream().mapToLong(n -> n).sum();
    return new MembershipResult(
        all, after.size(), sizes.size(), segments.size(), written.get(ShiftReason.TABLE));
  }

  /** What was published without having passed its gates, and people did not choose since. */
  private static Set<String> stillProvisional(JobContext context, Verdicts verdicts) {
    LocalDate asOf = context.snapshot().asOf();
    Set<String> chosen =
        new Promotions(context.lake())
            .knownTo(asOf).values().stream()
                .map(Promotions.Decided::segmentationId)
                .collect(Collectors.toSet());
    Set<String> published = new Registry(context.lake()).provisionalBefore(context.snapshot());
    return verdicts.kept().stream()
        .filter(id -> published.contains(id) && !chosen.contains(id))
        .collect(Collectors.toSet());
  }

  /** What people decided, and what the evidence proposes, where that is done at once. */
  private List<Decision> decisions(
      JobContext context, Verdicts verdicts, Optional<Snapshot> previous) {
    List<Decision> decisions = new ArrayList<>(DecisionRows.now(context, this, previous));
    if (context.config().validation().proposals() == Proposals.AUTOMATIC) {
      decisions.addAll(
          DecisionRows.proposed(
              context,
              this,
              verdicts.effective().stream()
                  .filter(s -> !verdicts.provisional().contains(s.id()))
                  .toList(),
              List.copyOf(decisions),
              new Registry(context.lake()).published(),
              lens -> context.config().validation().gates(lens).minSegments()));
      decisions.sort(Decision.ORDER);
    }
    return decisions;
  }

  private void assignAll(
      JobContext context,
      Dataset<Row> features,
      List<Segmentation> segmentations,
      Optional<Snapshot> previous) {
    context.write(
        CustomerSegment.TABLE,
        Stays.of(
            assign(features, segmentations),
            previous.map(s -> context.readSlice(CustomerSegment.TABLE, s)),
            context.snapshot().asOf()),
        this);
  }

  private AgainstBefore against(
      JobContext context, Registry registry, Snapshot previous, List<Segmentation> after) {
    Map<String, Segmentation> before = new HashMap<>();
    DecisionRows.judged(
            context,
            previous,
            registry
                .publishedBefore(
                    context.snapshot().asOf(), (lens, why) -> context.notices().accept(why))
                .values())
        .segmentations()
        .forEach(s -> before.put(s.lens(), s));
    return new AgainstBefore(context, this, previous, before, after);
  }

  /** Names of the features of the configuration. */
  static List<String> custom(JobContext context) {
    return context.config().features().custom().stream().map(CustomFeature::name).toList();
  }

  /** Refuses a segmentation whose features nobody computes any more: all would look the same. */
  static void requireFeatures(Segmentation s, List<String> custom) {
    List<String> missing = s.missingFeatures(custom);
    if (!missing.isEmpty()) {
      throw new StratifyException(
          "Cannot assign customers with segmentation %s: its features no longer exist: %s. Put them"
              + " back into features.custom, or fit lens %s anew: %s",
          s.id(), String.join(", ", missing), s.lens(), RefitConfig.anew(s.lens()));
    }
  }

  private static void tellOfLost(JobContext context, Verdicts verdicts) {
    verdicts
        .lost()
        .forEach(
            (lens, id) -> {
              String refused = verdicts.refused().get(lens);
              context
                  .notices()
                  .accept(
                      String.format(
                          "lens %s loses its champion %s, of which features no longer exist, though"
                              + " %s failed a gate: %s. Put the features back into features.custom,"
                              + " or choose: ./stratify segmentations promote %s",
                          lens,
                          id,
                          refused,
                          verdicts.provisional().contains(refused)
                              ? "that one is published as provisional"
                              : "the lens is left out",
                          refused));
            });
  }

  private static Map<String, Long> sizes(Dataset<Row> memberships) {
    Map<String, Long> sizes = new HashMap<>();
    memberships
        .groupBy(CustomerSegment.SEGMENT_ID.col())
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(r -> sizes.put(r.getString(0), r.getLong(1)));
    return sizes;
  }

  private Verdicts verdicts(JobContext context) {
    List<Row> segmentations = context.readSnapshot(SegmentationTable.TABLE, this).collectAsList();
    List<Row> validations =
        context.readSlice(SegmentationValidation.TABLE, context.snapshot()).collectAsList();
    Verdicts.requireAll(segmentations, validations, context.snapshot());
    return Verdicts.of(
        segmentations,
        validations,
        context.config().validation().publishProvisional(),
        s -> s.missingFeatures(custom(context)).isEmpty());
  }

  /** One row per customer and lens. */
  static Dataset<Row> assign(Dataset<Row> features, List<Segmentation> segmentations) {
    Column[] lenses =
        segmentations.stream()
            .map(
                s ->
                    struct(
                        lit(s.lens()).as(CustomerSegment.LENS.name()),
                        s.model().membership().as("a")))
            .toArray(Column[]::new);
    return features
        .select(CustomerFeatures.CUSTOMER_ID.col(), explode(array(lenses)).as("m"))
        .select(
            col("m.lens").as(CustomerSegment.LENS.name()),
            CustomerFeatures.CUSTOMER_ID.col(),
            col("m.a.segment_id").as(CustomerSegment.SEGMENT_ID.name()),
            col("m.a.runner_up_id").as(CustomerSegment.RUNNER_UP_ID.name()),
            col("m.a.confidence").as(CustomerSegment.CONFIDENCE.name()),
            col("m.a.distance").as(CustomerSegment.DISTANCE.name()),
            col("m.a.outlier").as(CustomerSegment.OUTLIER.name()));
  }

  private static List<Row> segments(
      Verdicts verdicts, Judgement judgement, Map<String, Long> sizes) {
    List<Row> rows = new ArrayList<>();
    for (Segmentation s : judgement.segmentations()) {
      long all = s.segments().stream().mapToLong(i -> sizes.getOrDefault(i.id(), 0L)).sum();
      for (SegmentInfo info : s.segments()) {
        long customers = sizes.getOrDefault(info.id(), 0L);
        rows.add(
            RowFactory.create(
                info.id(),
                s.lens(),
                s.id(),
                info.name(),
                info.definition(),
                customers,
                customers / (double) Math.max(1, all),
                verdicts.provisional().contains(s.id()),
                judgement.descriptions().get(info.id()),
                judgement.pinned().contains(info.id())));
      }
    }
    return rows;
  }
}
