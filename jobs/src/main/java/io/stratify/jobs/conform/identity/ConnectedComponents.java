package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.io.Scratch;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Connected components by alternating large-star and small-star (Kiveris, Lattanzi, Mirrokni,
 * Rastogi and Vassilvitskii, "Connected Components in MapReduce and Beyond", 2014).
 *
 * <p>A link always points from its larger node to its smaller one, its {@code root}. Each round
 * hangs the larger neighbours of a node to the smallest one (large-star), then its smaller
 * neighbours (small-star), until every node has one root and no root has another. Links never
 * become more, and only minima are taken, so that a node with a million neighbours costs a million
 * rows and no collection of them.
 *
 * @param nodes {@link #NODE} and {@link #COMPONENT}, one row per node that is linked with another
 * @param rounds rounds that changed a link; none where one task followed all links
 */
public record ConnectedComponents(Dataset<Row> nodes, int rounds) {
  /** A node of a component. */
  public static final String NODE = "node";

  /** The smallest node of the component. */
  public static final String COMPONENT = "component";

  private static final String ROOT = "_root";
  private static final String SMALLEST = "_smallest";
  private static final String CHANGED = "_changed";
  private static final String OF = "_of";

  /** Links that one task can hold: some 40 MB. */
  private static final long FEW = 200_000;

  /**
   * Finds the components.
   *
   * @param links pairs of whole numbers in two columns; links with null or of a node with itself
   *     count for nothing
   * @param scratch keeps the links between the rounds
   */
  public static ConnectedComponents of(Dataset<Row> links, Scratch scratch) {
    return of(links, scratch, FEW);
  }

  /**
   * Finds the components.
   *
   * @param few up to so many links are followed in one task, which spares the rounds
   */
  static ConnectedComponents of(Dataset<Row> links, Scratch scratch, long few) {
    Column one = col(links.columns()[0]);
    Column other = col(links.columns()[1]);
    Dataset<Row> directed =
        links
            .where(one.notEqual(other))
            .select(
                least(one, other).cast("long").as(ROOT),
                greatest(one, other).cast("long").as(NODE),
                lit(false).as(CHANGED));
    Dataset<Row> stars = scratch.keep("identity: links of customers", distinct(directed));
    long count = stars.count();
    if (count > 0 && count <= few) {
      Dataset<Row> nodes =
          stars
              .select(ROOT, NODE)
              .coalesce(1)
              .mapPartitions(new FewComponents(), Encoders.row(FewComponents.SCHEMA));
      return new ConnectedComponents(scratch.keep("identity: components", nodes), 0);
    }
    int rounds = 0;
    boolean changed = count > 0;
    while (changed) {
      Dataset<Row> before = stars;
      Dataset<Row> round = distinct(smallStar(largeStar(before)));
      stars = scratch.keep("identity: components, round " + (rounds + 1), round);
      scratch.drop(before);
      changed = !stars.where(col(CHANGED)).isEmpty();
      rounds += changed ? 1 : 0;
    }
    return new ConnectedComponents(components(stars), rounds);
  }

  /** All larger neighbours of a node, seen from them: my root's smallest root becomes mine. */
  private static Dataset<Row> largeStar(Dataset<Row> links) {
    Dataset<Row> roots =
        links.groupBy(col(NODE).as(OF)).agg(min(col(ROOT)).as(SMALLEST)).hint("merge");
    return links
        .join(roots, col(ROOT).equalTo(col(OF)), "left")
        .select(
            coalesce(col(SMALLEST), col(ROOT)).as(ROOT),
            col(NODE),
            col(SMALLEST).isNotNull().as(CHANGED));
  }

  /** Of all roots of a node the smallest stays its root, and becomes the root of the others. */
  private static Dataset<Row> smallStar(Dataset<Row> links) {
    // One shuffle serves the minimum and the join.
    Dataset<Row> byNode = links.repartition(col(NODE));
    Dataset<Row> roots =
        byNode.groupBy(col(NODE).as(OF)).agg(min(col(ROOT)).as(SMALLEST)).hint("merge");
    Column other = col(ROOT).notEqual(col(SMALLEST));
    return byNode
        .join(roots, col(NODE).equalTo(col(OF)))
        .select(
            col(SMALLEST).as(ROOT),
            when(other, col(ROOT)).otherwise(col(NODE)).as(NODE),
            col(CHANGED).or(other).as(CHANGED));
  }

  private static Dataset<Row> distinct(Dataset<Row> links) {
    return links.groupBy(col(ROOT), col(NODE)).agg(max(col(CHANGED)).as(CHANGED));
  }

  private static Dataset<Row> components(Dataset<Row> stars) {
    Dataset<Row> roots = stars.select(col(ROOT).as(NODE), col(ROOT).as(COMPONENT)).distinct();
    return stars.select(col(NODE), col(ROOT).as(COMPONENT)).union(roots);
  }
}
