package io.stratify.jobs.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobSettingsTest {
  private static final String WINDOW = "features.trend-window-days";

  private static String hash(String job, Map<String, String> sets) {
    return JobSettings.hash(ConfigLoader.load(List.of(), sets), job).orElse("none");
  }

  @Test
  void aJobGoesByTheSettingsOfWhatItHandsOn() {
    Map<String, String> window = Map.of(WINDOW, "31");
    assertThat(hash("features", window)).isNotEqualTo(hash("features", Map.of()));
    assertThat(hash("segments", window))
        .as("a model is learnt on features")
        .isNotEqualTo(hash("segments", Map.of()));
    Map<String, String> past = Map.of("features.past.back", "8", "features.past.every", "1 month");
    assertThat(hash("features", past))
        .as("stratify features --back 8")
        .isEqualTo(hash("features", Map.of()));
    assertThat(hash("conform", window)).isEqualTo(hash("conform", Map.of()));
    assertThat(hash("validation", window)).isEqualTo("none");
    Map<String, String> purpose = Map.of("consent.purpose", "ads");
    assertThat(hash("conform", purpose)).isNotEqualTo(hash("conform", Map.of()));
    assertThat(hash("segments", Map.of("segments.refit-every", "never")))
        .isEqualTo(hash("segments", Map.of()));
  }

  @Test
  void whatPeopleWriteDownAboutSegmentsTheyHaveSeenChangesNothingBefore() {
    Map<String, String> named =
        Map.of("inputs.segment_names.rows", "[{ segment_id = value.high, name = Best }]");
    assertThat(hash("conform", named)).isEqualTo(hash("conform", Map.of()));
    Map<String, String> drivers =
        Map.of("inputs.value_drivers.rows", "[{ driver_id = speed, name = Fast }]");
    assertThat(hash("conform", drivers)).isNotEqualTo(hash("conform", Map.of()));
  }
}
