package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Customers;
import io.stratify.jobs.erasure.Tombstones;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PeopleTest extends SparkSuite {
  /** c1 and c2 are one person; c3 withdrew; c4 decided nothing; c9 consents later. */
  private People people(boolean closed) {
    Dataset<Row> known = ids("c1", "c2", "c3", "c4");
    Dataset<Row> persons = text("a, b", RowFactory.create("c2", "c1"));
    Dataset<Row> decided =
        text(
                Consent.PERSON + ", w, d",
                RowFactory.create("c1", "false", "false"),
                RowFactory.create("c3", "true", "true"),
                RowFactory.create("c9", "true", "false"),
                RowFactory.create("c10", "false", "false"))
            .select(
                col(Consent.PERSON),
                col("w").cast("boolean").as(Consent.WITHHELD),
                col("d").cast("boolean").as(Consent.WITHDRAWN));
    return People.of(
        closed ? Optional.of(known) : Optional.empty(),
        Optional.of(ids("c1", "c6", "c6", "c8", "c9")),
        persons,
        Optional.of(decided),
        true,
        Tombstones.none(spark()));
  }

  @Test
  void factsFollowThePersonAndConsent() {
    assertThat(
            owned(
                people(true),
                RowFactory.create("c1", null),
                RowFactory.create("c2", null),
                RowFactory.create("c3", null),
                RowFactory.create("c4", null),
                RowFactory.create("c5", null),
                RowFactory.create("c9", null),
                RowFactory.create(null, "customer_id is missing")))
        .containsExactly(
            "[c1,null]",
            "[c1,null]",
            "[c3,withheld]",
            "[c4,withheld]",
            "[c5,customer_id is not in customers]",
            "[c9,withheld]",
            "[null,customer_id is missing]");
  }

  @Test
  void aBadRowOfSomebodyWithheldIsWithheldAndNotQuarantined() {
    assertThat(owned(people(true), RowFactory.create("c3", "amount is not a DECIMAL")))
        .containsExactly("[c3,withheld]");
    assertThat(owned(people(true), RowFactory.create("c1", "amount is not a DECIMAL")))
        .containsExactly("[c1,amount is not a DECIMAL]");
  }

  @Test
  void withoutACustomersInputAnyIdIsACustomerAndTheDefaultHolds() {
    assertThat(
            owned(
                people(false),
                RowFactory.create("c1", null),
                RowFactory.create("c2", null),
                RowFactory.create("c7", null)))
        .containsExactly("[c1,null]", "[c1,null]", "[c7,withheld]");
    assertThat(owned(people(false), RowFactory.create("c10", null)))
        .as("only a decision names c10")
        .containsExactly("[c10,null]");
    assertThat(owned(people(true), RowFactory.create("c10", null)))
        .containsExactly("[c10,customer_id is not in customers]");
    People open =
        People.of(
            Optional.empty(),
            Optional.empty(),
            text("a, b"),
            Optional.empty(),
            false,
            Tombstones.none(spark()));
    assertThat(owned(open, RowFactory.create("c7", null))).containsExactly("[c7,null]");
  }

  @Test
  void whoConsentsLaterIsNotTakenOutOfOtherDates() {
    Dataset<Row> all = ids("c1", "c2", "c3", "c3", "c4", "c5", "c6", "c7", "c9", null);
    assertThat(sorted(people(true).withdrawnAmong(all, people(true).withdrawn())))
        .containsExactly("[c3]", "[c4]", "[c6]");
    assertThat(sorted(people(false).withdrawnAmong(all, people(false).withdrawn())))
        .as("without a list of customers the default holds for all")
        .containsExactly("[c3]", "[c4]", "[c5]", "[c6]", "[c7]");
  }

  @Test
  void whoseProfileIsBadDecidesForHimselfAsWell() {
    assertThat(owned(people(true), RowFactory.create("c6", null), RowFactory.create("c9", null)))
        .as("c6 decided nothing")
        .containsExactly("[c6,withheld]", "[c9,withheld]");
    Dataset<Row> bad =
        text("customer_id, " + Mapping.RULE, RowFactory.create("c6", "birth_year is not an INT"));
    assertThat(sorted(people(true).profiles(bad).select("customer_id", Mapping.RULE)))
        .containsExactly("[c6,withheld]");
  }

  @Test
  void mergedProfilesFillWhatTheOneThatStaysLacks() {
    Dataset<Row> profiles =
        profiles(
            RowFactory.create("c1", null, "FR", "2025-05-01"),
            RowFactory.create("c2", "1980", "DE", "2025-01-01"),
            RowFactory.create("c3", "1970", "IT", null));
    Dataset<Row> marked = people(true).profiles(profiles);
    assertThat(sorted(marked.select("customer_id", Mapping.RULE)))
        .containsExactly("[c1,null]", "[c2,merged]", "[c3,withheld]");
    assertThat(
            sorted(
                People.merge(Customers.TABLE, marked)
                    .select("customer_id", "birth_year", "country", "signed_up_on")))
        .as("her own country, the year of the other, the earlier day")
        .containsExactly("[c1,1980,FR,2025-01-01]");
  }

  @Test
  void aPersonSignedUpOnTheEarliestDayOfAllProfiles() {
    Dataset<Row> profiles =
        profiles(
                RowFactory.create("c9", null, null, "2022-05-01"),
                RowFactory.create("a1", null, null, "2021-01-01"),
                RowFactory.create("b2", null, null, "2019-03-01"))
            .withColumn(People.PERSON, lit("c9"))
            .withColumn(
                Mapping.RULE, when(Customers.CUSTOMER_ID.col().notEqual("c9"), lit(Fate.MERGED)));
    assertThat(
            sorted(People.merge(Customers.TABLE, profiles).select("customer_id", "signed_up_on")))
        .containsExactly("[c9,2019-03-01]");
  }

  private java.util.List<String> owned(People people, Row... rows) {
    return sorted(people.own(text("customer_id, " + Mapping.RULE, rows)));
  }

  private Dataset<Row> ids(String... ids) {
    return text("customer_id", Arrays.stream(ids).map(RowFactory::create).toArray(Row[]::new));
  }

  private Dataset<Row> profiles(Row... rows) {
    Column[] columns =
        Stream.concat(
                Customers.TABLE.columns().stream()
                    .map(
                        c ->
                            switch (c.name()) {
                              case "customer_id", "birth_year", "country", "signed_up_on" ->
                                  c.col().cast(c.type()).as(c.name());
                              default -> lit(null).cast(c.type()).as(c.name());
                            }),
                Stream.of(lit(null).cast("string").as(Mapping.RULE)))
            .toArray(Column[]::new);
    return text("customer_id, birth_year, country, signed_up_on", rows).select(columns);
  }
}
