package io.stratify.common.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The lens of rules over R and F scores.
 *
 * @param enabled whether the lens is computed
 * @param grid segments that together cover each of the cells exactly once
 */
public record RfmConfig(boolean enabled, List<RfmSegment> grid) {
  /** Scores run from 1 to this. */
  public static final int SCORES = 5;

  /** Id of the segment of customers without orders. */
  public static final String NO_ORDERS = "no-orders";

  static final String GRID = "segments.rfm.grid";
  static final Key<Boolean> ENABLED = Key.flag("segments.rfm.enabled");
  private static final String RULE =
      "; each of the " + SCORES * SCORES + " cells must belong to exactly one segment";

  /** Proves that the grid is total and disjoint. */
  public RfmConfig {
    grid = List.copyOf(grid);
    List<String> uncovered = new ArrayList<>();
    List<String> contested = new ArrayList<>();
    for (int r = 1; r <= SCORES; r++) {
      for (int f = 1; f <= SCORES; f++) {
        String cell = "R=" + r + " F=" + f;
        List<String> owners = owners(grid, r, f);
        if (owners.isEmpty()) {
          uncovered.add(cell);
        } else if (owners.size() > 1) {
          contested.add(cell + " (" + String.join(", ", owners) + ")");
        }
      }
    }
    new Checks()
        .all(Ids.repeated(GRID, grid.stream().map(RfmSegment::id).toList()))
        .that(
            grid.stream().noneMatch(s -> s.id().equals(NO_ORDERS)),
            GRID,
            GRID + " has the id " + NO_ORDERS + ", which is that of the customers without orders")
        .that(
            uncovered.isEmpty(),
            GRID,
            GRID + " does not cover " + String.join(", ", uncovered) + RULE)
        .that(
            contested.isEmpty(),
            GRID,
            GRID + " covers more than once " + String.join(", ", contested) + RULE)
        .done();
  }

  private static List<String> owners(List<RfmSegment> grid, int r, int f) {
    return grid.stream()
        .filter(segment -> segment.r().contains(r) && segment.f().contains(f))
        .map(RfmSegment::id)
        .toList();
  }
}
