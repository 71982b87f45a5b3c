package io.stratify.jobs.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.IdentityMap;
import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PersonsTest extends SparkSuite {
  private static final List<Row> MAP =
      List.of(stands("b", "a", null), stands("c", "a", null), stands("y", "x", null));

  @Test
  void whicheverIdIsGivenAllOfThePersonAreFound() {
    for (String id : List.of("a", "b", "c")) {
      assertThat(persons(MAP, id)).as(id).containsExactly("a", "b", "c");
    }
  }

  @Test
  void idsOfSeveralPersonsAndOfNobody() {
    assertThat(persons(MAP, "b", "y", "alone")).containsExactly("a", "alone", "b", "c", "x", "y");
  }

  @Test
  void aLinkThatHasEndedIsNoLink() {
    List<Row> split = List.of(stands("b", "a", "2026-05-01"), stands("d", "c", null));
    assertThat(persons(split, "b")).containsExactly("b");
    assertThat(persons(split, "a")).containsExactly("a");
  }

  @Test
  void aPersonWhoseCanonicalIdHasMovedIsFoundUnderBoth() {
    List<Row> moved =
        List.of(stands("c", "b", "2026-05-01"), stands("c", "a", null), stands("b", "a", null));
    for (String id : List.of("a", "b", "c")) {
      assertThat(persons(moved, id)).as(id).containsExactly("a", "b", "c");
    }
  }

  private Set<String> persons(List<Row> map, String... ids) {
    return IdSet.collect(
        Persons.of(
            IdSet.rows(spark(), Arrays.asList(ids)),
            spark().createDataFrame(map, IdentityMap.TABLE.bodySchema())));
  }

  private static Row stands(String customer, String canonical, String until) {
    return RowFactory.create(
        customer,
        canonical,
        Date.valueOf("2026-01-01"),
        until == null ? null : Date.valueOf(until),
        "merged");
  }
}
