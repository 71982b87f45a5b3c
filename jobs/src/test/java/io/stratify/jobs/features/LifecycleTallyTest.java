package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.LifecycleConfig;
import io.stratify.common.config.LifecycleConfig.Absence;
import io.stratify.common.config.LifecycleConfig.Activity;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/**
 * New for 30 days, active from 3 days on; slowing after 90 days or 2 gaps, lapsed after 180 or 4.
 */
class LifecycleTallyTest {
  private static final int START = Math.toIntExact(LocalDate.of(2026, 1, 1).toEpochDay());

  /** The stage on a day after registration, with these active days after registration. */
  private static String stage(int asOf, int... activeDays) {
    return stage(Activity.ORDERS, Set.of("orders", "events"), true, asOf, activeDays);
  }

  private static String stage(
      Activity activity, Set<String> inputs, boolean orders, int asOf, int... activeDays) {
    LifecycleConfig rule =
        new LifecycleConfig(activity, 30, 3, new Absence(90, 2), new Absence(180, 4), 90);
    SnapshotPlan plan =
        new SnapshotPlan(
            List.of(LocalDate.of(2030, 1, 1)), 90, List.of(), rule, 90, inputs, Set.of());
    LifecycleTally tally = new LifecycleTally(plan);
    for (int d : activeDays) {
      tally.add(
          Days.of(
              day("c1", LocalDate.ofEpochDay(START + d).toString())
                  .orders(orders ? 1 : 0)
                  .events(orders ? 0 : 1)));
    }
    FeatureValues out =
        new FeatureValues(FeatureValues.available(plan), UTF8String.fromString("c1"), START + asOf);
    tally.describe(new Moment(START + asOf, START, false), out);
    return out.row().getString(FeatureValues.SCHEMA.fieldIndex("lifecycle_stage"));
  }

  @Test
  void whoNeverWasActiveIsNewThenActivatingThenLapsed() {
    assertThat(stage(30)).isEqualTo("new");
    assertThat(stage(31)).isEqualTo("activating");
    assertThat(stage(180)).isEqualTo("activating");
    assertThat(stage(181)).isEqualTo("lapsed");
  }

  @Test
  void theFirstActiveDaysActivate() {
    assertThat(stage(20, 5)).isEqualTo("new");
    assertThat(stage(20, 5, 6)).isEqualTo("activating");
    assertThat(stage(40, 5)).isEqualTo("activating");
    assertThat(stage(20, 5, 6, 7)).isEqualTo("active");
  }

  @Test
  void withFewGapsDaysCount() {
    assertThat(stage(95, 5)).isEqualTo("activating");
    assertThat(stage(96, 5)).isEqualTo("slowing");
    assertThat(stage(185, 5)).isEqualTo("slowing");
    assertThat(stage(186, 5)).isEqualTo("lapsed");
  }

  @Test
  void withTwoGapsTheOwnRhythmCounts() {
    // Gaps of 20 days: slowing after 40, lapsed after 80.
    assertThat(stage(80, 0, 20, 40)).isEqualTo("active");
    assertThat(stage(81, 0, 20, 40)).isEqualTo("slowing");
    assertThat(stage(120, 0, 20, 40)).isEqualTo("slowing");
    assertThat(stage(121, 0, 20, 40)).isEqualTo("lapsed");
  }

  @Test
  void dailyCustomersMayTakeAWeekOff() {
    // Gaps of a day count as 7: slowing after 14 days.
    assertThat(stage(16, 0, 1, 2)).isEqualTo("active");
    assertThat(stage(17, 0, 1, 2)).isEqualTo("slowing");
    assertThat(stage(31, 0, 1, 2)).isEqualTo("lapsed");
  }

  @Test
  void whoLapsedAndCameBackIsWonBackForAWhile() {
    // Lapsed on day 81 after gaps of 10; back on day 100.
    assertThat(stage(101, 0, 10, 20, 100)).isEqualTo("won back");
    // The gaps of 10, 10 and 80 have a mean of 33.3: slowing from 66.7 days on.
    assertThat(stage(167, 0, 10, 20, 100)).isEqualTo("slowing");
    assertThat(stage(190, 0, 10, 20, 100, 150)).isEqualTo("won back");
    assertThat(stage(191, 0, 10, 20, 100, 150)).isEqualTo("active");
    // Gaps of 10: whoever is away for 40 days has not lapsed, and cannot come back.
    assertThat(stage(61, 0, 10, 20, 60)).isEqualTo("active");
    assertThat(stage(62, 0, 10, 20, 61)).isEqualTo("won back");
  }

  @Test
  void theConfiguredActivityCountsAndTheOtherStandsInWhereItIsNoInput() {
    Set<String> both = Set.of("orders", "events");
    assertThat(stage(Activity.ORDERS, both, false, 40, 1, 2, 3)).isEqualTo("activating");
    assertThat(stage(Activity.EVENTS, both, false, 10, 1, 2, 3)).isEqualTo("active");
    assertThat(stage(Activity.ANY, both, false, 10, 1, 2, 3)).isEqualTo("active");
    assertThat(stage(Activity.ORDERS, Set.of("events"), false, 10, 1, 2, 3)).isEqualTo("active");
    assertThat(stage(Activity.EVENTS, Set.of("orders"), true, 10, 1, 2, 3)).isEqualTo("active");
  }
}
