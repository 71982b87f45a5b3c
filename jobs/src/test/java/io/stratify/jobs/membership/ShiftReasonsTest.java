package io.stratify.jobs.membership;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.IdentityMap;
import io.stratify.jobs.features.Cutoffs;
import io.stratify.jobs.segments.RuleModel;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** From the snapshot of 1 March to that of 8 March. */
class ShiftReasonsTest extends SparkSuite {
  private static final LocalDate BEFORE = LocalDate.of(2026, 3, 1);
  private static final LocalDate NOW = LocalDate.of(2026, 3, 8);

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void whoGotOrLostOtherIdsInBetweenIsRegrouped() {
    assertThat(
            regrouped(
                stands("b", "merged now", "2026-03-08", null),
                stands("b", "merged in between", "2026-03-02", null),
                stands("b", "merged before", "2026-03-01", null),
                stands("b", "split now", "2026-02-01", "2026-03-08"),
                stands("b", "split before", "2026-02-01", "2026-03-01"),
                stands("b", "split later", "2026-02-01", "2026-03-09"),
                stands("b", "merged and split later", "2026-03-05", "2026-03-15"),
                stands("b", "merged and split in between", "2026-03-04", "2026-03-07"),
                stands("b", "still one", "2026-02-01", null)))
        .containsExactly(
            "[merged and split later,true]",
            "[merged in between,true]",
            "[merged now,true]",
            "[split now,true]");
  }

  /** Fifths of frequency that ended at 1, 3, 7 and 14 end at 1, 3, 8 and 15 now. */
  @Test
  void theModelBeforeSeesTheScoresOfItsTime() {
    Segmentation rfm =
        new Segmentation(
            "rfm-1",
            "rfm",
            BEFORE,
            "rules",
            List.of(
                new SegmentInfo("rfm.loyal", "Loyal", ""), new SegmentInfo("rfm.other", "", "")),
            new RuleModel(
                List.of(new RuleModel.Condition("rfm.loyal", "f_score >= 4")),
                "rfm.other",
                List.of("f_score")),
            0.5,
            0.1,
            "");
    Cutoffs then = new Cutoffs(Map.of("frequency", new double[] {1, 3, 7, 14}));
    Dataset<Row> now =
        table(
            CustomerFeatures.TABLE, scored("eight", 8, 3), scored("two", 2, 2), scored("no", 0, 5));
    assertThat(
            sorted(
                new ShiftReasons(Map.of("rfm", rfm), List.of(rfm), Map.of(), then, BEFORE, NOW)
                    .byBoth(now)
                    .select("customer_id", "anyway_rfm", "rescored_rfm", "is_rfm")))
        .containsExactly(
            "[eight,rfm.loyal,rfm.other,WrappedArray(3.0)]",
            "[no,rfm.other,rfm.loyal,WrappedArray(5.0)]",
            "[two,rfm.other,rfm.other,WrappedArray(2.0)]");
  }

  private static FeatureRow scored(String id, int frequency, Integer score) {
    return features(id)
        .with(CustomerFeatures.FREQUENCY, frequency)
        .with(CustomerFeatures.F_SCORE, score);
  }

  private List<String> regrouped(Row... map) {
    Dataset<Row> identities = spark().createDataFrame(List.of(map), IdentityMap.TABLE.bodySchema());
    return sorted(
        new ShiftReasons(Map.of(), List.of(), Map.of(), new Cutoffs(Map.of()), BEFORE, NOW)
            .regrouped(identities));
  }

  private static Row stands(String customer, String canonical, String from, String until) {
    return RowFactory.create(
        customer,
        canonical,
        Date.valueOf(from),
        until == null ? null : Date.valueOf(until),
        "merged");
  }
}
