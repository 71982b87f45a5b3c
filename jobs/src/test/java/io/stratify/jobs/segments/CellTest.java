package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {
  @Test
  void aCellHasTheNameOfTheLargestThatIsFoldedIntoIt() {
    // b goes into a; then c, smaller than both together, goes into them, but is larger than a.
    List<Cell> folded =
        Cell.fold(
            List.of(
                new Cell("a", 6, new double[] {0}),
                new Cell("b", 5, new double[] {0.1}),
                new Cell("c", 9, new double[] {1}),
                new Cell("d", 80, new double[] {9})),
            0.2);
    assertThat(folded)
        .extracting(Cell::name, Cell::customers)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("c", 20L),
            org.assertj.core.groups.Tuple.tuple("d", 80L));
    assertThat(folded.get(0).members()).containsExactlyInAnyOrder("a", "b", "c");
  }
}
