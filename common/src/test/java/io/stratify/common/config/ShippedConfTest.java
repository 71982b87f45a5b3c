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

  static List<Path> shipped() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".conf")).sorted().toList();
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

  private static StratifyConfig load(Path file) {
    return ConfigLoader.load(List.of(file), Map.of(), Map.of("STRATIFY_DATA", "anywhere")).config();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".conf", "");
  }
}
