package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.FeatureStats;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.jobs.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Past snapshots, outcomes, custom features and the report, on the shop of twelve customers. */
class FeaturesEndToEndTest {
  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = Shop.open(folder);
  }

  private Cli.Result features(int exit, String... more) {
    List<String> arguments = new ArrayList<>(shop.arguments(more));
    arguments.set(0, "features");
    Cli.Result result = Cli.run(arguments);
    assertThat(result.exit()).as(result.toString()).isEqualTo(exit);
    return result;
  }

  private Cli.Result run(int exit, String... more) {
    Cli.Result result = shop.run(more);
    assertThat(result.exit()).as(result.toString()).isEqualTo(exit);
    return result;
  }

  @Test
  void theFeaturesOfARunOfThePastAndOfAReport() {
    run(0, "--as-of", "2025-10-01", "--set", "segments.behaviour.enabled=false");
    Cli.Result later = run(0, "--conf", customConf(), "--set", "features.past.back=1");
    theFeatureOfTheConfigurationThatALensReadsIsInThePast();
    customFeaturesAreInTheTableInTheLensAndInTheReport();
    whatDriftedSinceTheLastPublicationIsSaid(later);
    pastSnapshotsAreMadeAnewAndReadersSeeNone();
    aWholePastSnapshotIsThatOfARunOnThatDay();
    whatTheChampionReadsIsInThePastThoughNoLensNamesIt();
  }

  private String customConf() {
    return shop.write(
        "custom.conf",
        """
        stratify {
          features.custom = [
            { name = largest_order, doc = "value of the largest order", group = value
              table = orders, sql = "max(gross_amount)" }
          ]
          # In this shop who orders often orders much.
          segments.behaviour {
            features = [recency_days, frequency, largest_order], max-correlation = 1
          }
        }
        """);
  }

  private void theFeatureOfTheConfigurationThatALensReadsIsInThePast() {
    Dataset<Row> past = shop.outcome().table(CustomerFeaturesPast.TABLE);
    assertThat(past.count()).isEqualTo(12);
    assertThat(past.where("custom['largest_order'] IS NULL").isEmpty()).isTrue();
  }

  private void aWholePastSnapshotIsThatOfARunOnThatDay() {
    features(0, "--back", "1", "--set", "features.past.columns=all");
    assertThat(
            Outcome.texts(
                shop.outcome().snapshot(CustomerFeatures.TABLE, "2025-10-01", 1).drop("revision")))
        .isEqualTo(Outcome.texts(shop.outcome().table(CustomerFeaturesPast.TABLE)));
  }

  private void whatTheChampionReadsIsInThePastThoughNoLensNamesIt() {
    String other =
        shop.write(
            "other.conf", "stratify.segments.behaviour.features = [recency_days, frequency]");
    features(0, "--as-of", "2026-04-01", "--back", "1", "--conf", customConf(), "--conf", other);
    Dataset<Row> past = shop.outcome().table(CustomerFeaturesPast.TABLE);
    assertThat(past.where("custom['largest_order'] IS NOT NULL").count()).isEqualTo(12);
    assertThat(past.where("avg_order IS NOT NULL").isEmpty()).isTrue();
  }

  private void customFeaturesAreInTheTableInTheLensAndInTheReport() {
    assertThat(
            shop.outcome()
                .current(CustomerFeatures.TABLE)
                .where("customer_id = 'c01'")
                .selectExpr("custom['largest_order']")
                .first()
                .getDouble(0))
        .isEqualTo(101.0);
    assertThat(
            shop.outcome()
                .current(SegmentProfile.TABLE)
                .where("feature = 'largest_order' AND lens = 'behaviour'")
                .count())
        .isEqualTo(3);
    assertThat(
            shop.outcome()
                .current(FeatureStats.TABLE)
                .where("feature = 'largest_order'")
                .select("feature_group", "max")
                .first())
        .hasToString("[value,104.0]");
  }

  private void whatDriftedSinceTheLastPublicationIsSaid(Cli.Result later) {
    assertThat(later.err())
        .contains("features are distributed otherwise than as of 2025-10-01 (PSI >= 0.25): ");
    Row tenure =
        shop.outcome().current(FeatureStats.TABLE).where("feature = 'tenure_days'").first();
    assertThat(tenure.<String>getAs("drift")).isEqualTo("major");
    assertThat(tenure.getAs("compared_with").toString()).isEqualTo("2025-10-01");
    Row none = shop.outcome().current(FeatureStats.TABLE).where("feature = 'age'").first();
    assertThat(none.<Double>getAs("null_share")).isEqualTo(1.0);
    assertThat(none.<Double>getAs("psi")).isZero();
  }

  private void pastSnapshotsAreMadeAnewAndReadersSeeNone() {
    Map<String, List<String>> seen = shop.outcome().seenByReaders();
    Cli.Result made = features(0, "--back", "3", "--every", "3 months");
    // As of 1 April, 1 July and 1 October all twelve had signed up.
    assertThat(made.err())
        .contains("36 rows of 3 past snapshots with the features that lenses read");
    assertThat(
            shop.outcome()
                .table(CustomerFeaturesPast.TABLE)
                .groupBy("as_of")
                .count()
                .orderBy("as_of")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[2025-04-01,12]", "[2025-07-01,12]", "[2025-10-01,12]");
    assertThat(shop.outcome().seenByReaders()).as("readers see no past").isEqualTo(seen);

    theyHaveWhatLensesRead();

    // 1 October is 92 days before 1 January: each of the windows of 90 days has passed.
    assertThat(shop.outcome().table(CustomerOutcome.TABLE).count()).isEqualTo(36);
    assertThat(
            shop.outcome()
                .table(CustomerOutcome.TABLE)
                .where("as_of = '2025-10-01' AND customer_id = 'c01'")
                .select("orders", "revenue", "churned")
                .first())
        .hasToString("[3,303.0000,false]");

    features(0, "--back", "1", "--every", "30 days");
    assertThat(shop.outcome().table(CustomerFeaturesPast.TABLE).count())
        .as("those of before are gone")
        .isEqualTo(12);
    assertThat(shop.outcome().table(CustomerOutcome.TABLE).count())
        .as("30 days are less than 90")
        .isZero();
  }

  private void theyHaveWhatLensesRead() {
    // The lens names recency_days, frequency, monetary_net and avg_order.
    String[] read = {"customer_id", "recency_days", "frequency", "monetary_net", "avg_order"};
    Dataset<Row> past = shop.outcome().table(CustomerFeaturesPast.TABLE);
    assertThat(Outcome.texts(past.where("as_of = '2025-10-01'").selectExpr(read)))
        .isEqualTo(
            Outcome.texts(
                shop.outcome().snapshot(CustomerFeatures.TABLE, "2025-10-01", 1).selectExpr(read)));
    assertThat(past.where("weekend_share IS NOT NULL OR alive_probability IS NOT NULL").isEmpty())
        .isTrue();
    assertThat(
            shop.outcome()
                .snapshot(CustomerFeatures.TABLE, "2025-10-01", 1)
                .where("weekend_share IS NOT NULL")
                .isEmpty())
        .as("which is known of the present")
        .isFalse();
  }

  @Test
  void aCustomFeatureThatCannotBeComputedStopsTheRunBeforeAnythingIsWritten() {
    String conf =
        shop.write(
            "custom.conf",
            """
            stratify.features.custom = [
              { name = a, doc = x, sql = "sum(nonsense)" }
              { name = b, doc = x, sql = "max(customer_id)" }
            ]
            stratify.segments.lenses.ages {
              kind = rules
              rules = [
                { id = young, name = Young, when = "age < 30" }
                { id = older, name = Older, when = "age > 20" }
              ]
            }
            """);
    Cli.Result refused = run(2, "--conf", conf);
    assertThat(refused.err())
        .contains("Cannot compute features of the configuration; nothing was written.")
        .contains("custom.conf:2: features.custom a = sum(nonsense): ", "nonsense")
        .contains("custom.conf:3: features.custom b = max(customer_id): expected a value of type")
        .contains("custom.conf:7: segments.lenses.ages (young, older): ", "both hold where");
    assertThat(shop.outcome().files()).as("nothing was written").isEmpty();
  }
}
