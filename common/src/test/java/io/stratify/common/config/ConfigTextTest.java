package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigTextTest {
  /** As a lens has them. */
  public record Part(
      String path,
      int kMin,
      boolean enabled,
      List<Tier> tiers,
      Search search,
      Optional<String> of) {}

  /** A part of a part. */
  public record Search(Way way, Map<Way, Double> weights) {}

  /** One of several. */
  public record Tier(String id, double atLeast) {}

  /** A choice. */
  public enum Way {
    K_MEANS,
    MIXTURE
  }

  @Test
  void aPartIsToldByItsKeysAndNotByItsClasses() {
    Part part =
        new Part(
            "segments.behaviour",
            3,
            true,
            List.of(new Tier("high", 0.5), new Tier("low", 0)),
            new Search(Way.K_MEANS, Map.of(Way.MIXTURE, 1.0, Way.K_MEANS, 0.5)),
            Optional.empty());
    assertThat(ConfigText.of(part))
        .isEqualTo(
            "k-min = 3, enabled = true, tiers = [{id = high, at-least = 0.5}, {id = low, at-least ="
                + " 0.0}], search.way = k-means, search.weights = {k-means = 0.5, mixture = 1.0},"
                + " of = none");
  }
}
