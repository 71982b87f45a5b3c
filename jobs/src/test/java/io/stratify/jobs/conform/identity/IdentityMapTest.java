package io.stratify.jobs.conform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.IdentityMap;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Who became whom and when, over several runs. */
class IdentityMapTest extends PersonCase {
  @Test
  void theCanonicalIdStaysWhenASmallerIdJoins() {
    Dataset<Row> map = after(MAY, map(), share("m", "n"));
    assertThat(sorted(map)).containsExactly("[n,m,2026-05-01,null,merged]");
    Persons june = run(JUNE, map, share("a", "m", "n"));
    assertThat(current(june)).containsExactly("a>m", "n>m");
    assertThat(sorted(june.map()))
        .containsExactly("[a,m,2026-06-01,null,merged]", "[n,m,2026-05-01,null,merged]");
  }

  @Test
  void ofTwoPersonsWhoBecomeOneTheOlderKeepsItsId() {
    Dataset<Row> may = after(MAY, map(), share("m", "n"));
    Dataset<Row> june = after(JUNE, may, share("m", "n"), share("a", "b"));
    Persons july = run(JULY, june, share("m", "n", "b"), share("a", "b"));
    assertThat(current(july)).containsExactly("a>m", "b>m", "n>m");
    assertThat(sorted(july.map()))
        .containsExactly(
            "[a,m,2026-07-01,null,merged]",
            "[b,a,2026-06-01,2026-07-01,merged]",
            "[b,m,2026-07-01,null,moved]",
            "[n,m,2026-05-01,null,merged]");
  }

  @Test
  void whoStoodForOthersBeforeIsOlderThanWhomHeStandsForNow() {
    // m stands for n from May to June, for c from June on; a stands for b since mid-May.
    Dataset<Row> june =
        map(
            merged("n", "m", MAY, JUNE),
            merged("c", "m", JUNE),
            merged("b", "a", LocalDate.of(2026, 5, 15)));
    assertThat(current(run(JULY, june, share("m", "c", "a"), share("a", "b"))))
        .containsExactly("a>m", "b>m", "c>m");
  }

  @Test
  void whoStandsForOthersStillComesBeforeWhoDidOnce() {
    Dataset<Row> june = map(merged("x", "b", MAY, JUNE), merged("n", "m", JUNE));
    assertThat(current(run(JULY, june, share("b", "m", "n")))).containsExactly("b>m", "n>m");
    assertThat(current(run(JULY, june, share("a", "b", "c"))))
        .as("and who did once before who never did")
        .containsExactly("a>b", "c>b");
  }

  @Test
  void aNewcomerTakesTheIdOfWhomEverybodyKnew() {
    Persons june =
        resolve(
            JUNE,
            customers("a", "b", "m", "z"),
            keys(share("a", "m")).union(keys(share("b", "z"))),
            map(),
            customers("m", "n"));
    assertThat(current(june)).as("of two newcomers the smaller id").containsExactly("a>m", "z>b");
  }

  @Test
  void ofTwoPersonsOfOneAgeTheSmallerIdStays() {
    Dataset<Row> may = after(MAY, map(), share("m", "n"), share("a", "b"));
    assertThat(current(run(JUNE, may, share("m", "n", "a"), share("a", "b"))))
        .containsExactly("b>a", "m>a", "n>a");
  }

  @Test
  void whoStandsAloneAgainLeavesAClosedRow() {
    Dataset<Row> may = after(MAY, map(), share("a", "b", "c"));
    Persons june = run(JUNE, may, share("a", "b"), share("c"));
    assertThat(current(june)).containsExactly("b>a");
    assertThat(sorted(june.map()))
        .containsExactly("[b,a,2026-05-01,null,merged]", "[c,a,2026-05-01,2026-06-01,merged]");
  }

  @Test
  void ofTwoPartsTheOneWithTheCanonicalIdKeepsIt() {
    Dataset<Row> may = after(MAY, map(), share("m", "n"));
    Dataset<Row> june = after(JUNE, may, share("m", "n", "a", "b"));
    Persons july = run(JULY, june, share("m", "b"), share("n", "a"));
    assertThat(current(july)).containsExactly("b>m", "n>a");
    assertThat(sorted(july.map()))
        .containsExactly(
            "[a,m,2026-06-01,2026-07-01,merged]",
            "[b,m,2026-06-01,null,merged]",
            "[n,a,2026-07-01,null,moved]",
            "[n,m,2026-05-01,2026-07-01,merged]");
  }

