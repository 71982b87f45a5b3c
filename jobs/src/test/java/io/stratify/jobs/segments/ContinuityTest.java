package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ContinuityTest extends SparkSuite {
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  private final List<String> notices = new ArrayList<>();
  private Optional<Dataset<Row>> published = Optional.empty();

  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void aRefitGoesOnUnderTheIdsAndNamesOfTheChampion() {
    Segmentation champion = segmentation(JANUARY, "frequency", 5, 50);
    Segmentation refit = segmentation(MAY, "frequency", 52, 100, 4);
    Segmentation continued = continuity().continued(champion, List.of(), refit);
    // 1..60 orders: the champion has 1..27 and 28..60, the refit 1..28, 29..60 and nobody.
    assertThat(continued.segments().stream().map(SegmentInfo::id))
        .containsExactly("behaviour.20260101-2", "behaviour.20260501-2", "behaviour.20260101-1");
    assertThat(continued.segments().stream().map(SegmentInfo::name))
        .containsExactly("around 50", "around 100", "around 5");
    assertThat(((CentreModel) continued.model()).segmentIds())
        .isEqualTo(continued.segments().stream().map(SegmentInfo::id).toList());
    assertThat(continued.segments().get(0).definition()).isEqualTo("centre 52");
    assertThat(Segmentation.fromRow(row(continued)).model()).isInstanceOf(CentreModel.class);
    assertThat(notices).isEmpty();
  }

  @Test
  void aNameThatIsNoLongerTrueGivesWayAndTheIdStays() {
    Segmentation champion = segmentation(JANUARY, "frequency", 5, 50);
    Segmentation refit = segmentation(MAY, "frequency", 52, 100, 4);
    Map<String, Traits> traits =
        Map.of(
            "behaviour.20260501-1", new Traits(List.of(new Traits.Trait(0.3, "around 50"))),
            "behaviour.20260501-2", new Traits(List.of(new Traits.Trait(2, "around 100"))),
            "behaviour.20260501-3", new Traits(List.of(new Traits.Trait(-1, "around 4"))));
    Segmentation continued = continuity().continued(champion, List.of(), refit, traits);
    assertThat(ids(continued))
        .containsExactly("behaviour.20260101-2", "behaviour.20260501-2", "behaviour.20260101-1");
    assertThat(continued.segments().stream().map(SegmentInfo::name))
        .containsExactly("around 50", "around 100", "around 4");
    assertThat(notices)
        .containsExactly(
            "lens behaviour: segment behaviour.20260101-1 keeps its id in behaviour-20260501 and is"
                + " called \"around 4\" there, since \"around 5\" does not describe its new centre; a name in segment_names"
                + " stays");
  }

  @Test
  void ofADateThatIsFittedAgainTheNameIsThatOfTheNewFit() {
    Segmentation champion = segmentation(JANUARY, "frequency", 5, 50);
    Segmentation first = segmentation(MAY, "frequency", 51, 4);
    Segmentation again = segmentation(MAY, "frequency", 52, 4);
    Map<String, Traits> traits =
        Map.of(
            "behaviour.20260501-1", new Traits(List.of(new Traits.Trait(0.3, "around 50"))),
            "behaviour.20260501-2", new Traits(List.of(new Traits.Trait(-1, "around 4"))));
    Segmentation continued = continuity().continued(champion, List.of(first), again, traits);
    assertThat(continued.id()).isEqualTo("behaviour-20260501-2");
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("keeps its id in behaviour-20260501-2 and is called \"around 4\" there");
  }

  @Test
  void withoutAChampionIdsAreNew() {
    Segmentation fitted = segmentation(MAY, "frequency", 10, 50);
    Segmentation continued = continuity().continued(null, List.of(), fitted);
    assertThat(continued.segments()).isEqualTo(fitted.segments());
  }

  @Test
  void aChampionWhoseFeaturesNoLongerExistPassesNoIdsOn() {
    Segmentation champion = segmentation(JANUARY, "largest_order", 5, 50);
    Segmentation refit = segmentation(MAY, "frequency", 5, 50);
    Segmentation continued = continuity().continued(champion, List.of(), refit);
    assertThat(continued.segments()).isEqualTo(refit.segments());
    assertThat(notices)
        .containsExactly(
            "lens behaviour: segments of behaviour-20260501 have new ids, since"
                + " behaviour-20260101 needs features that no longer exist: largest_order");
  }

  @Test
  void theIdsOfSuchAChampionGoOnWithThePeopleWhoWereInItsSegments() {
    Segmentation champion = segmentation(JANUARY, "largest_order", 5, 50);
    Segmentation refit = segmentation(MAY, "frequency", 50, 20, 3);
    // 1..11, 12..35 and 36..60 now; 9..33 and 34..50 were published, the others are new: 22 of 25
    // and of 24 are in common, and 15 of 17 and of 15; 9..11 are 3 of 25.
    published =
        Optional.of(
            customers()
                .where("frequency BETWEEN 9 AND 50")
                .selectExpr(
                    "customer_id",
                    "if(frequency <= 33, 'behaviour.20260101-1', 'behaviour.20260101-2') AS"
                        + " segment_id"));
    assertThat(ids(continuity().continued(champion, List.of(), refit)))
        .containsExactly("behaviour.20260101-2", "behaviour.20260101-1", "behaviour.20260501-3");
    assertThat(notices).isEmpty();
  }

  @Test
  void aDateThatIsFittedAgainKeepsTheIdsOfTheSamePeopleOnly() {
    Segmentation first = segmentation(MAY, "frequency", 5, 50);
    // 1..60 orders: 1..27 and 28..60 before, 1..4, 5..28 and 29..60 now.
    Segmentation second = segmentation(MAY, "frequency", 1, 8, 50);
    Segmentation continued = continuity().continued(null, List.of(first), second);
    assertThat(continued.id()).isEqualTo("behaviour-20260501-2");
    assertThat(continued.segments().stream().map(SegmentInfo::id))
        .containsExactly("behaviour.20260501-4", "behaviour.20260501-1", "behaviour.20260501-2");
    assertThat(continued.segments().stream().map(SegmentInfo::name))
        .containsExactly("around 1", "around 5", "around 50");
    assertThat(((CentreModel) continued.model()).segmentIds())
        .isEqualTo(continued.segments().stream().map(SegmentInfo::id).toList());
  }

  @Test
  void aDateThatIsFittedAgainAsBeforeGivesTheSame() {
    Segmentation first = segmentation(MAY, "frequency", 5, 50);
    Segmentation other = segmentation(MAY, "frequency", 1, 8, 50);
    Segmentation second = continuity().continued(null, List.of(first), other);
    Segmentation third = continuity().continued(null, List.of(second, first), other);
    assertThat(third.id()).isEqualTo(second.id());
    assertThat(third.segments()).isEqualTo(second.segments());
    Segmentation fourth = continuity().continued(null, List.of(third, second, first), first);
    assertThat(fourth.id()).isEqualTo("behaviour-20260501");
    assertThat(fourth.segments()).isEqualTo(first.segments());
  }

  /** An earlier revision gave the first id of the champion to those whom he does not have. */
  @Test
  void anIdThatTheChampionHasGoesToNobodyElse() {
    Segmentation champion = segmentation(JANUARY, "frequency", 5, 40, 58);
    Segmentation earlier = segmentation(JANUARY, "frequency", 50, 5);
    Segmentation refit = segmentation(MAY, "frequency", 5, 50);
    // 1..22, 23..49 and 50..60 in the champion, 1..27 and 28..60 now: 22 of 33 are too few.
    assertThat(ids(continuity().continued(champion, List.of(earlier), refit)))
        .containsExactly("behaviour.20260101-1", "behaviour.20260501-2");
  }

  @Test
  void theChampionOfTheSameDateSharesNoIdWithAnotherFit() {
    Segmentation promoted = segmentation(MAY, "frequency", 1, 8, 50);
    Segmentation continued =
        continuity().continued(promoted, List.of(), segmentation(MAY, "frequency", 50, 20, 2));
    // 1..4, 5..29 and 30..60 before; 36..60 are 25 of 31, 12..35 have 18 of 25 and of 24 in common,
    // 1..11 have 4 of 11.
    assertThat(continued.id()).isEqualTo("behaviour-20260501-2");
    assertThat(continued.segments().stream().map(SegmentInfo::id))
        .containsExactly("behaviour.20260501-3", "behaviour.20260501-2", "behaviour.20260501-4");
  }

  @Test
  void aGroupThatReadersHaveAsOneSegmentKeepsItsIdWhereARefitFindsItAsOne() {
    Segmentation champion = segmentation(JANUARY, "frequency", 5, 15, 50);
    // 1..10, 11..32 and 33..60 before, where the first two count as one; 1..34 and 35..60 now.
    Segmentation refit = segmentation(MAY, "frequency", 18, 51);
    Map<String, String> merged = Map.of("behaviour.20260101-1", "behaviour.20260101-2");
    assertThat(ids(continuity(merged).continued(champion, List.of(), refit)))
        .containsExactly("behaviour.20260101-2", "behaviour.20260101-3");
    assertThat(ids(continuity().continued(champion, List.of(), refit)))
        .containsExactly("behaviour.20260501-1", "behaviour.20260101-3");
  }

  @Test
  void aGroupKeepsTheIdThatReadersHaveAlsoWhereMostOfItHadAnother() {
    Segmentation champion = segmentation(JANUARY, "frequency", 2, 15, 50);
    // 1..8, 9..32 and 33..60 before; 24 of the 34 in 1..34 now were in the second.
    Segmentation refit = segmentation(MAY, "frequency", 18, 51);
    Map<String, String> merged = Map.of("behaviour.20260101-2", "behaviour.20260101-1");
    assertThat(ids(continuity(merged).continued(champion, List.of(), refit)))
        .containsExactly("behaviour.20260101-1", "behaviour.20260101-3");
    assertThat(ids(continuity().continued(champion, List.of(), refit)))
        .containsExactly("behaviour.20260101-2", "behaviour.20260101-3");
  }

  @Test
  void aRefitThatFindsTheMergedSegmentsApartKeepsBothSoThatTheMergeGoesOn() {
    Segmentation champion = segmentation(JANUARY, "frequency", 5, 15, 50);
    Map<String, String> merged = Map.of("behaviour.20260101-1", "behaviour.20260101-2");
    Segmentation refit = segmentation(MAY, "frequency", 51, 15, 4);
    assertThat(ids(continuity(merged).continued(champion, List.of(), refit)))
        .containsExactly("behaviour.20260101-3", "behaviour.20260101-2", "behaviour.20260101-1");
  }

  private static List<String> ids(Segmentation s) {
    return s.segments().stream().map(SegmentInfo::id).toList();
  }

  private Continuity continuity() {
    return continuity(Map.of());
  }

  private Continuity continuity(Map<String, String> merged) {
    return new Continuity(customers(), List.of(), s -> published, () -> merged, notices::add);
  }

  private Row row(Segmentation s) {
    Row body = s.toRow(Segmentation.CHALLENGER);
    return spark()
        .createDataFrame(
            List.of(body), io.stratify.common.tables.SegmentationTable.TABLE.bodySchema())
        .first();
  }

  private Dataset<Row> customers() {
    List<FactRow<?>> rows = new ArrayList<>();
    for (int c = 1; c <= 60; c++) {
      rows.add(features("c" + c).with(CustomerFeatures.FREQUENCY, c));
    }
    return table(CustomerFeatures.TABLE, rows);
  }

  private static Segmentation segmentation(LocalDate asOf, String feature, int... centres) {
    List<SegmentInfo> segments = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    for (int c = 0; c < centres.length; c++) {
      String id = "behaviour." + Segmentation.compact(asOf) + "-" + (c + 1);
      segments.add(new SegmentInfo(id, "around " + centres[c], "centre " + centres[c]));
      points.add(new double[] {centres[c]});
    }
    Preparation preparation =
        new Preparation(List.of(new Preparation.Scale(feature, 0, 1000, 0, false, 0, 1)));
    CentreModel model =
        new CentreModel(preparation, points, segments.stream().map(SegmentInfo::id).toList());
    return new Segmentation(
        Segmentation.idOf("behaviour", asOf),
        "behaviour",
        asOf,
        "kmeans",
        segments,
        model,
        null,
        null,
        "hash");
  }
}
