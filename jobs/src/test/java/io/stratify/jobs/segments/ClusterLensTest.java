package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.StratifyException;
import io.stratify.common.config.Algorithm;
import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.VoiceFeatures;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Customers of three kinds, forty of each, that nobody could mistake for another. */
class ClusterLensTest extends SparkSuite {
  private static final List<String> FEATURES = List.of("recency_days", "frequency", "avg_order");
  private static final int EVERYBODY = 100_000;

  private final List<String> notices = new ArrayList<>();

  @Test
  void theKindsAreFoundAndNothingElse() {
    Lens.Fit fit = fit(kinds(), EVERYBODY, 1, FEATURES);
    Segmentation found = fit.segmentation();
    assertThat(found.segments()).hasSize(3);
    assertThat(found.smallestShare()).isCloseTo(40 / 120.0, within(1e-12));
    assertThat(found.silhouette()).isGreaterThan(0.9);
    Dataset<Row> kindsOfSegments =
        table(CustomerFeatures.TABLE, kinds())
            .select(
                CustomerFeatures.CUSTOMER_ID.col().substr(1, 4).as("kind"),
                found.model().assignment().getField("segment_id").as("segment"))
            .distinct();
    assertThat(kindsOfSegments.count()).as("one segment per kind").isEqualTo(3);
    assertThat(kindsOfSegments.select("segment").distinct().count()).isEqualTo(3);
    assertThat(fit.candidates()).extracting(Lens.Candidate::k).containsExactly(2, 3, 4);
    assertThat(notices).isEmpty();
  }

  @Test
  void segmentsAreNumberedNamedAndDescribedInOriginalUnits() {
    Segmentation found = fit(kinds(), EVERYBODY, 1, FEATURES).segmentation();
    assertThat(found.id()).isEqualTo("behaviour-20260501");
    assertThat(found.segments())
        .extracting(SegmentInfo::id)
        .containsExactly("behaviour.20260501-1", "behaviour.20260501-2", "behaviour.20260501-3");
    assertThat(found.segments()).extracting(SegmentInfo::name).doesNotHaveDuplicates();
    // The first has the highest first feature: those who were last seen about 300 days ago.
    assertThat(found.segments().get(0).name()).startsWith("Bought long ago");
    assertThat(found.segments().get(0).definition())
        .matches("nearest to recency_days 30\\d, frequency 3\\.\\d\\d, avg_order 20\\.\\d\\d");
  }

  @Test
  void theModelDependsNeitherOnThePartitionsNorOnTheOrderOfTheCustomers() {
    List<FeatureRow> backwards = new ArrayList<>(kinds());
    Collections.reverse(backwards);
    assertThat(json(fit(backwards, EVERYBODY, 8, FEATURES)))
        .isEqualTo(json(fit(kinds(), EVERYBODY, 1, FEATURES)));
  }

  @Test
  void fromASampleTheModelDoesNotDependOnThePartitionsEither() {
    Lens.Fit one = fit(kinds(), 60, 1, FEATURES);
    assertThat(json(fit(kinds(), 60, 8, FEATURES))).isEqualTo(json(one));
    assertThat(one.segmentation().segments()).hasSize(3);
    assertThat(one.segmentation().smallestShare())
        .as("of all customers, not of the sample")
        .isCloseTo(40 / 120.0, within(1e-12));
  }

  @Test
  void emptyAndConstantFeaturesAreLeftOutWithANotice() {
    List<FeatureRow> rows = kinds();
    rows.forEach(r -> r.with(CustomerFeatures.TREND, 0.5));
    Lens.Fit fit =
        fit(rows, EVERYBODY, 1, List.of("events_per_day", "recency_days", "trend", "frequency"));
    assertThat(notices)
        .containsExactly(
            "lens behaviour leaves out events_per_day: nobody has a value (it comes from inputs.events)",
            "lens behaviour leaves out trend: it is constant");
    assertThat(((CentreModel) fit.segmentation().model()).preparation().features())
        .containsExactly("recency_days", "frequency");
  }

