package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.CustomerFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  /** All fall: the cluster that falls least is above the mean, and grows by no means. */
  @Test
  void anAbsoluteWordNeedsAnAbsoluteDifference() {
    assertThat(word("trend", true, 0.2)).isEqualTo("growing");
    assertThat(word("trend", true, -0.2)).isEqualTo("shrink less");
    assertThat(word("trend", true, 0)).isEqualTo("shrink less");
    assertThat(word("trend", false, -0.2)).isEqualTo("shrinking");
    assertThat(word("trend", false, 0.2)).isEqualTo("grow less");
    assertThat(word("overdue_ratio", true, 1.4)).isEqualTo("overdue");
    assertThat(word("overdue_ratio", true, 0.8)).isEqualTo("closer to being overdue");
    assertThat(word("overdue_ratio", false, 1.4)).isEqualTo("less overdue");
    assertThat(word("margin_share", false, 0.2)).isEqualTo("less profitable baskets");
    assertThat(word("margin_share", false, -0.2)).isEqualTo("unprofitable baskets");
    assertThat(word("event_days", false, 12)).isEqualTo("less active");
    assertThat(word("event_days", false, 0.3)).isEqualTo("inactive");
    assertThat(word("tickets_last", true, 0.1)).isEqualTo("need more support now");
    assertThat(word("trend", true, Double.NaN)).as("not known").isEqualTo("shrink less");
  }

  @Test
  void whoCameToAFeatureAfterManyDaysIsLate() {
    assertThat(word("days_to_feature.export", true, 90)).isEqualTo("start export late");
    assertThat(word("days_to_step.first_order", false, 2)).isEqualTo("reach first order early");
    assertThat(word("importance.price", true, 5)).isEqualTo("price matters more");
    assertThat(word("themes.delivery", false, 1)).isEqualTo("speak little of delivery");
    assertThat(word("attitudes.trust", true, 4)).isEqualTo("high trust");
    assertThat(word("largest_order", true, 400)).isEqualTo("high largest order");
  }

  @Test
  void aKeptNameIsHeldAgainstTheNewCentre() {
    Traits traits =
        new Traits(
            List.of(
                new Traits.Trait(0.3, "growing"),
                new Traits.Trait(-0.6, "price, delivery matters less"),
                new Traits.Trait(0.19, "big spenders")));
    assertThat(traits.describedBy("Growing")).isTrue();
    assertThat(traits.describedBy("Growing, price, delivery matters less (2)")).isTrue();
    assertThat(traits.describedBy("Price, delivery matters less, growing")).isTrue();
    assertThat(traits.describedBy("Growing, big spenders")).as("0.19 < 0.2").isFalse();
    assertThat(traits.describedBy("Shrinking")).isFalse();
    assertThat(traits.describedBy("Growing stronger")).isFalse();
    assertThat(traits.describedBy("Average customers")).as("0.6 >= 0.5").isFalse();
    assertThat(
            new Traits(List.of(new Traits.Trait(0.4, "growing"))).describedBy("Average customers"))
        .isTrue();
  }

  private static String word(String feature, boolean above, double value) {
    return CustomerFeatures.named(feature).word(above, value);
  }

  /** Names by standard deviations, which are the values too. */
  private static List<String> names(double[]... centres) {
    return SegmentNames.of(
        Arrays.stream(centres)
            .map(
                centre ->
                    new Traits(
                        IntStream.range(0, centre.length)
                            .mapToObj(
                                j ->
                                    new Traits.Trait(
                                        centre[j], word(FEATURES.get(j), centre[j] > 0, centre[j])))
                            .toList()))
            .toList());
  }
}
