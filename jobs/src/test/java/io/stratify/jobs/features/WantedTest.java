package io.stratify.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.CustomerFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedTest {
  @TempDir Path folder;

  private StratifyConfig config(String overlay) throws IOException {
    Path file = Files.writeString(folder.resolve("overlay.conf"), overlay);
    return ConfigLoader.load(List.of(file), Map.of()).config();
  }

  @Test
  void lensesWantTheirFeatures() throws IOException {
    Wanted wanted =
        Wanted.byLenses(
            config(
                """
                stratify.segments {
                  behaviour.features = [recency_days, largest_order]
                  lenses.needs.features = ["importance.price", "attitudes.*"]
                  lenses.other { kind = clusters, enabled = false, features = [age, overdue_ratio] }
                }
                stratify.features.custom = [
                  { name = largest_order, doc = x, table = orders, sql = "max(gross_amount)" }
                  { name = unread, doc = x, sql = "sum(units)" }
                ]
                """),
            List.of());

    assertThat(wanted.columns())
        .containsExactlyInAnyOrder("recency_days", "importance", "attitudes", "custom");
    assertThat(wanted.custom()).extracting(CustomFeature::name).containsExactly("largest_order");
    assertThat(wanted.customs()).isTrue();
    assertThat(wanted.scores()).isFalse();
    assertThat(wanted.predictions()).isFalse();
  }

  @Test
  void championsWantTheirsWhateverIsConfiguredNow() throws IOException {
    Wanted wanted =
        Wanted.byLenses(
            config(
                """
                stratify.segments.behaviour.features = [recency_days, frequency]
                stratify.segments.lenses.needs.enabled = false
                stratify.features.custom = [{ name = units, doc = x, sql = "sum(units)" }]
                """),
            List.of("r_score", "predicted_value", "importance.price", "gone"));

    assertThat(wanted.columns())
        .containsExactlyInAnyOrder(
            "recency_days", "frequency", "r_score", "predicted_value", "importance");
    assertThat(wanted.custom()).isEmpty();
    assertThat(wanted.customs()).isFalse();
    assertThat(wanted.scores()).isTrue();
    assertThat(wanted.predictions()).isTrue();
  }

  @Test
  void allIsEveryColumnAndEveryFeatureOfTheConfiguration() throws IOException {
    StratifyConfig config =
        config("stratify.features.custom = [{ name = units, doc = x, sql = \"sum(units)\" }]");

    Wanted wanted = Wanted.all(config);

    assertThat(wanted.columns()).hasSize(CustomerFeatures.TABLE.body().size());
    assertThat(wanted.custom()).isEqualTo(config.features().custom());
    assertThat(wanted.customs() && wanted.scores() && wanted.predictions()).isTrue();
  }
}
