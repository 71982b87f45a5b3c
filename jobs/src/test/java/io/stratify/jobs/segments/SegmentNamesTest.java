package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentNamesTest {
  private static final List<String> FEATURES = List.of("recency_days", "frequency", "trend");

  @Test
  void theTwoFeaturesThatSetItApartMostNameIt() {
    assertThat(names(new double[] {0.6, -2, 1})).containsExactly("Rare buyers, growing");
  }

  @Test
  void whatNobodyWouldNoticeIsNotNamed() {
    assertThat(names(new double[] {0.49, -0.5, 0})).containsExactly("Rare buyers");
    assertThat(names(new double[] {0.1, 0, -0.3})).containsExactly("Average customers");
  }

  @Test
  void aFurtherFeatureTellsTwinsApart() {
    assertThat(names(new double[] {1, 3, 2}, new double[] {-1, 3, 2}))
        .containsExactly("Frequent buyers, growing", "Frequent buyers, growing, bought recently");
  }

  @Test
  void whereNoFeatureTellsThemApartANumberDoes() {
    double[] plain = {0, 0, 0};
    assertThat(names(plain, plain, plain))
        .containsExactly("Average customers", "Average customers (2)", "Average customers (3)");
  }

  private static List<String> names(double[]... centres) {
    return SegmentNames.of(FEATURES, List.of(centres));
  }
}
