package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the default gates: 3 to 6 segments, the smallest with at least 5 % of the customers. */
class ValidationJobTest extends SparkSuite {
  @TempDir Path folder;
  private JobContext context;

  @Test
  void figuresOnTheThresholdsPass() {
    JobResult result =
        judge(clusters("three", "challenger", 3, 0.05), clusters("six", "challenger", 6, 0.16));
    assertThat(result.gateFailed()).isFalse();
    assertThat(result.sentence()).isEqualTo("4 gates passed");
    assertThat(verdicts())
        .containsExactly(
            "[six,number of segments,6.0,from 3 to 6,pass]",
            "[six,smallest segment share,0.16,at least 0.05,pass]",
            "[three,number of segments,3.0,from 3 to 6,pass]",
            "[three,smallest segment share,0.05,at least 0.05,pass]");
  }

  @Test
  void figuresBeyondTheThresholdsFailAndAreTold() {
    JobResult result =
        judge(clusters("two", "challenger", 2, 0.049), clusters("seven", "challenger", 7, 0.1));
    assertThat(result.gateFailed()).isTrue();
    assertThat(result.sentence())
        .startsWith("3 of 4 gates failed: ")
        .contains(
            "two number of segments is 2.000, must be from 3 to 6",
            "two smallest segment share is 0.049, must be at least 0.05",
            "seven number of segments is 7.000, must be from 3 to 6");
    assertThat(verdicts())
        .containsExactly(
            "[seven,number of segments,7.0,from 3 to 6,fail]",
            "[seven,smallest segment share,0.1,at least 0.05,pass]",
            "[two,number of segments,2.0,from 3 to 6,fail]",
            "[two,smallest segment share,0.049,at least 0.05,fail]");
  }

  @Test
  void championsAndRulesAreNotJudged() {
    JobResult result =
        judge(clusters("old", "champion", 2, 0.01), clusters("rules", "challenger", 11, null));
    assertThat(result.gateFailed()).isFalse();
    assertThat(verdicts()).isEmpty();
  }

  @Test
  void aLensThatCrossesOneWhoseGatesFailedFailsWithIt() {
    Map<String, String> crossed =
        Map.of("segments.lenses.crossed", "{ kind = combined, of = [behaviour, value] }");
    Row combined = row("combined", "crossed", "challenger", 9, null);
    JobResult bad = judge(crossed, clusters("two", "challenger", 2, 0.2), combined);
    assertThat(bad.gateFailed()).isTrue();
    assertThat(bad.sentence())
        .contains("combined lens behaviour is 0.000, must be through its gates (1)");
    assertThat(verdicts()).contains("[combined,lens behaviour,0.0,through its gates (1),fail]");

    assertThat(judge(crossed, clusters("three", "challenger", 3, 0.2), combined).gateFailed())
        .isFalse();
    assertThat(verdicts()).contains("[combined,lens behaviour,1.0,through its gates (1),pass]");
  }

  private JobResult judge(Row... segmentations) {
    return judge(Map.of(), segmentations);
  }

  private JobResult judge(Map<String, String> set, Row... segmentations) {
    context = Defaults.context(spark(), folder, Defaults.config(set), new ArrayList<String>());
    ValidationJob job = new ValidationJob();
    context.write(
        SegmentationTable.TABLE,
        spark().createDataFrame(Arrays.asList(segmentations), SegmentationTable.TABLE.bodySchema()),
        job);
    return job.run(context);
  }

  private List<String> verdicts() {
    return sorted(
        context
            .lake()
            .read(SegmentationValidation.TABLE, "test")
            .select("segmentation_id", "evidence", "value", "threshold", "verdict"));
  }

  private static Row clusters(String id, String status, int k, Double smallestShare) {
    return row(id, "behaviour", status, k, smallestShare);
  }

  private static Row row(String id, String lens, String status, int k, Double smallestShare) {
    String segment = "{\"id\":\"s\",\"name\":\"S\",\"definition\":\"d\"}";
    String model =
        "{\"segments\":["
            + String.join(",", java.util.Collections.nCopies(k, segment))
            + "],\"model\":{\"kind\":\"rules\",\"cells\":[],\"noOrders\":\"none\"}}";
    return RowFactory.create(
        id,
        lens,
        status,
        Date.valueOf("2026-05-01"),
        "kmeans",
        k,
        smallestShare == null ? null : 0.5,
        smallestShare,
        "hash",
        model,
        List.of("recency_days"),
        null,
        null);
  }
}
