package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "behavior, behaviour, 1",
    "ordesr, orders, 1",
    "seed, seed, 0",
    "'', seed, 4",
    "kitten, sitting, 3",
  })
  void everyKindOfEditCountsOnce(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void onlyWhatIsCloseIsSuggested() {
    assertThat(Nearest.to("sorces", List.of("sources", "spark"))).contains("sources");
    assertThat(Nearest.to("warehouse", List.of("sources", "spark"))).isEmpty();
  }
}
