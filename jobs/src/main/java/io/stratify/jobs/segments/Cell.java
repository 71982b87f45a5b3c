package io.stratify.jobs.segments;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell of two crossed lenses, perhaps with others folded into it.
 *
 * @param name the largest of its members
 * @param members cells of the crossed lenses
 * @param customers customers in them
 * @param largest customers in the largest of them
 * @param mean what they are like on average, in standard deviations
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cell(String name, List<String> members, long customers, long largest, double[] mean) {
  /** A cell by itself. */
  Cell(String name, long customers, double[] mean) {
    this(name, List.of(name), customers, customers, mean);
  }

  /** Folds the smallest cell into its nearest one, as long as it is too small. */
  static List<Cell> fold(List<Cell> cells, double minShare) {
    List<Cell> left = new ArrayList<>(cells);
    double all = left.stream().mapToLong(Cell::customers).sum();
    while (left.size() > 1) {
      Cell smallest =
          left.stream()
              .min(Comparator.comparingLong(Cell::customers).thenComparing(Cell::name))
              .orElseThrow();
      if (smallest.customers() / all >= minShare) {
        return left;
      }
      left.remove(smallest);
      Cell nearest =
          left.stream()
              .min(
                  Comparator.<Cell>comparingDouble(
                          c -> CentreModel.squaredDistance(c.mean(), smallest.mean()))
                      .thenComparing(Cell::name))
              .orElseThrow();
      left.set(left.indexOf(nearest), nearest.with(smallest));
    }
    return left;
  }

  private Cell with(Cell other) {
    long both = customers + other.customers;
    double[] middle = new double[mean.length];
    for (int j = 0; j < middle.length; j++) {
      middle[j] = (mean[j] * customers + other.mean[j] * other.customers) / both;
    }
    return new Cell(
        other.largest > largest ? other.name : name,
        Stream.concat(members.stream(), other.members.stream()).toList(),
        both,
        Math.max(largest, other.largest),
        middle);
  }
}
