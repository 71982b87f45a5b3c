package io.stratify.jobs.validation;

import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.jobs.segments.Registered;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The champion has mood.a, mood.b and mood.c. */
class PinsTest extends SparkSuite {
  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void aSegmentIsPinnedUnderItsIdWithOrWithoutTheLens() {
    assertThat(pinned(Registered::champion, pin("mood", "mood.a"), pin("mood", "b")))
        .isEqualTo(Map.of("mood", Set.of("mood.a", "mood.b")));
    assertThat(pinned(Registered::champion, pin("needs", "mood.a"), pin("mood", "d"))).isEmpty();
    assertThat(pinned(Registered::challenger, pin("mood", "mood.a")))
        .as("what is new pins nothing")
        .isEmpty();
  }

  @Test
  void whatIsMergedOrRetiredIsGivenUpAndPinnedNoMore() {
    assertThat(
            pinned(
                Registered::champion,
                pin("mood", "a").with(SegmentNames.MERGE_INTO, "b"),
                pin("mood", "b"),
                pin("mood", "c").with(SegmentNames.RETIRED, true)))
        .isEqualTo(Map.of("mood", Set.of("mood.b")));
  }

  private Map<String, Set<String>> pinned(Function<Segmentation, Row> as, FactRow<?>... names) {
    List<SegmentInfo> segments =
        List.of("mood.a", "mood.b", "mood.c").stream()
            .map(id -> new SegmentInfo(id, id, "all"))
            .toList();
    Segmentation mood =
        new Segmentation(
            "mood-20260401",
            "mood",
            HealthWorld.APRIL,
            "tiers",
            segments,
            HealthWorld.tiers(),
            null,
            null,
            "hash");
    return Pins.of(
        spark()
            .createDataFrame(List.of(as.apply(mood)), SegmentationTable.TABLE.bodySchema())
            .collectAsList(),
        table(SegmentNames.TABLE, names).collectAsList());
  }

  private static FactRow<?> pin(String lens, String segment) {
    return row(SegmentNames.TABLE)
        .with(SegmentNames.LENS, lens)
        .with(SegmentNames.SEGMENT_ID, segment)
        .with(SegmentNames.PINNED, true);
  }
}
