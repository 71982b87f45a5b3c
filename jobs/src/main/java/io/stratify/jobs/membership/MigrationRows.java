package io.stratify.jobs.membership;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of the tables on migration. */
final class MigrationRows {
  private MigrationRows() {}

  /** The body of {@code segment_migration}. */
  static List<Row> moves(List<Migration.Move> moves, LocalDate previousAsOf) {
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> numbers = new TreeMap<>();
    for (Migration.Move m : moves) {
      rows.add(
          RowFactory.create(
              m.lens(),
              numbers.merge(m.lens(), 1, Integer::sum),
              m.from(),
              m.to(),
              m.via(),
              m.customers(),
              m.revenueBefore(),
              m.revenueAfter(),
              m.share(),
              Date.valueOf(previousAsOf)));
    }
    return rows;
  }

  /** The body of {@code segment_outlook}: every lens, and of it those who are in both snapshots. */
  static List<Row> outlook(List<Migration.Move> moves) {
    return outlook(moves, Set.of());
  }

  /**
   * The same.
   *
   * @param open lenses of which nobody knows what customers did, so that their future is open
   */
  static List<Row> outlook(List<Migration.Move> moves, Set<String> open) {
    Map<String, List<Migration.Move>> lenses =
        moves.stream()
            .filter(m -> m.from() != null && m.to() != null)
            .collect(
                Collectors.groupingBy(Migration.Move::lens, TreeMap::new, Collectors.toList()));
    List<Row> rows = new ArrayList<>();
    lenses.forEach((lens, of) -> rows.addAll(outlookOf(lens, of, open.contains(lens))));
    return rows;
  }

  private static List<Row> outlookOf(String lens, List<Migration.Move> moves, boolean open) {
    TreeSet<String> ids = new TreeSet<>();
    moves.forEach(m -> ids.add(m.to()));
    List<String> states = List.copyOf(ids);
    long[][] customers = new long[states.size()][states.size()];
    long[] now = new long[states.size()];
    for (Migration.Move m : moves) {
      int to = states.indexOf(m.to());
      now[to] += m.customers();
      if (states.contains(m.from())) {
        customers[states.indexOf(m.from())][to] += m.customers();
      }
    }
    Optional<MarkovChain> chain = open ? Optional.empty() : MarkovChain.of(customers, now);
    double all = Arrays.stream(now).sum();
    double[] next = chain.map(MarkovChain::next).orElse(null);
    double[] steady = chain.map(MarkovChain::steady).orElse(null);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < now.length; i++) {
      rows.add(
          RowFactory.create(
              states.get(i),
              lens,
              now[i] / all,
              next == null ? null : next[i],
              steady == null ? null : steady[i]));
    }
    return rows;
  }
}
