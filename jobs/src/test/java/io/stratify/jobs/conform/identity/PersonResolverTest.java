package io.stratify.jobs.conform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Identities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is one person, in a first run; at most four ids are. */
class PersonResolverTest extends PersonCase {
  @Test
  void whoSharesAKeyOverAnyNumberOfOthersIsOnePerson() {
    Dataset<Row> keys =
        keys(
            key("d", "email", "x"),
            key("c", "email", "x"),
            key("c", "phone", "y"),
            key("b", "phone", "y"),
            key("b", "card", "z"),
            key("a", "card", "z"),
            key("e", "card", "own"));
    assertThat(current(resolve(customers("a", "b", "c", "d", "e", "f"), keys)))
        .containsExactly("b>a", "c>a", "d>a");
  }

  @Test
  void oneValueOfTwoKindsLinksNobody() {
    Dataset<Row> keys = keys(key("a", "card", "7"), key("b", "device", "7"));
    assertThat(current(resolve(customers("a", "b"), keys))).isEmpty();
  }

  @Test
  void twoFamiliesWithABridgeAreOnePerson() {
    Row[] apart = {
      key("a", "email", "x"), key("b", "email", "x"), key("c", "email", "y"), key("d", "email", "y")
    };
    assertThat(current(resolve(customers("a", "b", "c", "d"), keys(apart))))
        .containsExactly("b>a", "d>c");
    Dataset<Row> bridged = keys(apart).union(keys(key("b", "phone", "z"), key("d", "phone", "z")));
    assertThat(current(resolve(customers("a", "b", "c", "d"), bridged)))
        .containsExactly("b>a", "c>a", "d>a");
  }

  @Test
  void aLinkTableLinksInEitherDirection() {
    Dataset<Row> keys =
        keys(
            key("b", "customer", "a"),
            key("b", "customer", "c"),
            key("d", "customer", "d"),
            key("e", "email", "a"));
    assertThat(current(resolve(customers("a", "b", "c", "d", "e"), keys)))
        .containsExactly("b>a", "c>a");
  }

  @Test
  void aCrowdStaysSeparateAndItsKeysAreReported() {
    Dataset<Row> keys =
        keys(
            key("a", "device", "kiosk"),
            key("b", "device", "kiosk"),
            key("c", "device", "kiosk"),
            key("d", "device", "kiosk"),
            key("d", "email", "x"),
            key("e", "email", "x"),
            key("e", "phone", "own"),
            key("f", "email", "y"),
            key("g", "email", "y"));
    Persons persons = resolve(customers("a", "b", "c", "d", "e", "f", "g"), keys);
    assertThat(current(persons)).containsExactly("g>f");
    assertThat(persons.oversized().columns())
        .containsExactly("customer_id", "kind", "value", "size");
    assertThat(sorted(persons.oversized()))
        .containsExactly(
            "[a,device,kiosk,5]",
            "[b,device,kiosk,5]",
            "[c,device,kiosk,5]",
            "[d,device,kiosk,5]",
            "[d,email,x,5]",
            "[e,email,x,5]",
            "[e,phone,own,5]");
    assertThat(sorted(persons.map())).containsExactly("[g,f,2026-05-01,null,merged]");
  }

  @Test
  void asManyAsAllowedAreAPerson() {
    Row[] keys =
        IntStream.range(0, 4).mapToObj(i -> key("c" + i, "email", "x")).toArray(Row[]::new);
    Persons persons = resolve(customers("c0", "c1", "c2", "c3"), keys(keys));
    assertThat(current(persons)).containsExactly("c1>c0", "c2>c0", "c3>c0");
    assertThat(sorted(persons.oversized())).isEmpty();
  }

  @Test
  void idsThatNobodyKnowsArePersonsOfNoKindAndBridgeNothing() {
    Dataset<Row> keys =
        keys(
            key("ghost", "email", "x"),
            key("b", "email", "x"),
            key("ghost", "phone", "y"),
            key("c", "phone", "y"),
            key("b", "customer", "nobody"),
            key("c", "customer", "nobody"),
            key("nobody", "customer", "d"));
    Persons persons = resolve(customers("b", "c", "d"), keys);
    assertThat(current(persons)).isEmpty();
    assertThat(sorted(persons.map())).isEmpty();
  }

