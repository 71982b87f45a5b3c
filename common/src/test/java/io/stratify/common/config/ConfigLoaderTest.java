package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String[] SHOP = {
    "sources.shop {",
    "  format = csv",
    "  path = \"/lake/raw/*.csv\"",
    "  options { header = true, sep = \";\", maxColumns = 007 }",
    "}",
    "inputs.orders {",
    "  source = shop",
    "  where = \"test = false\"",
    "  columns { order_id = id, customer_id = \"trim(cust)\"",
    "    ordered_at = \"to_timestamp(ts)\", amount = 1 }",
    "}"
  };

  @TempDir Path folder;
  private ConfFolder conf;

  @BeforeEach
  void setUp() {
    conf = new ConfFolder(folder);
  }

  @Test
  void theDefaultsLoadAlone() {
    StratifyConfig config = ConfigLoader.load(List.of(), Map.of()).config();

    assertThat(config.asOf()).isEmpty();
    assertThat(config.output().root()).isEqualTo("target/warehouse/stratify");
    assertThat(config.sources()).isEmpty();
    assertThat(config.inputs()).isEmpty();
    assertThat(config.conform().timeZone().normalized()).isEqualTo(ZoneOffset.UTC);
    assertThat(config.conform().maxQuarantineShare()).isEqualTo(0.5);
    assertThat(config.features())
        .isEqualTo(
            new FeaturesConfig(
                90,
                List.of(),
                new LifecycleConfig(
                    LifecycleConfig.Activity.ORDERS,
                    30,
                    3,
                    new LifecycleConfig.Absence(90, 2),
                    new LifecycleConfig.Absence(180, 4),
                    90),
                new PastConfig(0, Period.ofMonths(3), PastConfig.Columns.LENSES),
                90,
                new PredictionConfig(true, 90),
                List.of()));
    assertThat(config.segments().seed()).isEqualTo(42);
    assertThat(config.segments().refit()).isEqualTo(new RefitConfig(Period.ofMonths(3), Map.of()));
    assertThat(config.segments().sample()).isEqualTo(100_000);
    assertThat(config.segments().rfm().grid()).hasSize(10);
    assertThat(config.segments().value().tiers())
        .containsExactly(
            new Tier("high", "High value", 0.5),
            new Tier("medium", "Medium value", 0.3),
            new Tier("low", "Low value", 0.2));
    assertThat(config.segments().behaviour().features()).hasSize(11).contains("trend");
    assertThat(config.segments().behaviour().kMin()).isEqualTo(3);
    assertThat(config.segments().behaviour().kMax()).isEqualTo(6);
    assertThat(config.validation().publishProvisional()).isTrue();
    assertThat(config.validation().gates("needs"))
        .isEqualTo(
            new GatesConfig(
                "validation",
                3,
                6,
                0.05,
                Map.of(
                    Gate.SEGMENT_JACCARD, 0.6,
                    Gate.MEAN_JACCARD, 0.75,
                    Gate.PREDICTION_STRENGTH, 0.8,
                    Gate.TIME, 0.65,
                    Gate.ACQUISITION, 0.65,
                    Gate.FEATURE_DRIFT, 0.25,
                    Gate.SHARE_DRIFT, 0.25,
                    Gate.EFFECT_SIZE, 0.01,
                    Gate.SIGNIFICANCE, 0.01,
                    Gate.PERSISTENCE, 0.2)));
    assertThat(config.validation().evidence())
        .isEqualTo(new EvidenceConfig(120_000, 100, 10, 6, 2, 20));
    assertThat(config.validation().health()).isEqualTo(new HealthConfig(0.25, 0.25, 0.1, 0.5));
    assertThat(config.demo())
        .isEqualTo(
            new DemoConfig(20_000, 24, LocalDate.of(2026, 1, 1), 42, DemoConfig.World.PERSONAS));
    assertThat(config.spark()).isEqualTo(new SparkConfig("local[*]", 32, Map.of()));
  }

  @Test
  void theGatesOfOneLensAreThoseOfAllButForWhatItSays() {
    ValidationConfig validation =
        conf.load("validation { time = off, lenses.needs { persistence = off, min-share = 0.01 } }")
            .config()
            .validation();
    GatesConfig needs = validation.gates("needs");
    assertThat(needs.minShare()).isEqualTo(0.01);
    assertThat(needs.limit(Gate.PERSISTENCE)).isEmpty();
    assertThat(needs.limit(Gate.TIME)).isEmpty();
    assertThat(needs.limit(Gate.ACQUISITION)).contains(0.65);
    assertThat(validation.gates("behaviour").limit(Gate.PERSISTENCE)).contains(0.2);
    assertThat(validation.gates("behaviour").minShare()).isEqualTo(0.05);
  }

  @Test
  void sourcesAndInputsSayWhereTheyAreWritten() {
    StratifyConfig config = conf.load(SHOP).config();
    String file = folder.resolve("x.conf").toString();

    assertThat(config.sources().get("shop"))
        .isEqualTo(
            new SourceConfig(
                "shop",
                "csv",
                Optional.of("/lake/raw/*.csv"),
                Optional.empty(),
                Optional.empty(),
                Map.of("header", "true", "sep", ";", "maxColumns", "007"),
                file + ":2"));
    InputConfig orders = config.inputs().get("orders");
    assertThat(orders.where().map(SqlExpression::sql)).contains("test = false");
    assertThat(orders.identity().deduplicate()).isEqualTo(Deduplicate.EXACT);
    assertThat(orders.origin()).isEqualTo(file + ":7");
    assertThat(orders.columns())
        .containsEntry("customer_id", new SqlExpression("trim(cust)", file + ":10"))
        .containsEntry("amount", new SqlExpression("1", file + ":11"));
  }

  @Test
  void theDemoHasThreeWorlds() {
    assertThat(conf.load("demo.world = one-cloud").config().demo().world())
        .isEqualTo(DemoConfig.World.ONE_CLOUD);
    assertThat(conf.load("demo.world = upheaval").config().demo().world().label())
        .isEqualTo("upheaval");
  }

  @Test
  void everyKindOfLensMayHaveARefitCadenceOfItsOwn() {
    RefitConfig refit =
        conf.load(
                """
                segments {
                  refit-every = 2 weeks
                  value.refit-every = always
                  behaviour { refit-every = 1 year }
                  lenses.needs.refit-every = 30 days
                }
                """)
            .config()
            .segments()
            .refit();
    assertThat(refit.of("rfm")).isEqualTo(Period.ofWeeks(2));
    assertThat(refit.always("value")).isTrue();
    assertThat(refit.of("behaviour")).isEqualTo(Period.ofYears(1));
    assertThat(refit.of("needs")).isEqualTo(Period.ofDays(30));
    assertThat(RefitConfig.anew("behaviour"))
        .startsWith("--set segments.behaviour.refit-every=always ");
    assertThat(RefitConfig.anew("needs"))
        .startsWith("--set segments.lenses.needs.refit-every=always ");
  }

  @Test
  void aRunThatNeverRefitsDoesSoForLensesOfTheirOwnCadenceToo() {
    RefitConfig refit =
        conf.load("segments { refit-every = never, value.refit-every = always }")
            .config()
            .segments()
            .refit();
    assertThat(refit.never("rfm")).isTrue();
    assertThat(refit.never("value")).isTrue();
    assertThat(refit.always("value")).isFalse();
    RefitConfig but =
        conf.load("segments { refit-every = 99 years, value.refit-every = always }")
            .config()
            .segments()
            .refit();
    assertThat(RefitConfig.anew("value")).contains("segments.refit-every=99 years");
    assertThat(but.always("value")).isTrue();
    RefitConfig one = conf.load("segments.rfm.refit-every = Never").config().segments().refit();
    assertThat(one.never("rfm")).isTrue();
    assertThat(one.never("value")).isFalse();
  }

  @Test
  void laterFilesWinAndSetWinsOverAll() {
    Path first =
        conf.stratify("a.conf", "segments { seed = 1, sample = 110, refit-every = 5 days }");
    Path second = conf.stratify("b.conf", "segments { seed = 2, sample = 120 }");

    LoadedConfig loaded =
        ConfigLoader.load(
            List.of(first, second),
            Map.of("segments.seed", "3", "stratify.segments.behaviour.k-max", "9"));

    assertThat(loaded.config().segments().refit().every()).isEqualTo(Period.ofDays(5));
    assertThat(loaded.config().segments().sample()).isEqualTo(120);
    assertThat(loaded.config().segments().seed()).isEqualTo(3);
    assertThat(loaded.config().segments().behaviour().kMax()).isEqualTo(9);
  }

  @Test
  void everyValueSaysWhereItComesFrom() {
    Path file = conf.stratify("a.conf", "segments.sample = 120", "demo.customers = ${?CUSTOMERS}");

    LoadedConfig loaded =
        ConfigLoader.load(List.of(file), Map.of("segments.seed", "3"), Map.of("CUSTOMERS", "77"));

    assertThat(loaded.config().demo().customers()).isEqualTo(77);
    assertThat(ConfFolder.effective(loaded, "segments.sample"))
        .isEqualTo(new EffectiveValue("segments.sample", "120", file + ":2"));
    assertThat(ConfFolder.effective(loaded, "segments.seed"))
        .isEqualTo(new EffectiveValue("segments.seed", "3", "--set"));
    assertThat(ConfFolder.effective(loaded, "demo.customers"))
        .isEqualTo(new EffectiveValue("demo.customers", "\"77\"", "environment"));
    assertThat(ConfFolder.effective(loaded, "as-of"))
        .isEqualTo(new EffectiveValue("as-of", "\"\"", "reference.conf:8"));
    assertThat(loaded.values()).extracting(EffectiveValue::key).isSorted();
  }

  @Test
  void theTableIsAligned() {
    assertThat(
            new LoadedConfig(
                    ConfigLoader.load(List.of(), Map.of()).config(),
                    List.of(
                        new EffectiveValue("segments.seed", "42", "reference.conf:9"),
                        new EffectiveValue("as-of", "\"\"", "--set")),
                    "",
                    keys -> "",
                    new Secrets(List.of()))
                .table())
        .isEqualTo(
            """
            KEY            ORIGIN            VALUE
            segments.seed  reference.conf:9  42
            as-of          --set             ""
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lake//raw",
        "s3a://bucket/x#y",
        "C:\\lake",
        "a b",
        "2026-01-01",
        "true north",
        "a, b = 2",
        "coalesce(a, 'x')",
        "a\nb=2",
        "price * 2 + 1",
        "part #3"
      })
  void aSetValueThatIsNoHoconIsTakenAsItStands(String text) {
    LoadedConfig loaded = ConfigLoader.load(List.of(), Map.of("output.root", text));

    assertThat(loaded.config().output().root()).isEqualTo(text);
  }

  @Test
  void aSetValueMayBeHocon() {
    LoadedConfig loaded =
        ConfigLoader.load(
            List.of(),
            Map.of(
                "segments.behaviour.features",
                "[frequency, trend]",
                "spark",
                "{ shuffle-partitions = 8 }",
                "output.root",
                "\"quoted\"",
                "as-of",
                "2026-05-01",
                "segments.rfm.enabled",
                "false"));

    assertThat(loaded.config().segments().behaviour().features())
        .containsExactly("frequency", "trend");
    assertThat(loaded.config().spark().shufflePartitions()).isEqualTo(8);
    assertThat(loaded.config().output().root()).isEqualTo("quoted");
    assertThat(loaded.config().asOf()).contains(LocalDate.of(2026, 5, 1));
    assertThat(loaded.config().segments().rfm().enabled()).isFalse();
  }

  @Test
  void aFreeFormNameIsTheSameQuotedOrNested() {
    Path file =
        conf.stratify(
            "a.conf",
            "spark.conf { \"spark.ui.enabled\" = true, \"spark.speculation\" = true",
            "  spark.speculation.interval = 1s }");

    LoadedConfig loaded =
        ConfigLoader.load(List.of(file), Map.of("spark.conf.spark.ui.enabled", "false"));

    assertThat(loaded.config().spark().conf())
        .isEqualTo(
            Map.of(
                "spark.ui.enabled", "false",
                "spark.speculation", "true",
                "spark.speculation.interval", "1s"));
    assertThat(ConfFolder.effective(loaded, "spark.conf.spark.ui.enabled").origin())
        .isEqualTo("--set");
  }

  @Test
  void aSourceMayBeSwitchedOffByNull() {
    Path file = conf.stratify("a.conf", SHOP);

    LoadedConfig loaded =
        ConfigLoader.load(List.of(file), Map.of("sources.shop", "null", "inputs.orders", "null"));

    assertThat(loaded.config().sources()).isEmpty();
    assertThat(loaded.config().inputs()).isEmpty();
  }

  @Test
  void jdbcMayNameItsTableAsAnOptionAndATableNeedsNoFormat() {
    StratifyConfig config =
        conf.load(
                "sources.a { format = jdbc, options { url = \"jdbc:x\", dbTable = orders } }",
                "sources.b.table = db.orders",
                "sources.c.query = \"SELECT * FROM a\"")
            .config();

    assertThat(config.sources().keySet()).containsExactly("a", "b", "c");
    assertThat(config.sources().get("b").format()).isEmpty();
  }

  @Test
  void orderLinesMayStandAlone() {
    StratifyConfig config =
        conf.load(
                "sources.s.table = t",
                "inputs.order_lines { source = s, deduplicate = none",
                "  columns { order_id = a, customer_id = b, ordered_at = c } }")
            .config();

    assertThat(config.inputs().get("order_lines").identity().deduplicate())
        .isEqualTo(Deduplicate.NONE);
  }
}
