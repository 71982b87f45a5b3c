package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import io.stratify.jobs.validation.Verdicts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Assigns every customer to a segment of every lens, in one pass over the features. */
public final class MembershipJob implements Job {
  record MembershipResult(long memberships, int lenses, int segments) implements JobResult {
    @Override
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "%,d memberships in %d segments of %d lenses",
          memberships,
          segments,
          lenses);
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
    return List.of(CustomerFeatures.TABLE, SegmentationTable.TABLE, SegmentationValidation.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(CustomerSegment.TABLE, Segment.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    Verdicts verdicts = verdicts(context);
    if (verdicts.effective().isEmpty()) {
      throw new StratifyException(
          "Cannot assign customers: every new segmentation failed a gate, no lens has a champion,"
              + " and validation.publish-provisional = false. See segmentation_validation");
    }
    context.write(
        CustomerSegment.TABLE,
        assign(context.readSnapshot(CustomerFeatures.TABLE, this), verdicts.effective()),
        this);
    Map<String, Long> sizes = new HashMap<>();
    context
        .readSnapshot(CustomerSegment.TABLE, this)
        .groupBy(CustomerSegment.SEGMENT_ID.col())
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(r -> sizes.put(r.getString(0), r.getLong(1)));
    List<Row> segments = segments(verdicts, sizes);
    context.write(Segment.TABLE, context.rows(Segment.TABLE, segments), this);
    long memberships = sizes.values().stream().mapToLong(n -> n).sum();
    return new MembershipResult(memberships, verdicts.effective().size(), segments.size());
  }

  private Verdicts verdicts(JobContext context) {
    List<Row> validations =
        context
            .read(SegmentationValidation.TABLE, this)
            .where(context.snapshot().published())
            .collectAsList();
    return Verdicts.of(
        context.readSnapshot(SegmentationTable.TABLE, this).collectAsList(),
        validations,
        context.config().validation().publishProvisional());
  }

  /** One row per customer and lens. */
  static Dataset<Row> assign(Dataset<Row> features, List<Segmentation> segmentations) {
    Column[] lenses =
        segmentations.stream()
            .map(
                s ->
                    struct(
                        lit(s.lens()).as(CustomerSegment.LENS.name()),
                        s.model().assignment().as("a")))
            .toArray(Column[]::new);
    return features
        .select(CustomerFeatures.CUSTOMER_ID.col(), explode(array(lenses)).as("m"))
        .select(
            col("m.lens").as(CustomerSegment.LENS.name()),
            CustomerFeatures.CUSTOMER_ID.col(),
            col("m.a.segment_id").as(CustomerSegment.SEGMENT_ID.name()),
            col("m.a.runner_up_id").as(CustomerSegment.RUNNER_UP_ID.name()),
            col("m.a.confidence").as(CustomerSegment.CONFIDENCE.name()));
  }

  private static List<Row> segments(Verdicts verdicts, Map<String, Long> sizes) {
    List<Row> rows = new ArrayList<>();
    for (Segmentation s : verdicts.effective()) {
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
                verdicts.provisional().contains(s.id())));
      }
    }
    return rows;
  }
}
