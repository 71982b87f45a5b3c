package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigHashTest {
  private static final String SOURCE = "sources.s { table = t, options { password = a } }";

  @TempDir Path folder;
  private ConfFolder conf;

  @BeforeEach
  void setUp() {
    conf = new ConfFolder(folder);
  }

  @Test
  void itIsSixteenHexDigits() {
    assertThat(ConfigLoader.load(List.of(), Map.of()).hash()).matches("[0-9a-f]{16}");
  }

  /** Lenses compare this text; Java's own immutable maps have another order in each JVM. */
  @Test
  void theTextOfALensOfClustersIsTheSameInEveryJvm() {
    ClusterConfig lens =
        conf.load("segments.behaviour.weights { value = 2, trend = 3, rfm = 1, cadence = 4 }")
            .config()
            .segments()
            .behaviour();
    assertThat(lens.toString())
        .contains("weights={cadence=4.0, rfm=1.0, trend=3.0, value=2.0}")
        .contains("weights={SILHOUETTE=1.0, CALINSKI_HARABASZ=0.0, DAVIES_BOULDIN=0.0, BIC=0.0, ");
  }

  @Test
  void theOrderOfKeysTheirPlaceAndTheWayNumbersAreWrittenDoNotCount() {
    String one =
        conf.load(
                "segments { seed = 7, sample = 500 }",
                "segments.value.tiers = [{ id = a, name = A, share = 0.5 }",
                "  { id = b, name = B, share = 0.5 }]")
            .hash();
    Path a = conf.stratify("a.conf", "segments.sample = \"500\"");
    Path b =
        conf.stratify(
            "b.conf",
            "",
            "segments.value.tiers = [{ share = 0.50, name = A, id = a }",
            "  { share = 0.5, id = b, name = B }]");

    String other = ConfigLoader.load(List.of(a, b), Map.of("segments.seed", "7.0")).hash();

    assertThat(other).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource({
    "output.root, elsewhere",
    "as-of, 2026-05-01",
    "log.format, json",
    "spark.master, 'local[2]'",
    "spark.conf.spark.ui.enabled, false",
    "catalog.kind, hive",
  })
  void whatCannotChangeAResultDoesNotCount(String key, String value) {
    assertThat(hash(Map.of(key, value))).isEqualTo(hash(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "segments.seed, 43",
    "segments.behaviour.features, '[trend, frequency]'",
    "sources.s.table, u",
    "sources.s.options.header, true",
    "demo.seed, 1",
  })
  void everythingElseDoes(String key, String value) {
    assertThat(hash(Map.of(key, value))).isNotEqualTo(hash(Map.of()));
  }

  @Test
  void aSecretDoesNotCount() {
    String with =
        ConfigLoader.load(
                List.of(
                    conf.stratify("x.conf", SOURCE),
                    conf.stratify("y.conf", "sources.s.options.password = b")),
                Map.of())
            .hash();
    assertThat(with).isEqualTo(hash(Map.of()));
  }

  private String hash(Map<String, String> sets) {
    return ConfigLoader.load(List.of(conf.stratify("x.conf", SOURCE)), sets).hash();
  }

  @Test
  void someOfTheSettingsHaveAHashOfTheirOwn() {
    LoadedConfig before = ConfigLoader.load(List.of(), Map.of());
    LoadedConfig after = ConfigLoader.load(List.of(), Map.of("features.trend-window-days", "31"));
    assertThat(after.hashOf(key -> key.startsWith("features.")))
        .isNotEqualTo(before.hashOf(key -> key.startsWith("features.")));
    assertThat(after.hashOf(key -> key.startsWith("conform.")))
        .isEqualTo(before.hashOf(key -> key.startsWith("conform.")));
  }
}
