package io.stratify.jobs.conform.identity;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Components of links that one task can hold, by union and find with halved paths (Tarjan and van
 * Leeuwen, "Worst-case Analysis of Set Union Algorithms", 1984). The smaller node stays the root,
 * so that a component is named by its smallest node as everywhere.
 */
final class FewComponents implements MapPartitionsFunction<Row, Row> {
  static final StructType SCHEMA =
      new StructType()
          .add(ConnectedComponents.NODE, DataTypes.LongType)
          .add(ConnectedComponents.COMPONENT, DataTypes.LongType);

  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> links) {
    Map<Long, Long> parents = new HashMap<>();
    links.forEachRemaining(l -> join(parents, l.getLong(0), l.getLong(1)));
    return parents.keySet().stream()
        .sorted()
        .map(node -> RowFactory.create(node, root(parents, node)))
        .iterator();
  }

  private static void join(Map<Long, Long> parents, long one, long other) {
    parents.putIfAbsent(one, one);
    parents.putIfAbsent(other, other);
    long a = root(parents, one);
    long b = root(parents, other);
    parents.put(Math.max(a, b), Math.min(a, b));
  }

  private static long root(Map<Long, Long> parents, long node) {
    long here = node;
    long parent = parents.get(here);
    while (parent != here) {
      long above = parents.get(parent);
      parents.put(here, above);
      here = above;
      parent = parents.get(here);
    }
    return here;
  }
}
