package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RfmConfigTest {
  private static final String RULE = "; each of the 25 cells must belong to exactly one segment";

  /** One segment per cell, which covers the grid as finely as possible. */
  private static final List<RfmSegment> CELLS =
      IntStream.range(0, 25).mapToObj(i -> cell("c" + i, i / 5 + 1, i % 5 + 1)).toList();

  static Stream<Integer> cells() {
    return IntStream.range(0, 25).boxed();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aGridWithoutAnyOneCellIsRefused(int index) {
    List<RfmSegment> grid = new ArrayList<>(CELLS);
    RfmSegment removed = grid.remove(index);

    assertThatThrownBy(() -> new RfmConfig(true, grid))
        .hasMessage("segments.rfm.grid does not cover " + name(removed) + RULE);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void anyOverlapWithTheDefaultGridIsRefusedAndBothSegmentsNamed(int index) {
    List<RfmSegment> grid = new ArrayList<>(defaultGrid());
    RfmSegment added = cell("added", index / 5 + 1, index % 5 + 1);
    grid.add(added);
    String owner =
        defaultGrid().stream()
            .filter(s -> s.r().contains(index / 5 + 1) && s.f().contains(index % 5 + 1))
            .findFirst()
            .orElseThrow()
            .id();

    assertThatThrownBy(() -> new RfmConfig(true, grid))
        .hasMessage(
            "segments.rfm.grid covers more than once %s (%s, added)%s", name(added), owner, RULE);
  }

  @Test
  void anySetOfCellsIsAcceptedOnlyIfItIsTheWholeGridOnce() {
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      List<RfmSegment> grid = new ArrayList<>();
      int[] times = new int[25];
      for (int i = 0; i < 25; i++) {
        times[i] = random.nextInt(20) == 0 ? random.nextInt(3) : 1;
        for (int n = 0; n < times[i]; n++) {
          grid.add(cell("c" + i + "-" + n, i / 5 + 1, i % 5 + 1));
        }
      }
      InvalidConfigException e =
          catchThrowableOfType(InvalidConfigException.class, () -> new RfmConfig(true, grid));
      String message = e == null ? "" : e.getMessage();
      for (int i = 0; i < 25; i++) {
        assertThat(message.contains(name(CELLS.get(i)))).isEqualTo(times[i] != 1);
      }
    }
  }

  @Test
  void everyUncoveredAndContestedCellIsListed() {
    List<RfmSegment> grid =
        List.of(
            new RfmSegment("a", "A", List.of(1, 2, 3, 4), List.of(1, 2, 3, 4, 5)),
            new RfmSegment("b", "B", List.of(4, 5), List.of(1, 2, 3)));

    assertThatThrownBy(() -> new RfmConfig(true, grid))
        .hasMessage(
            "segments.rfm.grid does not cover R=5 F=4, R=5 F=5%1$s\n"
                + "segments.rfm.grid covers more than once R=4 F=1 (a, b), R=4 F=2 (a, b), R=4 F=3"
                + " (a, b)%1$s",
            RULE);
  }

  @Test
  void idsAreUnique() {
    List<RfmSegment> grid =
        List.of(
            new RfmSegment("a", "A", List.of(1, 2, 3), List.of(1, 2, 3, 4, 5)),
            new RfmSegment("a", "B", List.of(4, 5), List.of(1, 2, 3, 4, 5)));

    assertThatThrownBy(() -> new RfmConfig(true, grid))
        .hasMessage("segments.rfm.grid has \"a\" more than once; each must be unique");
  }

  @Test
  void aSegmentRefusesScoresThatAreNoQuintiles() {
    assertThatThrownBy(() -> new RfmSegment("A b", "", List.of(0, 1), List.of(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            segments.rfm.grid[].id is "A b"; it must be lower-case letters, digits and hyphens
            segments.rfm.grid[].name is ""; it must be a name for people
            segments.rfm.grid[].r is [0, 1]; it must be a list of different whole numbers from 1 to 5
            segments.rfm.grid[].f is [1, 1]; it must be a list of different whole numbers from 1 to 5""");
    assertThatThrownBy(() -> new RfmSegment("a", "A", List.of(), List.of(1)))
        .hasMessageStartingWith("segments.rfm.grid[].r is []");
  }

  private static List<RfmSegment> defaultGrid() {
    return ConfigLoader.load(List.of(), Map.of()).config().segments().rfm().grid();
  }

  private static RfmSegment cell(String id, int r, int f) {
    return new RfmSegment(id, id, List.of(r), List.of(f));
  }

  private static String name(RfmSegment cell) {
    return "R=" + cell.r().get(0) + " F=" + cell.f().get(0);
  }
}
