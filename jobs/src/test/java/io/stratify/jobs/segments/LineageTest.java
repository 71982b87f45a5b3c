package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.segments.Lineage.Event;
import io.stratify.jobs.segments.Lineage.Link;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineageTest {
  @Test
  void seventyPercentOnEitherSideSurvive() {
    // 70 of 100 are in x, which has 100: 0.7 on either side.
    assertThat(survivors("a x 70", "a y 30", "b x 30", "b y 70"))
        .isEqualTo(Map.of("x", "a", "y", "b"));
    assertThat(survivors("a x 69", "a y 31", "b x 31", "b y 69")).isEmpty();
  }

  @Test
  void aSegmentThatSwallowedAnotherIsNotTheSame() {
    // All of a are in x, but they are only half of it.
    assertThat(survivors("a x 100", "b x 100", "c y 100")).isEqualTo(Map.of("y", "c"));
  }

  @Test
  void theAssignmentIsTheOneWithMostInCommonAndNotTheFirstThatFits() {
    // Greedily b would take x, the largest of its parts, and a would go without.
    assertThat(survivors("a x 90", "a y 10", "b x 4", "b y 96"))
        .isEqualTo(Map.of("x", "a", "y", "b"));
  }

  @Test
  void whatSurvivedIsSaidWithItsOverlap() {
    assertThat(links("a a 80", "a b 20", "b b 60"))
        .containsExactly(
            new Link(Event.SURVIVED, "a", "a", 80, 0.8, 1.0),
            new Link(Event.SURVIVED, "b", "b", 60, 1.0, 0.75));
  }

  @Test
  void aSegmentInTwoPartsWasSplit() {
    assertThat(links("a x 60", "a y 40", "b b 10"))
        .containsExactly(
            new Link(Event.SPLIT, "a", "x", 60, 0.6, 1.0),
            new Link(Event.SPLIT, "a", "y", 40, 0.4, 1.0),
            new Link(Event.SURVIVED, "b", "b", 10, 1.0, 1.0));
  }

  @Test
  void twoSegmentsInOneWereMerged() {
    assertThat(links("a x 50", "b x 50"))
        .containsExactly(
            new Link(Event.MERGED, "a", "x", 50, 1.0, 0.5),
            new Link(Event.MERGED, "b", "x", 50, 1.0, 0.5));
    // All of a small one are in x, and most of x are of one that went elsewhere too.
    assertThat(links("a x 100", "b x 600", "b y 400"))
        .contains(
            new Link(Event.MERGED, "a", "x", 100, 1.0, 1.0 / 7),
            new Link(Event.SPLIT, "b", "y", 400, 0.4, 1.0));
    // A small one that went into a large one that goes on.
    assertThat(links("a b 5", "b b 95"))
        .containsExactly(
            new Link(Event.MERGED, "a", "b", 5, 1.0, 0.05),
            new Link(Event.SURVIVED, "b", "b", 95, 1.0, 0.95));
  }

  @Test
  void thirtyPercentAreASource() {
    // 30 of the 100 of a are in x, a tenth of it.
    assertThat(links("a x 30", "a y 35", "a z 35", "b x 270"))
        .contains(new Link(Event.MERGED, "a", "x", 30, 0.3, 0.1));
    assertThat(links("a x 29", "a y 35", "a z 36", "b x 270"))
        .noneMatch(l -> "a".equals(l.before()) && "x".equals(l.after()));
  }

  @Test
  void whatWentNowhereIsRetiredAndWhatCameFromNowhereAppeared() {
    assertThat(
            links("a b 25", "a c 25", "a d 25", "a e 25", "b b 75", "c c 75", "d d 75", "e e 75"))
        .contains(new Link(Event.RETIRED, "a", null, 100, null, null))
        .hasSize(5);
    assertThat(
            links("b a 25", "c a 25", "d a 25", "e a 25", "b b 75", "c c 75", "d d 75", "e e 75"))
        .contains(new Link(Event.APPEARED, null, "a", 100, null, null))
        .hasSize(5);
  }

  /** Whatever the counts, every segment has a link, and a source has given 30 % of one side. */
  @Test
  void nobodyIsForgotten() {
    Random random = new Random(17);
    for (int round = 0; round < 500; round++) {
      Map<String, Map<String, Long>> counts = new TreeMap<>();
      int k = 1 + random.nextInt(6);
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < 1 + random.nextInt(6); j++) {
          String after = (random.nextBoolean() ? "s" : "n") + j;
          counts
              .computeIfAbsent("s" + i, x -> new TreeMap<>())
              .put(after, 1L + random.nextInt(100));
        }
      }
      Overlap overlap = Overlap.of(counts);
      Set<String> before = new HashSet<>();
      Set<String> after = new HashSet<>();
      for (Link link : Lineage.of(overlap)) {
        before.add(link.before());
        after.add(link.after());
        if (link.event() == Event.SPLIT || link.event() == Event.MERGED) {
          assertThat(Math.max(link.shareOfBefore(), link.shareOfAfter()))
              .isGreaterThanOrEqualTo(Lineage.SOURCE);
        }
      }
      assertThat(before).containsAll(overlap.before());
      assertThat(after).containsAll(overlap.after());
    }
  }

  private static Map<String, String> survivors(String... counts) {
    return Matching.survivors(overlap(counts));
  }

  private static List<Link> links(String... counts) {
    return Lineage.of(overlap(counts));
  }

  /** From texts such as {@code a x 70}: 70 customers of a are in x. */
  private static Overlap overlap(String... counts) {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    Arrays.stream(counts)
        .map(c -> c.split(" ", -1))
        .forEach(
            c -> all.computeIfAbsent(c[0], k -> new TreeMap<>()).put(c[1], Long.parseLong(c[2])));
    return Overlap.of(all);
  }
}
