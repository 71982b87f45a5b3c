package io.stratify.jobs.conform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectedComponentsTest extends ScratchSuite {
  /** No links are few enough for one task. */
  private static final long IN_ROUNDS = 0;

  private static final StructType LINK =
      new StructType().add("a", DataTypes.LongType).add("b", DataTypes.LongType);

  @Test
  void aChainIsOneComponentWhateverTheDirectionOfItsLinks() {
    assertThat(found(link(1, 2), link(3, 2), link(3, 4)))
        .isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L, 4L, 1L));
  }

  @Test
  void aStarBelongsToItsSmallestLeaf() {
    assertThat(found(link(9, 3), link(9, 5), link(9, 7)))
        .isEqualTo(Map.of(3L, 3L, 5L, 3L, 7L, 3L, 9L, 3L));
  }

  @Test
  void oneBridgeMakesTwoCliquesOneComponent() {
    List<Row> links = new ArrayList<>(clique(1, 2, 3, 4));
    links.addAll(clique(11, 12, 13, 14));
    Map<Long, Long> apart = found(links.toArray(Row[]::new));
    assertThat(apart).hasSize(8).containsEntry(4L, 1L).containsEntry(14L, 11L);
    links.add(link(4, 13));
    Map<Long, Long> bridged = found(links.toArray(Row[]::new));
    assertThat(bridged).hasSize(8);
    assertThat(bridged.values()).containsOnly(1L);
  }

  @Test
  void aLoopARepetitionAndANullLinkNobody() {
    assertThat(
            found(
                link(1, 1),
                link(5, 6),
                link(6, 5),
                link(5, 6),
                RowFactory.create(null, 7L),
                RowFactory.create(7L, null)))
        .isEqualTo(Map.of(5L, 5L, 6L, 5L));
  }

  @Test
  void noLinksMakeNoComponents() {
    ConnectedComponents none = ConnectedComponents.of(links(List.of()), scratch());
    assertThat(none.nodes().collectAsList()).isEmpty();
    assertThat(none.rounds()).isZero();
  }

  @Test
  void starsAreDoneAtOnce() {
    assertThat(
            ConnectedComponents.of(
                    links(List.of(link(1, 2), link(1, 3), link(4, 5))), scratch(), IN_ROUNDS)
                .rounds())
        .isZero();
  }

  @Test
  void negativeAndVeryLargeNumbersAreInOrder() {
    assertThat(found(link(Long.MAX_VALUE, 0), link(0, -5), link(7, Long.MAX_VALUE)))
        .isEqualTo(Map.of(Long.MAX_VALUE, -5L, 0L, -5L, -5L, -5L, 7L, -5L));
  }

  /** A chain of 2,048 nodes: 11 = log2 doublings of reach are enough, 2,047 steps would not be. */
  @Test
  void roundsGrowWithTheLogarithmOfALongChain() {
    int shortRounds = rounds(chain(32));
    int longRounds = rounds(chain(2048));
    assertThat(shortRounds).isBetween(1, 5);
    assertThat(longRounds).isBetween(shortRounds + 1, 11);
  }

  @Test
  void aChainInRandomOrderIsOneComponent() {
    List<Long> order = new ArrayList<>(IntStream.range(0, 500).mapToObj(i -> (long) i).toList());
    Collections.shuffle(order, new Random(11));
    List<Row> links = new ArrayList<>();
    for (int i = 1; i < order.size(); i++) {
      links.add(link(order.get(i - 1), order.get(i)));
    }
    Map<Long, Long> found = found(links.toArray(Row[]::new));
    assertThat(found).hasSize(500);
    assertThat(found.values()).containsOnly(0L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomGraphsHaveTheComponentsOfUnionFind(long seed) {
    Random random = new Random(seed);
    int nodes = 20 + random.nextInt(150);
    // From nearly no links to one component that holds nearly everybody.
    int count = (int) (nodes * (0.3 + 0.25 * seed));
    UnionFind<Long> expected = new UnionFind<>();
    List<Row> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long a = random.nextInt(nodes) - 10L;
      long b = random.nextInt(nodes) - 10L;
      links.add(link(a, b));
      if (a != b) {
        expected.link(a, b);
      }
    }
    Map<Long, Long> inRounds =
        collect(ConnectedComponents.of(links(links).repartition(8), scratch(), IN_ROUNDS));
    assertThat(inRounds).isEqualTo(expected.components());
    assertThat(collect(links(links).repartition(8))).isEqualTo(expected.components());
  }

  private Map<Long, Long> found(Row... links) {
    return collect(links(List.of(links)));
  }

  private Map<Long, Long> collect(Dataset<Row> links) {
    return collect(ConnectedComponents.of(links, scratch()));
  }

  private static Map<Long, Long> collect(ConnectedComponents components) {
    Map<Long, Long> found = new TreeMap<>();
    for (Row row : components.nodes().collectAsList()) {
      assertThat(found.put(row.getLong(0), row.getLong(1))).as("one row per node").isNull();
    }
    return found;
  }

  private int rounds(List<Row> links) {
    ConnectedComponents components = ConnectedComponents.of(links(links), scratch(), IN_ROUNDS);
    assertThat(components.nodes().where("component <> 0").isEmpty()).isTrue();
    assertThat(components.nodes().count()).isEqualTo(links.size() + 1L);
    return components.rounds();
  }

  private Dataset<Row> links(List<Row> links) {
    return spark().createDataFrame(links, LINK);
  }

  private static Row link(long a, long b) {
    return RowFactory.create(a, b);
  }

  private static List<Row> clique(long... nodes) {
    List<Row> links = new ArrayList<>();
    for (long a : nodes) {
      for (long b : nodes) {
        links.add(link(a, b));
      }
    }
    return links;
  }

  private static List<Row> chain(int nodes) {
    return IntStream.range(1, nodes).mapToObj(i -> link(i - 1, i)).toList();
  }
}
