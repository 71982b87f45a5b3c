package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StratifyTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void theProcessIsOursToEndButInTheMasterOfYarnAndOnDatabricks() {
    assertThat(Stratify.isGuest(NOTHING, NOTHING)).isFalse();
    assertThat(Stratify.isGuest(submitted("yarn", "client"), NOTHING)).isFalse();
    assertThat(Stratify.isGuest(submitted("spark://one:7077", "cluster"), NOTHING)).isFalse();
    assertThat(Stratify.isGuest(submitted("yarn", "cluster"), NOTHING)).isTrue();
    assertThat(Stratify.isGuest(NOTHING, Map.of("DATABRICKS_RUNTIME_VERSION", "16.4"))).isTrue();
  }

  @Test
  void anArgumentThatTheLocaleGarbledIsNotTakenForAnId() {
    Cli.Result garbled = Cli.run(List.of("forget", "--customer", "M\uFFFD\uFFFDller"));
    assertThat(garbled.exit()).isEqualTo(2);
    assertThat(garbled.err()).contains("could not read", "LC_ALL=C.UTF-8");
  }

  private static Map<String, String> submitted(String master, String mode) {
    return Map.of("spark.master", master, "spark.submit.deployMode", mode);
  }
}
