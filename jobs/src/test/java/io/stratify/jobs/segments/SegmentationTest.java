package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.SegmentationTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SegmentationTest extends SparkSuite {
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);
  private static final List<SegmentInfo> INFOS =
      List.of(new SegmentInfo("a", "A \"quoted\"", "x >= 1"), new SegmentInfo("b", "B", "x < 1"));
  private static final GridModel GRID =
      new GridModel(List.of(new GridModel.Cell("a", List.of(1, 2), List.of(5))), "b");
  private static final TierModel TIERS =
      new TierModel(
          List.of(
              new TierModel.Tier("a", new BigDecimal("12.3400")), new TierModel.Tier("c", null)),
          "b");
  private static final CentreModel CENTRES =
      new CentreModel(
          new Preparation(
              List.of(
                  new Preparation.Scale("frequency", 0.1, 1e9, 1 / 3.0, true, -0.2, 0.7),
                  new Preparation.Scale("trend", -1, 1, 0, false, 0, 1))),
          List.of(new double[] {1 / 3.0, -2e-17}, new double[] {4, 5}),
          List.of("a", "b"));

  @Test
  void rulesAreReadBackAsTheyWereWritten() {
    assertThat(readBack(segmentation(GRID, null))).isEqualTo(segmentation(GRID, null));
  }

  @Test
  void tiersAreReadBackAsTheyWereWritten() {
    assertThat(readBack(segmentation(TIERS, null))).isEqualTo(segmentation(TIERS, null));
  }

  @Test
  void centresAreReadBackToTheLastDigit() {
    Segmentation saved = segmentation(CENTRES, 0.25);
    Segmentation read = readBack(saved);
    assertThat(read).usingRecursiveComparison().isEqualTo(saved);
    CentreModel model = (CentreModel) read.model();
    assertThat(model.centres().get(0)).containsExactly(1 / 3.0, -2e-17);
    assertThat(model.preparation()).isEqualTo(CENTRES.preparation());
  }

  @Test
  void whatTheFitLearntOfCustomersIsReadBackToo() {
    Segmentation saved =
        segmentation(
            CENTRES.with(new Spread(List.of(1.5, 2.5))).with(new Calibration(0.25, 3)), 0.25);
    assertThat(readBack(saved)).usingRecursiveComparison().isEqualTo(saved);
  }

  @Test
  void modelsOfTheVersionBeforeAreRead() {
    Row row = segmentation(CENTRES.with(new Spread(List.of(1.5, 2.5))), null).toRow("champion");
    Object[] values = IntStream.range(0, row.size()).mapToObj(row::get).toArray();
    int model = SegmentationTable.TABLE.bodySchema().fieldIndex("model");
    values[model] =
        values[model]
            .toString()
            .replace("\"spread\":{", "\"spread\":{\"variance\":0.5,")
            .replace(",\"calibration\":null", "");
    assertThat(values[model].toString()).contains("variance").doesNotContain("calibration");
    Segmentation read =
        Segmentation.fromRow(
            spark()
                .createDataFrame(
                    List.of(RowFactory.create(values)), SegmentationTable.TABLE.bodySchema())
                .first());
    assertThat(((CentreModel) read.model()).spread()).isEqualTo(new Spread(List.of(1.5, 2.5)));
  }

  @Test
  void aDamagedModelIsNamedWithTheWayOut() {
    for (String damaged :
        List.of("", "{", "{}", "null", "{\"model\":{\"kind\":\"unknown\"}}", "[1]")) {
      assertThatThrownBy(() -> Segmentation.fromRow(row(segmentation(GRID, null), damaged)))
          .as(damaged)
          .isInstanceOf(StratifyException.class)
          .hasMessageStartingWith("Cannot read segmentation rfm-20260201: its model is damaged (")
          .hasMessageEndingWith(
              "). Refit it with --set segments.rfm.refit-every=always"
                  + " (and --set \"segments.refit-every=99 years\" where that is never)");
    }
  }

  @Test
  void theIdNamesLensAndDate() {
    assertThat(Segmentation.idOf("rfm", FEBRUARY)).isEqualTo("rfm-20260201");
  }

  @Test
  void aSegmentationIsDueWhenItIsOldEnough() {
    Segmentation s = segmentation(GRID, null);
    // 1 February + 89 days is 1 May.
    RefitConfig days = every(Period.ofDays(90));
    assertThat(s.isDue(LocalDate.of(2026, 5, 1), days, "hash")).isFalse();
    assertThat(s.isDue(LocalDate.of(2026, 5, 2), days, "hash")).isTrue();
    RefitConfig months = every(Period.ofMonths(3));
    assertThat(s.isDue(LocalDate.of(2026, 4, 30), months, "hash")).isFalse();
    assertThat(s.isDue(LocalDate.of(2026, 5, 1), months, "hash")).isTrue();
  }

  @Test
  void aLensMayHaveACadenceOfItsOwn() {
    RefitConfig refit = new RefitConfig(Period.ofMonths(3), Map.of("rfm", Period.ofMonths(1)));
    Segmentation s = segmentation(GRID, null);
    assertThat(s.isDue(LocalDate.of(2026, 2, 28), refit, "hash")).isFalse();
    assertThat(s.isDue(LocalDate.of(2026, 3, 1), refit, "hash")).isTrue();
  }

  @Test
  void anotherConfigurationMakesItDueAtOnce() {
    assertThat(
            segmentation(GRID, null).isDue(FEBRUARY.plusDays(1), every(Period.ofDays(90)), "other"))
        .isTrue();
  }

  @Test
  void whatIsNeverRefittedIsNotDueForItsConfigurationEither() {
    Period never = Period.ofYears(99_999);
    LocalDate later = FEBRUARY.plusYears(50);
    assertThat(segmentation(GRID, null).isDue(later, every(never), "other")).isFalse();
    RefitConfig own = new RefitConfig(Period.ZERO, Map.of("rfm", never));
    assertThat(segmentation(GRID, null).isDue(later, own, "other")).isFalse();
  }

  @Test
  void withoutAnAgeItIsAlwaysDue() {
    assertThat(segmentation(GRID, null).isDue(FEBRUARY, every(Period.ZERO), "hash")).isTrue();
  }

  private static RefitConfig every(Period age) {
    return new RefitConfig(age, Map.of());
  }

  private static Segmentation segmentation(Model model, Double silhouette) {
    return new Segmentation(
        "rfm-20260201", "rfm", FEBRUARY, "rules", INFOS, model, silhouette, silhouette, "hash");
  }

  /** Through a dataset, as the table gives it. */
  private Segmentation readBack(Segmentation s) {
    return Segmentation.fromRow(
        spark()
            .createDataFrame(
                List.of(s.toRow(Segmentation.CHALLENGER)), SegmentationTable.TABLE.bodySchema())
            .first());
  }

  private Row row(Segmentation s, String json) {
    Row row = s.toRow(Segmentation.CHAMPION);
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    values[SegmentationTable.TABLE.bodySchema().fieldIndex("model")] = json;
    return spark()
        .createDataFrame(List.of(RowFactory.create(values)), SegmentationTable.TABLE.bodySchema())
        .first();
  }
}
