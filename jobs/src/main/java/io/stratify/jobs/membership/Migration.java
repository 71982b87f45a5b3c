package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.Segmentation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How customers moved between the segments of two snapshots. */
public final class Migration {
  /** How customers go to what a refit made of their segment. */
  static final String LINEAGE = "lineage";

  private static final String FROM = "from_segment_id";
  private static final String TO = "to_segment_id";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  private Migration() {}

  /**
   * Customers who made the same move in a lens.
   *
   * @param from segment before; null for those who joined
   * @param to segment after; null for those who left
   * @param via stayed, moved, lineage, joined or left
   * @param revenueBefore net revenue up to the first date; null where it is not known
   * @param revenueAfter net revenue up to the second date; null where it is not known
   * @param share of all customers with the same segment before
   */
  public record Move(
      String lens,
      String from,
      String to,
      String via,
      long customers,
      BigDecimal revenueBefore,
      BigDecimal revenueAfter,
      double share) {}

  /**
   * The customers of two snapshots by both segments: one row per lens and pair.
   *
   * @param before {@code customer_segment} of the first snapshot
   * @param after that of the second
   * @param featuresBefore {@code customer_features} of the first
   * @param featuresAfter that of the second
   * @param lenses lenses that are in both
   */
  static Dataset<Row> counted(
      Dataset<Row> before,
      Dataset<Row> after,
      Dataset<Row> featuresBefore,
      Dataset<Row> featuresAfter,
      Collection<String> lenses) {
    String[] key = {CustomerSegment.LENS.name(), CustomerSegment.CUSTOMER_ID.name()};
    return side(before, featuresBefore, lenses, FROM, BEFORE)
        .join(side(after, featuresAfter, lenses, TO, AFTER), key, "full_outer")
        .groupBy(CustomerSegment.LENS.col(), col(FROM), col(TO))
        .agg(
            count(lit(1)).as("customers"),
            sum(col(BEFORE)).cast(TableSpec.MONEY_SUM).as(BEFORE),
            sum(col(AFTER)).cast(TableSpec.MONEY_SUM).as(AFTER));
  }

  private static Dataset<Row> side(
      Dataset<Row> memberships,
      Dataset<Row> features,
      Collection<String> lenses,
      String segment,
      String revenue) {
    Column known = CustomerSegment.LENS.col().isin(lenses.toArray());
    return memberships
        .where(known)
        .select(
            CustomerSegment.LENS.col(),
            CustomerSegment.CUSTOMER_ID.col(),
            CustomerSegment.SEGMENT_ID.col().as(segment))
        .join(
            features.select(
                CustomerFeatures.CUSTOMER_ID.col(),
                CustomerFeatures.MONETARY_NET.col().as(revenue)),
            new String[] {CustomerSegment.CUSTOMER_ID.name()},
            "left");
  }

  /**
   * The moves, by lens and both segments.
   *
   * @param counted rows of {@link #counted}
   * @param successors what refits in between made of a segment, by its id
   */
  static List<Move> moves(List<Row> counted, Map<String, Set<String>> successors) {
    List<Move> moves = new ArrayList<>();
    for (Row r : counted) {
      String from = r.getAs(FROM);
      String to = r.getAs(TO);
      long all =
          counted.stream()
              .filter(o -> o.<String>getAs("lens").equals(r.getAs("lens")))
              .filter(o -> Objects.equals(o.<String>getAs(FROM), from))
              .mapToLong(o -> o.<Long>getAs("customers"))
              .sum();
      long customers = r.<Long>getAs("customers");
      moves.add(
          new Move(
              r.getAs("lens"),
              from,
              to,
              via(from, to, successors),
              customers,
              r.getAs(BEFORE),
              r.getAs(AFTER),
              customers / (double) all));
    }
    Comparator<String> nullsLast = Comparator.nullsLast(Comparator.naturalOrder());
    moves.sort(
        Comparator.comparing(Move::lens)
            .thenComparing(Move::from, nullsLast)
            .thenComparing(Move::to, nullsLast));
    return moves;
  }

  /**
   * The moves that customers made themselves: of lenses with other segments than before, those
   * between the segments that the models of now give to the customers as they were and as they are.
   *
   * @param moves of all lenses
   * @param others segmentations of now of the lenses with other segments
   * @param after {@code customer_segment} of now
   */
  static List<Move> ofCustomers(
      List<Move> moves,
      List<Segmentation> others,
      Dataset<Row> after,
      Dataset<Row> featuresBefore,
      Dataset<Row> featuresAfter) {
    Set<String> lenses = others.stream().map(Segmentation::lens).collect(Collectors.toSet());
    List<Move> own = new ArrayList<>(moves);
    own.removeIf(m -> lenses.contains(m.lens()));
    Dataset<Row> before = MembershipJob.assign(featuresBefore, others);
    own.addAll(
        moves(
            counted(before, after, featuresBefore, featuresAfter, lenses).collectAsList(),
            Map.of()));
    return own;
  }

  private static String via(String from, String to, Map<String, Set<String>> successors) {
    if (from == null || to == null) {
      return from == null ? "joined" : "left";
    }
    if (from.equals(to)) {
      return "stayed";
    }
    return successors.getOrDefault(from, Set.of()).contains(to) ? LINEAGE : "moved";
  }
}