  @Test
  void identicalCustomersCannotBeDivided() {
    List<FeatureRow> same = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      same.add(kind("same" + i, 10, 3, 20));
    }
    assertThatThrownBy(() -> fit(same, EVERYBODY, 1, FEATURES))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot fit lens behaviour: all 5 customers are the same in every feature"
                + " (recency_days, frequency, avg_order). Check the mapping of the inputs, add"
                + " features, or set segments.behaviour.enabled = false");
  }

  @Test
  void fewerKindsOfCustomersThanClustersAreRefused() {
    List<FeatureRow> two =
        List.of(kind("a", 10, 3, 20), kind("b", 20, 3, 20), kind("c", 20, 3, 20));
    Dataset<Row> rows = table(CustomerFeatures.TABLE, two);
    assertThatThrownBy(
            () -> lens(EVERYBODY, FEATURES, Map.of("k-min", "3", "k-max", "4")).fit(input(rows, 3)))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot fit lens behaviour: it needs at least segments.behaviour.k-min = 3 different"
                + " customers, but 3 customers have 2 different combinations of features. Lower"
                + " k-min, add data, or set segments.behaviour.enabled = false");
  }

  @Test
  void theLargestNumberOfClustersIsThatOfDifferentCustomers() {
    List<FeatureRow> three =
        List.of(kind("a", 10, 3, 20), kind("b", 20, 3, 20), kind("c", 30, 3, 20));
    assertThat(fit(three, EVERYBODY, 1, FEATURES).candidates())
        .extracting(Lens.Candidate::k)
        .containsExactly(2, 3);
  }

  @Test
  void everyAlgorithmFindsTheKindsOnOneAndOnEightPartitions() {
    ClusterLens all =
        lens(
            90,
            FEATURES,
            Map.of(
                "algorithms",
                "[kmeans, bisecting-kmeans, gaussian-mixture]",
                "k-min",
                "3",
                "k-max",
                "3",
                "restarts",
                "6"));
    Lens.Fit one = fit(kinds(), 1, all);
    assertThat(json(fit(kinds(), 8, all))).isEqualTo(json(one));
    assertThat(one.candidates())
        .extracting(Lens.Candidate::algorithm)
        .containsExactly(Algorithm.KMEANS, Algorithm.BISECTING_KMEANS, Algorithm.GAUSSIAN_MIXTURE);
    assertThat(one.candidates())
        .allSatisfy(
            c -> {
              assertThat(c.figures().silhouette()).isGreaterThan(0.9);
              assertThat(c.figures().stability()).isGreaterThan(0.95);
            });
    assertThat(one.said()).contains("cost on all customers", "against the estimate from");
  }

  @Test
  void customersWithTheSameValuesStayTogetherInAMixtureTheDayAfter() {
    Random random = new Random(3);
    List<FeatureRow> now = new ArrayList<>();
    List<FeatureRow> dayAfter = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      boolean twin = i < 60;
      int recency = twin ? 22 : random.nextInt(300);
      int orders = twin ? 1 : 2 + random.nextInt(9);
      double amount = twin ? 30 : 20 + random.nextInt(80);
      now.add(kind(id("c", i), recency, orders, amount));
      dayAfter.add(kind(id("c", i), recency + 1, orders, amount));
    }
    Map<String, String> two =
        Map.of("algorithms", "[gaussian-mixture]", "k-min", "2", "k-max", "2", "restarts", "3");
    Segmentation found = fit(now, 1, lens(EVERYBODY, FEATURES, two)).segmentation();
    assertThat(segments(found, dayAfter)).isEqualTo(segments(found, now));
    assertThat(assigned(found, dayAfter, "outlier").subList(0, 60)).containsOnly("false");
  }

  private List<String> segments(Segmentation found, List<FeatureRow> rows) {
    return assigned(found, rows, "segment_id");
  }

  private List<String> assigned(Segmentation found, List<FeatureRow> rows, String field) {
    return table(CustomerFeatures.TABLE, rows)
        .select(CustomerFeatures.CUSTOMER_ID.col(), found.model().assignment().getField(field))
        .sort(CustomerFeatures.CUSTOMER_ID.col())
        .collectAsList()
        .stream()
        .map(r -> r.get(1).toString())
        .toList();
  }

  @Test
  void customersOfFourKindsWhoAreAllAlikeAreAMixture() {
    List<FeatureRow> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int of = i % 4;
      rows.add(kind(id("c", i), of < 2 ? 10 : 200, 1 + 4 * (of % 2), of == 3 ? 90 : 30));
    }
    Map<String, String> four =
        Map.of("algorithms", "[gaussian-mixture]", "k-min", "4", "k-max", "4", "restarts", "6");
    Segmentation found = fit(rows, 1, lens(EVERYBODY, FEATURES, four)).segmentation();
    assertThat(found.smallestShare()).isEqualTo(0.25);
  }

  @Test
  void bisectionDividesCustomersWhoseMeanIsZero() {
    // Of all customers the standardised features have a mean of 0, of a coreset only about.
    Lens.Fit fit =
        fit(
            kinds(),
            1,
            lens(
                EVERYBODY,
                FEATURES,
                Map.of("algorithms", "[bisecting-kmeans]", "k-min", "3", "k-max", "3")));
    assertThat(fit.candidates())
        .singleElement()
        .satisfies(c -> assertThat(c.figures().silhouette()).isGreaterThan(0.9));
  }

  @Test
  void whatIsChosenIsConfirmedOnAllCustomers() {
    Lens.Fit fit = fit(kinds(), 60, 1, FEATURES);
    assertThat(fit.candidates())
        .filteredOn(Lens.Candidate::chosen)
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.points()).isBetween(30, 100);
              assertThat(c.costOfAll()).isPositive();
            });
    assertThat(fit.candidates())
        .filteredOn(c -> !c.chosen())
        .extracting(Lens.Candidate::costOfAll)
        .containsOnlyNulls();
  }

  @Test
  void segmentsOfClustersHaveReadableRules() {
    Segmentation found = fit(kinds(), EVERYBODY, 1, FEATURES).segmentation();
    Dataset<Row> customers = table(CustomerFeatures.TABLE, kinds());
    for (SegmentInfo segment : found.segments()) {
      assertThat(segment.rule().agreement()).isEqualTo(1);
      assertThat(segment.rule().depth()).isBetween(1, 2);
      assertThat(customers.where(segment.rule().sql()).count())
          .as(segment.rule().sql())
          .isEqualTo(40);
      assertThat(
              customers
                  .where(segment.rule().sql())
                  .where(found.model().assignment().getField("segment_id").equalTo(segment.id()))
                  .count())
          .isEqualTo(40);
    }
  }

  @Test
  void oneFeatureOnlyIsDividedAndSaidSo() {
    List<FeatureRow> rows = kinds();
    rows.forEach(r -> r.with(CustomerFeatures.TREND, 0.5));
    Lens.Fit fit = fit(rows, EVERYBODY, 1, List.of("trend", "recency_days"));
    assertThat(fit.segmentation().segments()).hasSize(3);
    assertThat(notices)
        .containsExactly(
            "lens behaviour leaves out trend: it is constant",
            "lens behaviour divides customers by one feature only: recency_days");
  }

  @Test
  void infiniteFeaturesCountAsMissing() {
    List<FeatureRow> rows = kinds();
    rows.get(0).with(CustomerFeatures.AVG_ORDER, Double.POSITIVE_INFINITY);
    rows.get(1).with(CustomerFeatures.AVG_ORDER, Double.NaN);
    Lens.Fit fit = fit(rows, EVERYBODY, 1, FEATURES);
    assertThat(fit.segmentation().segments()).hasSize(3);
    assertThat(notices)
        .containsExactly(
            "lens behaviour leaves out 1 infinite values of avg_order, which count as missing."
                + " Correct its SQL");
  }

  @Test
  void theOutcomeThatSegmentsDifferInIsMeasured() {
    Dataset<Row> past =
        table(CustomerFeatures.TABLE, kinds())
            .selectExpr("*", "customer_id LIKE 'busy%' AS outcome_bought");
    Lens.Input input =
        new Lens.Input(
            table(CustomerFeatures.TABLE, kinds()),
            120,
            Defaults.AS_OF,
            "hash",
            Optional.of(past),
            Map.of(),
            notices::add);
    Lens.Fit fit = lens(EVERYBODY, FEATURES, Map.of("k-min", "3", "k-max", "3")).fit(input);
    assertThat(fit.candidates().get(0).figures().outcomeEffect())
        .as("the segment says whether they bought")
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void whoSaidNothingIsInASegmentOfHisOwn() {
    List<FeatureRow> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      FeatureRow row = features("c" + i);
      if (i < 60) {
        row.with(
            VoiceFeatures.IMPORTANCE,
            Map.of("price", i < 30 ? 5.0 : 1.0 + i % 2, "speed", i < 30 ? 1.0 : 5.0 - i % 3));
      }
      rows.add(row);
    }
    Lens.Fit fit = fit(rows, 4, lens(EVERYBODY, List.of("importance.*"), Map.of("k-max", "2")));
    assertThat(fit.segmentation().segments())
        .extracting(SegmentInfo::id)
        .containsExactly("behaviour.20260501-1", "behaviour.20260501-2", "behaviour.unknown");
    assertThat(
            table(CustomerFeatures.TABLE, rows)
                .groupBy(fit.segmentation().model().assignment().getField("segment_id").as("s"))
                .count()
                .orderBy("s")
                .collectAsList())
        .extracting(r -> r.getLong(1))
        .containsExactly(30L, 30L, 30L);
    assertThat(notices)
        .containsExactly(
            "lens behaviour divides the 60 of 90 customers who have a value of importance.price,"
                + " importance.speed; an answer that one of them did not give counts as the median,"
                + " and the others are in segment behaviour.unknown");
    Segmentation read =
        Segmentation.fromRow(
            spark()
                .createDataFrame(
                    List.of(fit.segmentation().toRow(Segmentation.CHALLENGER)),
                    SegmentationTable.TABLE.bodySchema())
                .first());
    assertThat(read.model()).isInstanceOf(PartialModel.class);
  }

  @Test
  void aSampleIsDrawnByTheIdAndIsAboutAsLargeAsWanted() {
    Dataset<Row> many = spark().range(20_000).selectExpr("concat('c', id) AS customer_id");
    Dataset<Row> sample = many.where(Sample.drawn(20_000, 5_000, 42));
    // Binomial: 5000 with a deviation of sqrt(20000 * 0.25 * 0.75) = 61.
    assertThat((double) sample.count()).isCloseTo(5_000, within(250.0));
    assertThat(sorted(many.repartition(7).where(Sample.drawn(20_000, 5_000, 42))))
        .isEqualTo(sorted(sample));
    assertThat(many.where(Sample.drawn(20_000, 20_000, 42)).count()).isEqualTo(20_000);
  }

  /** "rare", "busy" and "rich" customers. */
  private static List<FeatureRow> kinds() {
    Random random = new Random(1);
    List<FeatureRow> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(kind(id("rare", i), 300 + random.nextInt(10), 3 + random.nextInt(2), 20));
      rows.add(kind(id("busy", i), 10 + random.nextInt(10), 40 + random.nextInt(3), 20));
      rows.add(
          kind(
              id("rich", i),
              90 + random.nextInt(10),
              3 + random.nextInt(2),
              300 + random.nextInt(9)));
    }
    return rows;
  }

  private static String id(String kind, int i) {
    return String.format(Locale.ROOT, "%s%03d", kind, i);
  }

  private static FeatureRow kind(String id, int recency, int frequency, double order) {
    return features(id)
        .with(CustomerFeatures.RECENCY_DAYS, recency)
        .with(CustomerFeatures.FREQUENCY, frequency)
        .with(CustomerFeatures.AVG_ORDER, order);
  }

  private Lens.Fit fit(List<FeatureRow> rows, int sample, int partitions, List<String> features) {
    return fit(rows, partitions, lens(sample, features, Map.of()));
  }

  private Lens.Fit fit(List<FeatureRow> rows, int partitions, ClusterLens lens) {
    Dataset<Row> customers = table(CustomerFeatures.TABLE, rows).repartition(partitions);
    return lens.fit(input(customers, rows.size()));
  }

  private Lens.Input input(Dataset<Row> rows, long customers) {
    return new Lens.Input(rows, customers, Defaults.AS_OF, "hash", notices::add);
  }

  /** Two to four clusters, one start; the coreset is as large as the sample. */
  private ClusterLens lens(int sample, List<String> features, Map<String, String> more) {
    Map<String, String> sets = new HashMap<>();
    sets.putAll(
        Map.of(
            "k-min",
            "2",
            "k-max",
            "4",
            "max-iterations",
            "20",
            "restarts",
            "1",
            "coreset",
            String.valueOf(sample)));
    sets.putAll(more);
    Map<String, String> full = new HashMap<>();
    sets.forEach((k, v) -> full.put("segments.behaviour." + k, v));
    full.put("segments.behaviour.features", "[\"" + String.join("\", \"", features) + "\"]");
    return new ClusterLens(spark(), Defaults.config(full).segments().behaviour(), sample, 42);
  }

  /** Everything that is saved of a fit, and its candidates. */
  private static String json(Lens.Fit fit) {
    return fit.segmentation().toRow(Segmentation.CHALLENGER) + " " + fit.candidates();
  }
}
