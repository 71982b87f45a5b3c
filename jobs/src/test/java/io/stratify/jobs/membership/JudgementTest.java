package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.Defaults;
import io.stratify.jobs.membership.Decision.Kind;
import io.stratify.jobs.segments.Additive;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.CombinedModel;
import io.stratify.jobs.segments.GridModel;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.Preparation;
import io.stratify.jobs.segments.SegmentInfo;
import io.stratify.jobs.segments.Segmentation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final Preparation PLAIN =
      new Preparation(List.of(new Preparation.Scale("frequency", 0, 100, 0, false, 0, 1)));
  private static final Segmentation BEHAVIOUR =
      segmentation(
          "behaviour",
          new CentreModel(
              PLAIN,
              List.of(new double[] {0}, new double[] {10}, new double[] {40}),
              List.of("behaviour.1", "behaviour.2", "behaviour.3")),
          "behaviour.1",
          "behaviour.2",
          "behaviour.3");
  private static final Segmentation RFM =
      segmentation(
          "rfm",
          new GridModel(
              List.of(
                  new GridModel.Cell("rfm.low", List.of(1, 2), List.of(1)),
                  new GridModel.Cell("rfm.high", List.of(3, 4, 5), List.of(1))),
              "rfm.none"),
          "rfm.low",
          "rfm.high",
          "rfm.none");

  @Test
  void aSegmentIsRenamedAndDescribed() {
    Judgement j =
        judge(
            decision("rfm", "low", Kind.RENAME, "Long gone"),
            decision("rfm", "rfm.high", Kind.DESCRIBE, "Come every week"));
    assertThat(names(j, "rfm")).containsExactly("Long gone", "rfm.high", "rfm.none");
    assertThat(j.descriptions()).containsEntry("rfm.high", "Come every week");
    assertThat(j.outcomes().values()).containsOnly(Judgement.APPLIED);
  }

  /** The fit called them rfm.low and so on, and the crossed lens after them. */
  @Test
  void namesOfCrossedSegmentsFollowThoseOfTheirParts() {
    CombinedModel model =
        new CombinedModel(
            BEHAVIOUR.model(),
            RFM.model(),
            Map.of(
                "behaviour.1 x rfm.low", "both.a",
                "behaviour.2 x rfm.low", "both.b",
                "behaviour.2 x rfm.high", "both.b",
                "behaviour.3 x rfm.none", "both.c"),
            "both.a");
    Segmentation both =
        segmentation("both", model, "both.a", "both.b", "both.c")
            .with(
                List.of(
                    new SegmentInfo("both.a", "behaviour.1, rfm.low", ""),
                    new SegmentInfo("both.b", "Behaviour.2, RFM.high", ""),
                    new SegmentInfo("both.c", "behaviour.3, rfm.none", "")),
                model);
    Judgement j =
        Judgement.of(
            List.of(BEHAVIOUR, RFM, both),
            List.of(
                decision("behaviour", "2", Kind.RENAME, "Long Sessions"),
                decision("behaviour", "1", Kind.MERGE, "3"),
                decision("both", "c", Kind.RENAME, "Nobody"),
                decision("rfm", "high", Kind.RENAME, "VIP of Paris"),
                decision("rfm", "low", Kind.RENAME, "Gone to Rome")));
    assertThat(names(j, "both"))
        .containsExactly("behaviour.3, gone to Rome", "Long Sessions, VIP of Paris", "Nobody");
  }

  @Test
  void crossedSegmentsThatMergedPartsToldApartKeepTheirNames() {
    CombinedModel model =
        new CombinedModel(
            BEHAVIOUR.model(),
            RFM.model(),
            Map.of("behaviour.1 x rfm.low", "both.a", "behaviour.3 x rfm.low", "both.b"),
            "both.a");
    Segmentation both =
        segmentation("both", model, "both.a", "both.b")
            .with(
                List.of(
                    new SegmentInfo("both.a", "behaviour.1, rfm.low", ""),
                    new SegmentInfo("both.b", "behaviour.3, rfm.low", "")),
                model);
    Judgement j =
        Judgement.of(
            List.of(BEHAVIOUR, RFM, both), List.of(decision("behaviour", "1", Kind.MERGE, "3")));
    assertThat(names(j, "both")).containsExactly("behaviour.1, rfm.low", "behaviour.3, rfm.low");
    assertThat(j.namesakes()).isEmpty();
  }

  @Test
  void segmentsOfOneNameAreReportedUnlessTheyAreOne() {
    Decision low = decision("rfm", "low", Kind.RENAME, "Gone");
    Decision high = decision("rfm", "high", Kind.RENAME, "Gone");
    assertThat(judge(low).namesakes()).isEmpty();
    assertThat(judge(low, high).namesakes())
        .containsExactly(
            "lens rfm: the segments rfm.low, rfm.high are all called Gone, and readers see the"
                + " names. Give them different ones, or merge them, in segment_names");
    assertThat(judge(decision("rfm", "low", Kind.MERGE, "high"), high).namesakes()).isEmpty();
  }

  @Test
  void mergedSegmentsAreOneAndEachOthersRunnerUpNoMore() {
    Judgement j = judge(decision("behaviour", "1", Kind.MERGE, "2"));
    assertThat(ids(j, "behaviour")).containsExactly("behaviour.2", "behaviour.3");
    assertThat(j.segmentations())
        .flatExtracting(Segmentation::segments)
        .filteredOn(i -> i.id().equals("behaviour.2"))
        .extracting(SegmentInfo::definition)
        .allMatch(d -> d.matches("(.*); or (.*)"), "defined as both were");
    CentreModel model = model(j);
    for (double orders : new double[] {0, 4, 9, 20}) {
      Additive.Standing s = model.standing(new double[] {orders});
      assertThat(model.segmentIds().get(s.part())).isEqualTo("behaviour.2");
      assertThat(model.segmentIds().get(s.runnerUp())).isEqualTo("behaviour.3");
    }
    assertThat(model.partOf(new double[] {1}, "behaviour.2")).isEqualTo(0);
    assertThat(model.partOf(new double[] {9}, "behaviour.2")).isEqualTo(1);
  }

  @Test
  void rulesAreMergedToo() {
    Judgement j = judge(decision("rfm", "low", Kind.MERGE, "none"));
    assertThat(ids(j, "rfm")).containsExactly("rfm.high", "rfm.none");
    GridModel model = (GridModel) j.segmentations().get(1).model();
    assertThat(model.cells().get(0).segmentId()).isEqualTo("rfm.none");
  }

  @Test
  void aMergeFollowsTheSegmentThatItNames() {
    Judgement j =
        judge(
            decision("behaviour", "1", Kind.MERGE, "2"),
            decision("behaviour", "2", Kind.MERGE, "3"));
    assertThat(ids(j, "behaviour")).containsExactly("behaviour.3");
    assertThat(model(j).segmentIds()).containsOnly("behaviour.3");
    Decision name = decision("behaviour", "1", Kind.RENAME, "One");
    assertThat(
            judge(
                    decision("behaviour", "1", Kind.MERGE, "2"),
                    decision("behaviour", "2", Kind.MERGE, "3"),
                    name)
                .outcomes())
        .containsEntry(
            name,
            "Cannot rename segment 1 of lens behaviour: it is a part of behaviour.3, into which it"
                + " was merged. Decide about that one in segment_names");
    Judgement circle =
        judge(
            decision("behaviour", "1", Kind.MERGE, "2"),
            decision("behaviour", "2", Kind.MERGE, "1"));
    assertThat(circle.outcomes().values())
        .containsExactly(
            Judgement.APPLIED,
            "Cannot merge segment behaviour.2 of lens behaviour: it would be merged into itself."
                + " Correct segment_names");
  }

  @Test
  void customersOfARetiredClusterGoWhereTheyAreNearest() {
    Judgement j = judge(decision("behaviour", "2", Kind.RETIRE, null));
    assertThat(ids(j, "behaviour")).containsExactly("behaviour.1", "behaviour.3");
    CentreModel model = model(j);
    assertThat(model.segmentIds().get(model.standing(new double[] {11}).part()))
        .isEqualTo("behaviour.1");
  }

  @Test
  void aRuleCannotBeRetired() {
    assertThat(judge(decision("rfm", "low", Kind.RETIRE, null)).outcomes().values())
        .containsExactly(
            "Cannot retire segment low of lens rfm: its customers would be nowhere. Merge it into"
                + " another one, or change the configuration of the lens");
  }

  @Test
  void theOnlySegmentCannotBeRetired() {
    Judgement j =
        judge(
            decision("behaviour", "1", Kind.MERGE, "2"),
            decision("behaviour", "3", Kind.MERGE, "2"),
            decision("behaviour", "2", Kind.RETIRE, null));
    assertThat(j.outcomes().values())
        .contains(
            "Cannot retire segment 2 of lens behaviour: it is the only one. Correct"
                + " segment_names");
  }

  @Test
  void aDecisionAboutWhatIsNotThereIsReported() {
    assertThat(judge(decision("rfm", "champs", Kind.RENAME, "x")).outcomes().values())
        .containsExactly(
            "Cannot rename segment champs of lens rfm: there is no segment champs. The segments of"
                + " lens rfm are: rfm.low, rfm.high, rfm.none. Correct segment_names");
    assertThat(judge(decision("rfm", "low", Kind.MERGE, "champs")).outcomes().values())
        .containsExactly(
            "Cannot merge segment low of lens rfm: there is no segment champs. The segments of lens"
                + " rfm are: rfm.low, rfm.high, rfm.none. Correct segment_names");
    assertThat(judge(decision("rfm", "gone", Kind.MERGE, "low")).outcomes().values())
        .containsExactly(
            "Cannot merge segment gone of lens rfm: there is no segment gone. The segments of lens"
                + " rfm are: rfm.low, rfm.high, rfm.none. Where a refit found both as one, nothing"
                + " is left to merge: take the row out of segment_names");
    assertThat(
            judge(
                    decision("rfm", "low", Kind.MERGE, "high"),
                    decision("rfm", "low", Kind.RENAME, "x"))
                .outcomes()
                .values())
        .containsExactly(
            Judgement.APPLIED,
            "Cannot rename segment low of lens rfm: it is a part of rfm.high, into which it was"
                + " merged. Decide about that one in segment_names");
    assertThat(judge(decision("needs", "low", Kind.PIN, null)).outcomes().values())
        .containsExactly(
            "Cannot pin segment low: there is no lens needs in this run. The lenses are:"
                + " behaviour, rfm. Correct segment_names");
  }

  @Test
  void aPinIsKept() {
    assertThat(judge(decision("behaviour", "2", Kind.PIN, null)).pinned())
        .containsExactly("behaviour.2");
  }

  private static Judgement judge(Decision... decisions) {
    return Judgement.of(List.of(BEHAVIOUR, RFM), List.of(decisions));
  }

  private static CentreModel model(Judgement j) {
    return (CentreModel) j.segmentations().get(0).model();
  }

  private static List<String> ids(Judgement j, String lens) {
    return infos(j, lens).stream().map(SegmentInfo::id).toList();
  }

  private static List<String> names(Judgement j, String lens) {
    return infos(j, lens).stream().map(SegmentInfo::name).toList();
  }

  private static List<SegmentInfo> infos(Judgement j, String lens) {
    return j.segmentations().stream()
        .filter(s -> s.lens().equals(lens))
        .findFirst()
        .orElseThrow()
        .segments();
  }

  private static Decision decision(String lens, String segment, Kind kind, String value) {
    return new Decision(lens, segment, kind, value, Defaults.AS_OF, "Ada");
  }

  private static Segmentation segmentation(String lens, Model model, String... ids) {
    return new Segmentation(
        lens + "-20260501",
        lens,
        Defaults.AS_OF,
        "any",
        Arrays.stream(ids).map(id -> new SegmentInfo(id, id, "defined")).toList(),
        model,
        null,
        null,
        "hash");
  }
}
