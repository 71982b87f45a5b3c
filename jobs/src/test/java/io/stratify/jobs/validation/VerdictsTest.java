package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class VerdictsTest extends SparkSuite {
  private static final String MODEL =
      "{\"segments\":[],\"model\":{\"kind\":\"rules\",\"cells\":[],\"noOrders\":\"none\"}}";

  private final List<Row> segmentations = new ArrayList<>();
  private final List<Row> validations = new ArrayList<>();
  private String unusable = "";
  private Double smallestShare;

  @Test
  void aChallengerThatPassedReplacesTheChampion() {
    champion("behaviour", "old");
    challenger("behaviour", "new");
    verdict("new", "pass");
    verdict("new", "pass");
    Verdicts verdicts = verdicts(true);
    assertThat(ids(verdicts)).containsExactly("new");
    assertThat(verdicts.kept()).isEmpty();
    assertThat(verdicts.provisional()).isEmpty();
    assertThat(verdicts.refused()).isEmpty();
  }

  @Test
  void aChallengerThatFailedOneGateLeavesTheChampion() {
    champion("behaviour", "old");
    challenger("behaviour", "new");
    verdict("new", "pass");
    verdict("new", "fail");
    for (boolean publishProvisional : new boolean[] {true, false}) {
      Verdicts verdicts = verdicts(publishProvisional);
      assertThat(ids(verdicts)).containsExactly("old");
      assertThat(verdicts.kept()).containsExactly("old");
      assertThat(verdicts.provisional()).isEmpty();
      assertThat(verdicts.refused()).containsOnly(Map.entry("behaviour", "new"));
    }
  }

  @Test
  void withoutAChampionAFailedChallengerIsProvisional() {
    challenger("behaviour", "new");
    verdict("new", "fail");
    Verdicts verdicts = verdicts(true);
    assertThat(ids(verdicts)).containsExactly("new");
    assertThat(verdicts.provisional()).containsExactly("new");
    assertThat(verdicts.refused()).containsOnly(Map.entry("behaviour", "new"));
  }

  @Test
  void orTheLensIsLeftOut() {
    challenger("behaviour", "new");
    challenger("rfm", "rules");
    verdict("new", "fail");
    Verdicts verdicts = verdicts(false);
    assertThat(ids(verdicts)).containsExactly("rules");
    assertThat(verdicts.provisional()).isEmpty();
    assertThat(verdicts.refused()).containsOnly(Map.entry("behaviour", "new"));
  }

  @Test
  void aChampionThatNobodyCanBeAssignedByIsNone() {
    champion("behaviour", "old");
    challenger("behaviour", "new");
    champion("rfm", "rules");
    verdict("new", "fail");
    assertThat(ids(verdicts(true))).containsExactly("old", "rules");
    assertThat(verdicts(true).lost()).isEmpty();
    unusable = "old";
    assertThat(ids(verdicts(true))).containsExactly("new", "rules");
    assertThat(verdicts(true).provisional()).containsExactly("new");
    assertThat(verdicts(true).lost()).containsOnly(Map.entry("behaviour", "old"));
    assertThat(verdicts(true).kept()).containsExactly("rules");
    assertThat(ids(verdicts(false))).as("or the lens is left out").containsExactly("rules");
    unusable = "rules";
    assertThat(ids(verdicts(true)))
        .as("without a challenger there is nothing else")
        .containsExactly("old", "rules");
  }

  @Test
  void aChampionThatIsNotDueIsCarriedOn() {
    champion("behaviour", "old");
    assertThat(ids(verdicts(true))).containsExactly("old");
    assertThat(verdicts(true).refused()).isEmpty();
  }

  @Test
  void aChallengerWithoutGatesPasses() {
    champion("rfm", "old");
    challenger("rfm", "new");
    assertThat(ids(verdicts(true))).containsExactly("new");
  }

  @Test
  void clustersWithoutAnyVerdictAreNotThrough() {
    smallestShare = 0.2;
    challenger("behaviour", "new");
    challenger("needs", "other");
    verdict("new", "pass");
    assertThatThrownBy(this::requireAll)
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot assign customers: segmentation other of 2026-05-01 revision 1 has not gone"
                + " through the gates. Run it with the jobs before it: ./stratify run --as-of"
                + " 2026-05-01 --to membership");
    verdict("other", "fail");
    requireAll();
  }

  private void requireAll() {
    Verdicts.requireAll(
        rows(SegmentationTable.TABLE, segmentations),
        rows(SegmentationValidation.TABLE, validations),
        new Snapshot(LocalDate.of(2026, 5, 1), 1));
  }

  @Test
  void lensesDoNotAnswerForEachOther() {
    champion("behaviour", "old");
    challenger("behaviour", "new");
    challenger("rfm", "rules");
    verdict("new", "fail");
    assertThat(ids(verdicts(true))).containsExactly("old", "rules");
  }

  private void champion(String lens, String id) {
    segmentations.add(segmentation(lens, id, Segmentation.CHAMPION));
  }

  private void challenger(String lens, String id) {
    segmentations.add(segmentation(lens, id, Segmentation.CHALLENGER));
  }

  private void verdict(String id, String verdict) {
    String evidence = "gate " + validations.size();
    validations.add(
        RowFactory.create(
            id,
            evidence,
            SegmentationValidation.ALL,
            SegmentationValidation.ALL,
            "behaviour",
            1.0,
            null,
            null,
            null,
            "at least 2",
            verdict,
            null));
  }

  private Row segmentation(String lens, String id, String status) {
    return RowFactory.create(
        id,
        lens,
        status,
        Date.valueOf("2026-05-01"),
        "rules",
        0,
        null,
        smallestShare,
        "hash",
        MODEL,
        List.of(),
        null,
        null);
  }

  private Verdicts verdicts(boolean publishProvisional) {
    return Verdicts.of(
        rows(SegmentationTable.TABLE, segmentations),
        rows(SegmentationValidation.TABLE, validations),
        publishProvisional,
        s -> !s.id().equals(unusable));
  }

  private List<Row> rows(TableSpec table, List<Row> rows) {
    return spark().createDataFrame(rows, table.bodySchema()).collectAsList();
  }

  private static List<String> ids(Verdicts verdicts) {
    return verdicts.effective().stream().map(Segmentation::id).toList();
  }
}