  @Test
  void nullsAndRepeatedRowsLinkNobodyElse() {
    Dataset<Row> keys =
        keys(
            key("a", "email", null),
            key("b", "email", null),
            key("a", null, "x"),
            key("b", null, "x"),
            key(null, "email", "y"),
            key("c", "email", "y"),
            key("d", "email", "y"),
            key("d", "email", "y"));
    assertThat(current(resolve(customers("a", "b", "c", "d", "d", null), keys)))
        .containsExactly("d>c");
  }

  @Test
  void strangeCharactersAreCharacters() {
    String[] ids = {" ", "", "a,b", "a\nb", "a'b\"", "\u0000", "\uD83D\uDE00", "\uFFFD", "é", "É"};
    List<Row> rows = new ArrayList<>();
    // Neighbours share a key; each key would break one that glues its parts together.
    for (int i = 0; i < ids.length; i += 2) {
      rows.add(key(ids[i], "k\u0000" + i, "\u0000v"));
      rows.add(key(ids[i + 1], "k\u0000" + i, "\u0000v"));
      rows.add(key(ids[i], "k", i + "\u0000\u0000v"));
    }
    Persons persons = resolve(customers(ids), keys(rows.toArray(Row[]::new)));
    // In the order of UTF-8 bytes, as Spark compares text: the last sign of the basic plane comes
    // before a smiling face, although Java's own comparison has them the other way round.
    assertThat(current(persons))
        .containsExactlyInAnyOrder(" >", "a,b>a\nb", "a'b\">\u0000", "\uD83D\uDE00>\uFFFD", "é>É");
  }

  @Test
  void noCustomersAndNoKeysAreNoPersons() {
    assertThat(current(resolve(customers(), keys(key("a", "email", "x"))))).isEmpty();
    Persons persons = resolve(customers("a", "b"), keys());
    assertThat(current(persons)).isEmpty();
    assertThat(sorted(persons.map())).isEmpty();
    assertThat(sorted(persons.oversized())).isEmpty();
  }

  /** The shared keys and the link table together, against union-find, in 1 and in 8 partitions. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void randomKeysMakeThePersonsOfUnionFindHoweverTheyAreSpread(long seed) {
    Random random = new Random(seed);
    List<String> ids = IntStream.range(0, 90).mapToObj(i -> "c" + i).toList();
    List<Row> keys = new ArrayList<>();
    UnionFind<String> union = new UnionFind<>();
    ids.forEach(union::find);
    Map<String, String> firsts = new TreeMap<>();
    for (int i = 0; i < 110; i++) {
      String id = ids.get(random.nextInt(ids.size()));
      boolean table = random.nextInt(4) == 0;
      String value = table ? ids.get(random.nextInt(ids.size())) : "v" + random.nextInt(90);
      keys.add(key(id, table ? "customer" : "email", value));
      union.link(id, table ? value : firsts.computeIfAbsent(value, v -> id));
    }
    Dataset<Row> known = customers(ids.toArray(String[]::new));
    Dataset<Row> links = spark().createDataFrame(keys, Identities.TABLE.bodySchema());
    Persons one = resolve(known.repartition(1), links.repartition(1));
    assertThat(current(one)).isEqualTo(expected(union));
    Persons eight = resolve(known.repartition(8), links.repartition(8));
    assertThat(current(eight)).isEqualTo(current(one));
    assertThat(sorted(eight.map())).isEqualTo(sorted(one.map()));
    assertThat(sorted(eight.oversized())).isEqualTo(sorted(one.oversized()));
  }

  private static List<String> expected(UnionFind<String> union) {
    Map<String, String> components = union.components();
    Map<String, Long> sizes =
        components.values().stream()
            .collect(Collectors.groupingBy(root -> root, Collectors.counting()));
    assertThat(sizes.values())
        .as("persons and a crowd")
        .anyMatch(s -> s > 1 && s <= 4)
        .anyMatch(s -> s > 4);
    return components.entrySet().stream()
        .filter(e -> !e.getKey().equals(e.getValue()) && sizes.get(e.getValue()) <= 4)
        .map(e -> e.getKey() + ">" + e.getValue())
        .sorted()
        .toList();
  }
}
