package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations in conf/ are valid as they are. */
class ShippedConfTest {
  private static final Path FOLDER = Path.of("..", "conf");

  /** Adds to the configuration of any warehouse, and is none. */
  private static final String OVERLAY = "s3.conf";

  static List<Path> shipped() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(f -> f.toString().endsWith(".conf") && !f.endsWith(OVERLAY))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void loads(Path file) {
    StratifyConfig config = load(file);
    assertThat(config.inputs()).isNotEmpty();
    assertThat(config.output().root()).isEqualTo("target/warehouse/" + name(file));
  }

  @Test
  void areThoseThatTheReadmeAndTheTestsKnow() {
    assertThat(shipped().stream().map(ShippedConfTest::name))
        .contains("adventureworks", "cdnow", "demo", "online-retail", "ravenstack");
  }

  @Test
  void theDemoFeedsEveryInputAndShowsEveryActionOfRules() {
    StratifyConfig demo = load(FOLDER.resolve("demo.conf"));
    assertThat(demo.inputs().keySet())
        .containsExactlyInAnyOrderElementsOf(Inputs.ALL.stream().map(t -> t.name()).toList());
    List<QualityRule> rules =
        demo.inputs().values().stream().flatMap(i -> i.rules().stream()).toList();
    assertThat(rules).extracting(QualityRule::action).contains(RuleAction.values());
  }

  @Test
  void theOverlayOfS3HoldsSettingsOfSparkOnlyAndNoKey() {
    StratifyConfig none = ConfigLoader.load(List.of(), Map.of(), Map.of()).config();
    StratifyConfig s3 = load(FOLDER.resolve(OVERLAY));
    assertThat(s3.output()).isEqualTo(none.output());
    assertThat(s3.inputs()).isEmpty();
    assertThat(s3.spark().conf().keySet())
        .allMatch(key -> key.startsWith("spark.hadoop."))
        .noneMatch(key -> key.matches(".*(access|secret|session)[.](key|token)"));
  }

  private static StratifyConfig load(Path file) {
    return ConfigLoader.load(List.of(file), Map.of(), Map.of("STRATIFY_DATA", "anywhere")).config();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".conf", "");
  }
}
