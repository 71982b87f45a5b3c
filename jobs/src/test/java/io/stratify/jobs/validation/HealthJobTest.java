package io.stratify.jobs.validation;

import static io.stratify.jobs.validation.HealthWorld.APRIL;
import static io.stratify.jobs.validation.HealthWorld.MAY;
import static io.stratify.jobs.validation.HealthWorld.clusters;
import static io.stratify.jobs.validation.HealthWorld.feature;
import static io.stratify.jobs.validation.HealthWorld.member;
import static io.stratify.jobs.validation.HealthWorld.segment;
import static io.stratify.jobs.validation.HealthWorld.segmentation;
import static io.stratify.jobs.validation.HealthWorld.tiers;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentationHealth;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Registered;
import io.stratify.jobs.segments.Segmentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as of May, on which April is published; what is as of March is not. */
class HealthJobTest extends SparkSuite {
  private static final Segmentation BEHAVIOUR = segmentation("behaviour", APRIL, clusters());
  private static final Segmentation NEW = segmentation("basket", MAY, clusters());
  private static final Segmentation VALUE = segmentation("value", APRIL.minusMonths(1), tiers());
  private static final Snapshot PUBLISHED = new Snapshot(APRIL, 2);

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();
  private JobContext context;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void lensesThatNoLongerFitAreToldAndProposed() {
    JobResult result = health(10);
    assertThat(result.refitProposed()).isTrue();
    assertThat(result.gateFailed()).isFalse();
    assertThat(result.sentence())
        .isEqualTo(
            "refit proposed for behaviour: feature drift 0.76 (recency_days 0.76), must be below"
                + " 0.25");
    assertThat(notices)
        .containsExactly(
            "to fit lens behaviour anew, run with --set segments.behaviour.refit-every=always"
                + " (and --set \"segments.refit-every=99 years\" where that is never)");
    assertThat(health())
        .containsExactly(
            "[basket-20260501,confidence,0.5,null,ok]",
            "[basket-20260501,feature drift,0.759399,2026-04-01,ok]",
            "[basket-20260501,outliers,null,null,not measurable]",
            "[basket-20260501,share drift,null,2026-04-01,not measurable]",
            "[behaviour-20260401,confidence,0.75,null,ok]",
            "[behaviour-20260401,feature drift,0.759399,2026-04-01,refit proposed]",
            "[behaviour-20260401,outliers,null,null,not measurable]",
            "[behaviour-20260401,share drift,0.0,2026-04-01,ok]",
            "[value-20260301,feature drift,null,null,not measurable]",
            "[value-20260301,share drift,null,null,not measurable]");

    // The same run again, on features as they were.
    JobResult sound = health(0);
    assertThat(sound.refitProposed()).isFalse();
    assertThat(sound.sentence()).isEqualTo("10 measures of 3 lenses: 5 ok, 5 not measurable");
    assertThat(notices).hasSize(1);
    assertThat(health()).contains("[behaviour-20260401,feature drift,0.0,2026-04-01,ok]");
  }

  private JobResult health(int shift) {
    context = Defaults.context(spark(), folder, Defaults.config(Map.of()), notices);
    if (shift > 0) {
      april();
      may();
    }
    write(context.snapshot(), FeatureStats.TABLE, feature("recency_days", shift));
    return new HealthJob().run(context);
  }

  /** The revision that was replaced knew other features. */
  private void april() {
    write(new Snapshot(APRIL, 1), FeatureStats.TABLE, feature("recency_days", 500));
    write(PUBLISHED, FeatureStats.TABLE, feature("recency_days", 0));
    write(
        PUBLISHED, Segment.TABLE, segment(BEHAVIOUR, "few", 0.5), segment(BEHAVIOUR, "many", 0.5));
    Defaults.publish(context.lake(), PUBLISHED, Map.of("behaviour", BEHAVIOUR.id()));
  }

  private void may() {
    Dataset<Row> registry =
        spark()
            .createDataFrame(
                List.of(
                    Registered.champion(BEHAVIOUR),
                    Registered.challenger(NEW),
                    Registered.challenger(segmentation("behaviour", MAY, clusters())),
                    Registered.champion(VALUE)),
                SegmentationTable.TABLE.bodySchema());
    context.lake().replace(SegmentationTable.TABLE, context.snapshot(), registry, "test");
    write(
        context.snapshot(),
        Segment.TABLE,
        segment(BEHAVIOUR, "few", 0.5),
        segment(BEHAVIOUR, "many", 0.5),
        segment(NEW, "small", 1),
        segment(VALUE, "value.none", 1));
    write(
        context.snapshot(),
        CustomerSegment.TABLE,
        member("behaviour", "c1", 1.0, false, 0.5),
        member("behaviour", "c2", 1.0, false, 1),
        member("behaviour", "of whom nothing is known", null, false, 0),
        member("basket", "c1", 9.0, true, 0.5),
        member("value", "c1", null, false, 1));
  }

  private void write(Snapshot snapshot, TableSpec table, FactRow<?>... rows) {
    context.lake().replace(table, snapshot, table(table, rows), "test");
  }

  private List<String> health() {
    return sorted(
        context
            .lake()
            .read(SegmentationHealth.TABLE, context.snapshot(), "test")
            .selectExpr(
                SegmentationHealth.SEGMENTATION_ID.name(),
                SegmentationHealth.MEASURE.name(),
                "round(" + SegmentationHealth.VALUE + ", 6)",
                SegmentationHealth.REFERENCE.name(),
                SegmentationHealth.VERDICT.name()));
  }
}
