package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.CombinedConfig;
import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.ProfileFeatures;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Women and men, crossed with rare and frequent buyers. */
class CombinedLensTest extends SparkSuite {
  private static final Lens LENS =
      new CombinedLens(new CombinedConfig("both", true, List.of("sex", "pace"), 0.1), "");

  @Test
  void cellsThatAreTooSmallAreFoldedIntoTheNearestOne() {
    List<FeatureRow> rows = new ArrayList<>();
    add(rows, 9, "f", 1);
    add(rows, 8, "f", 20);
    add(rows, 8, "m", 1);
    // One of 26: men who buy often are like women who do.
    add(rows, 1, "m", 21);
    Dataset<Row> customers = table(CustomerFeatures.TABLE, rows);
    Segmentation fitted = LENS.fit(input(customers, rows.size())).segmentation();
    assertThat(fitted.segments())
        .extracting(SegmentInfo::id, SegmentInfo::name, SegmentInfo::definition)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "both.f-x-often",
                "Women, often",
                "sex.f x pace.often; sex.m x pace.often; cells in which nobody was when it was"
                    + " fitted"),
            org.assertj.core.groups.Tuple.tuple(
                "both.f-x-seldom", "Women, seldom", "sex.f x pace.seldom"),
            org.assertj.core.groups.Tuple.tuple(
                "both.m-x-seldom", "Men, seldom", "sex.m x pace.seldom"));
    assertThat(sizes(customers, fitted)).containsExactly("9", "9", "8");
    assertThat(sizes(customers, readBack(fitted))).containsExactly("9", "9", "8");
  }

  @Test
  void aCellOfTheLeastShareIsASegment() {
    assertThat(crossed(5, 3, 1, 1).segments()).as("1 of 10 is a tenth").hasSize(4);
    assertThat(crossed(6, 3, 1, 1).segments()).as("1 of 11 is less").hasSize(3);
  }

  @Test
  void aCellThatWasEmptyIsInTheLargestSegment() {
    Segmentation fitted = fittedToTwoCells();
    List<FeatureRow> later = new ArrayList<>();
    add(later, 1, "f", 20);
    assertThat(
            table(CustomerFeatures.TABLE, later)
                .select(fitted.model().assignment().getField("segment_id"))
                .first()
                .getString(0))
        .isEqualTo("both.f-x-seldom");
  }

  @Test
  void aPartThatHasAnotherModelNowMakesItOutdated() {
    Segmentation fitted = readBack(fittedToTwoCells());
    assertThat(LENS.isOutdated(fitted, Map.of("sex", sex(), "pace", pace()))).isFalse();
    Segmentation rolledBack = rules("sex", "f", "Women", "gender = 'w'", "m", "Men");
    assertThat(LENS.isOutdated(fitted, Map.of("sex", rolledBack, "pace", pace()))).isTrue();
  }

  @Test
  void theSameCellsFoldedTogetherKeepTheirIdWhicheverIsLarger() {
    Segmentation before = crossed(54, 53, 12, 11);
    assertThat(before.segments()).extracting(SegmentInfo::id).contains("both.f-x-often");
    Segmentation fitted = crossed(54, 53, 11, 12);
    assertThat(fitted.segments()).extracting(SegmentInfo::id).contains("both.m-x-often");
    Segmentation continued = continued(before, fitted, 54, 53, 11, 12);
    assertThat(continued.segments())
        .extracting(SegmentInfo::id, SegmentInfo::name)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("both.f-x-seldom", "Women, seldom"),
            org.assertj.core.groups.Tuple.tuple("both.m-x-seldom", "Men, seldom"),
            org.assertj.core.groups.Tuple.tuple("both.f-x-often", "Women, often"));
    // Both are large now: each cell has its own name, although most of the group are women.
    Segmentation apart = crossed(54, 53, 80, 30);
    assertThat(continued(fitted, apart, 54, 53, 80, 30).segments())
        .extracting(SegmentInfo::id)
        .containsExactlyInAnyOrder(
            "both.f-x-often", "both.f-x-seldom", "both.m-x-often", "both.m-x-seldom");
  }

  private Segmentation continued(Segmentation before, Segmentation fitted, int... sizes) {
    return new Continuity(customers(sizes), List.of(), s -> Optional.empty(), Map::of, n -> {})
        .continued(before, List.of(), fitted);
  }

  private Segmentation crossed(int... sizes) {
    Dataset<Row> customers = customers(sizes);
    return LENS.fit(input(customers, customers.count())).segmentation();
  }

  /** So many women and men who buy seldom, and often. */
  private Dataset<Row> customers(int... sizes) {
    List<FeatureRow> rows = new ArrayList<>();
    add(rows, sizes[0], "f", 1);
    add(rows, sizes[1], "m", 1);
    add(rows, sizes[2], "f", 20);
    add(rows, sizes[3], "m", 20);
    return table(CustomerFeatures.TABLE, rows);
  }

  @Test
  void withoutOneOfItsLensesItIsLeftOut() {
    Dataset<Row> nobody = table(CustomerFeatures.TABLE, features("a"));
    Lens.Input input =
        new Lens.Input(
            nobody, 1, Defaults.AS_OF, "hash", Optional.empty(), Map.of("sex", sex()), n -> {});
    assertThat(LENS.absent(input)).contains("there is no lens pace");
    assertThat(LENS.absent(input(nobody, 1))).isEmpty();
  }

  private Segmentation fittedToTwoCells() {
    List<FeatureRow> rows = new ArrayList<>();
    add(rows, 5, "f", 1);
    add(rows, 4, "m", 20);
    return LENS.fit(input(table(CustomerFeatures.TABLE, rows), rows.size())).segmentation();
  }

  private static void add(List<FeatureRow> rows, int n, String gender, int frequency) {
    for (int i = 0; i < n; i++) {
      rows.add(
          features("c" + rows.size())
              .with(ProfileFeatures.GENDER, gender)
              .with(CustomerFeatures.FREQUENCY, frequency));
    }
  }

  private static Lens.Input input(Dataset<Row> rows, long customers) {
    return new Lens.Input(
        rows,
        customers,
        Defaults.AS_OF,
        "hash",
        Optional.empty(),
        Map.of("sex", sex(), "pace", pace()),
        n -> {});
  }

  private static Segmentation sex() {
    return rules("sex", "f", "Women", "gender = 'f'", "m", "Men");
  }

  private static Segmentation pace() {
    return rules("pace", "seldom", "Seldom", "frequency < 10", "often", "Often");
  }

  private static Segmentation rules(
      String lens, String first, String firstName, String sql, String other, String otherName) {
    String a = lens + "." + first;
    String b = lens + "." + other;
    return new Segmentation(
        lens + "-20260501",
        lens,
        Defaults.AS_OF,
        "rules",
        List.of(new SegmentInfo(a, firstName, sql), new SegmentInfo(b, otherName, "else")),
        new RuleModel(List.of(new RuleModel.Condition(a, sql)), b, List.of("gender")),
        null,
        null,
        "hash");
  }

  private Segmentation readBack(Segmentation s) {
    return Segmentation.fromRow(
        spark()
            .createDataFrame(
                List.of(s.toRow(Segmentation.CHALLENGER)), SegmentationTable.TABLE.bodySchema())
            .first());
  }

  private static List<String> sizes(Dataset<Row> customers, Segmentation s) {
    return customers
        .groupBy(s.model().assignment().getField("segment_id").as("segment"))
        .count()
        .orderBy("segment")
        .collectAsList()
        .stream()
        .map(r -> String.valueOf(r.getLong(1)))
        .toList();
  }
}
