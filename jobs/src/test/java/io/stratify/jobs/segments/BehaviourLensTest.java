package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.StratifyException;
import io.stratify.common.config.BehaviourConfig;
import io.stratify.common.config.SegmentsConfig;
import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Customers of three kinds, forty of each, that nobody could mistake for another. */
class BehaviourLensTest extends SparkSuite {
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
    assertThat(found.segments().get(0).name()).startsWith("Lapsed");
    assertThat(found.segments().get(0).definition())
        .matches("nearest to recency_days 30\\d, frequency 3\\.\\d\\d, avg_order 20\\.\\d");
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
    SegmentsConfig config =
        config(EVERYBODY, new BehaviourConfig(true, FEATURES, 3, 4, 0.05, 20, 1, 0.01, 1));
    Dataset<Row> rows = table(CustomerFeatures.TABLE, two);
    assertThatThrownBy(() -> new BehaviourLens(spark(), config).fit(input(rows, 3)))
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
    BehaviourConfig behaviour = new BehaviourConfig(true, features, 2, 4, 0.05, 20, 1, 0.01, 1);
    Dataset<Row> customers = table(CustomerFeatures.TABLE, rows).repartition(partitions);
    return new BehaviourLens(spark(), config(sample, behaviour)).fit(input(customers, rows.size()));
  }

  private Lens.Input input(Dataset<Row> rows, long customers) {
    return new Lens.Input(rows, customers, Defaults.AS_OF, "hash", notices::add);
  }

  private static SegmentsConfig config(int sample, BehaviourConfig behaviour) {
    SegmentsConfig defaults = Defaults.config(Map.of()).segments();
    return new SegmentsConfig(42, 90, sample, defaults.rfm(), defaults.value(), behaviour);
  }

  /** Everything that is saved of a fit, and its candidates. */
  private static String json(Lens.Fit fit) {
    return fit.segmentation().toRow(Segmentation.CHALLENGER) + " " + fit.candidates();
  }
}