  @Test
  void whoMergesAgainBeginsANewRow() {
    Dataset<Row> may = after(MAY, map(), share("a", "b"));
    Dataset<Row> june = after(JUNE, may, share("a"));
    assertThat(sorted(after(JULY, june, share("a", "b"))))
        .containsExactly("[b,a,2026-05-01,2026-06-01,merged]", "[b,a,2026-07-01,null,merged]");
  }

  @Test
  void aPersonWhoGrowsIntoACrowdFallsApart() {
    Dataset<Row> may = after(MAY, map(), share("a", "b"));
    Persons june = run(JUNE, may, share("a", "b", "m", "n", "x"));
    assertThat(current(june)).isEmpty();
    assertThat(sorted(june.map())).containsExactly("[b,a,2026-05-01,2026-06-01,merged]");
  }

  @Test
  void aCanonicalIdThatIsGoneLeavesThePersonToTheNext() {
    Dataset<Row> may = after(MAY, map(), share("a", "b", "c"));
    Persons june = resolve(JUNE, customers("b", "c"), keys(share("a", "b", "c")), may);
    assertThat(current(june)).containsExactly("c>b");
    assertThat(sorted(june.map()))
        .containsExactly(
            "[b,a,2026-05-01,2026-06-01,merged]",
            "[c,a,2026-05-01,2026-06-01,merged]",
            "[c,b,2026-06-01,null,moved]");
  }

  @Test
  void theSameRunAgainGivesTheSameMap() {
    Row[][] keys = {share("m", "b"), share("n", "a")};
    Dataset<Row> before =
        map(merged("n", "m", MAY), merged("b", "m", MAY), merged("x", "m", MAY, JUNE));
    Dataset<Row> once = after(JUNE, before, keys);
    assertThat(sorted(once))
        .containsExactly(
            "[b,m,2026-05-01,null,merged]",
            "[n,a,2026-06-01,null,moved]",
            "[n,m,2026-05-01,2026-06-01,merged]",
            "[x,m,2026-05-01,2026-06-01,merged]");
    assertThat(sorted(after(JUNE, once, keys))).isEqualTo(sorted(once));
  }

  @Test
  void theSameRunWithOtherKeysForgetsWhatItSaidBefore() {
    Dataset<Row> may = after(MAY, map(), share("m", "n"));
    Dataset<Row> wrong = after(JUNE, may, share("a", "n"), share("b", "m"));
    assertThat(sorted(wrong)).hasSize(3);
    assertThat(sorted(after(JUNE, wrong, share("m", "n")))).isEqualTo(sorted(may));
  }

  @Test
  void anEarlierRunAgainTakesBackAllLaterOnes() {
    Dataset<Row> may = after(MAY, map(), share("m", "n"));
    Dataset<Row> june = after(JUNE, may, share("m", "n"), share("a", "b"));
    Dataset<Row> july = after(JULY, june, share("b", "a"), share("n"));
    assertThat(sorted(july)).contains("[n,m,2026-05-01,2026-07-01,merged]");
    Dataset<Row> juneAgain = after(JUNE, july, share("m", "n"), share("a", "b"));
    assertThat(sorted(juneAgain)).isEqualTo(sorted(june));
    assertThat(sorted(after(JULY, juneAgain, share("b", "a"), share("n")))).isEqualTo(sorted(july));
    LocalDate beforeAll = LocalDate.of(2026, 1, 1);
    assertThat(sorted(after(beforeAll, july, share("a")))).isEmpty();
  }

  @Test
  void theMapHasTheColumnsOfItsTable() {
    Dataset<Row> map = after(MAY, map(), share("a", "b"));
    assertThat(map.columns())
        .containsExactly(
            IdentityMap.TABLE.columns().stream().map(Object::toString).toArray(String[]::new));
    assertThat(map.select("valid_from", "valid_to").schema().fields())
        .allSatisfy(f -> assertThat(f.dataType().simpleString()).isEqualTo("date"));
  }

  /** One key that all of them share. */
  private static Row[] share(String... ids) {
    Row[] keys = new Row[ids.length];
    for (int i = 0; i < ids.length; i++) {
      keys[i] = RowFactory.create(ids[i], "email", "of " + String.join(" ", ids));
    }
    return keys;
  }

  private Dataset<Row> after(LocalDate asOf, Dataset<Row> map, Row[]... keys) {
    return run(asOf, map, keys).map();
  }

  private Persons run(LocalDate asOf, Dataset<Row> map, Row[]... keys) {
    Dataset<Row> all = keys(Stream.of(keys).flatMap(Stream::of).toArray(Row[]::new));
    return resolve(asOf, customers("a", "b", "c", "m", "n", "x"), all, map);
  }
}
