package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleAction;
import io.stratify.common.config.RuleKind;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.SupportTickets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class QualityTest extends SparkSuite {
  @Test
  void everyKindOfRowRuleFailsTheRowsThatItNames() {
    // t1 is fine; t2 has no category; t3 another severity; t4 satisfaction 6; t5 NaN.
    Dataset<Row> rows =
        tickets(
            RowFactory.create("t1", "billing", "high", "5"),
            RowFactory.create("t2", null, "high", "1"),
            RowFactory.create("t3", "billing", "Severe", null),
            RowFactory.create("t4", "bil", "low", "6"),
            RowFactory.create("t5", "billing", "low", "NaN"));
    assertThat(failing(rows, rule(RuleKind.NOT_NULL, "category"))).containsExactly("t2");
    assertThat(failing(rows, inSet("severity", "high", "low"))).containsExactly("t3");
    assertThat(failing(rows, range("satisfaction", 1.0, 5.0))).containsExactly("t4", "t5");
    assertThat(failing(rows, atLeast("satisfaction", 1.0)))
        .as("NaN is above every number, and still no satisfaction")
        .containsExactly("t5");
    assertThat(failing(rows, text(RuleKind.MATCHES, "category", "b.*g")))
        .as("the whole text has to match, and no text is no mismatch")
        .containsExactly("t4");
    assertThat(failing(rows, text(RuleKind.HOLDS, null, "satisfaction >= 5 OR severity = 'high'")))
        .as("a condition that is neither true nor false does not fail")
        .containsExactly();
    assertThat(failing(rows, text(RuleKind.HOLDS, null, "coalesce(satisfaction, 0) >= 5")))
        .containsExactly("t2", "t3");
    assertThat(failing(rows, text(RuleKind.HOLDS, null, "source.secret <> 't4'")))
        .as("columns of the source that are not mapped can be asked for")
        .containsExactly("t4");
  }

  @Test
  void aNumberIsInASetHoweverItIsWritten() {
    Dataset<Row> rows =
        tickets(
            RowFactory.create("t1", "a", "x", "9"),
            RowFactory.create("t2", "a", "x", "9.5"),
            RowFactory.create("t3", "a", "x", null));
    assertThat(failing(rows, inSet("satisfaction", "9", "10.0"))).containsExactly("t2");
  }

  @Test
  void aMatchIsOfTheWholeTextForEveryBranchOfThePattern() {
    Dataset<Row> rows =
        tickets(
            RowFactory.create("t1", "a", "x", null),
            RowFactory.create("t2", "ab", "x", null),
            RowFactory.create("t3", "a\u2028", "x", null));
    assertThat(failing(rows, text(RuleKind.MATCHES, "category", "a|b")))
        .containsExactly("t2", "t3");
  }

  @Test
  void whatShouldBeUniqueFailsForAllThatShareIt() {
    Dataset<Row> rows =
        tickets(
            RowFactory.create("t1", "a", "x", null),
            RowFactory.create("t2", "a", "x", null),
            RowFactory.create("t3", "a", "y", null),
            RowFactory.create("t4", null, "x", null),
            RowFactory.create("t5", null, "x", null));
    QualityRule unique =
        new QualityRule(
            RuleKind.UNIQUE,
            RuleAction.WARN,
            List.of("category", "severity"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "x.conf:1");
    assertThat(failing(rows, unique)).as("no value is no twin").containsExactly("t1", "t2");
  }

  @Test
  void aReferenceFailsWhereTheOtherInputHasNoSuchRow() {
    QualityRule known = text(RuleKind.REFERENCES, "category", "products");
    Quality quality = new Quality(SupportTickets.TABLE, List.of(known));
    Dataset<Row> rows =
        quality.markRows(
            tickets(
                RowFactory.create("t1", "p1", "x", null),
                RowFactory.create("t2", "p9", "x", null),
                RowFactory.create("t3", null, "x", null)));
    Dataset<Row> ids =
        text("id", RowFactory.create("p1"), RowFactory.create("p1"), RowFactory.create("p2"));
    Dataset<Row> marked = quality.markReferences(rows, known, ids);
    assertThat(marked.count()).as("a twin on the other side multiplies nothing").isEqualTo(3);
    assertThat(ids(marked.where(col(Mapping.FAILED).gt(0)))).containsExactly("t2");
  }

  @Test
  void everyRuleThatFailsHasABitAndTheFirstThatQuarantinesNamesTheRow() {
    QualityRule warn = inSet("severity", "high");
    QualityRule first = acting(RuleAction.QUARANTINE, rule(RuleKind.NOT_NULL, "category"));
    QualityRule second = acting(RuleAction.QUARANTINE, range("satisfaction", 1.0, 5.0));
    Quality quality = new Quality(SupportTickets.TABLE, List.of(warn, first, second));
    Dataset<Row> marked =
        quality.markRows(
            tickets(
                RowFactory.create("t1", null, "low", "9"),
                RowFactory.create("t2", "a", "high", "9"),
                RowFactory.create("t3", "a", "low", "1")));
    assertThat(sorted(marked.select("ticket_id", Mapping.RULE)))
        .containsExactly(
            "[t1,category is missing]", "[t2,satisfaction is not from 1 to 5]", "[t3,null]");
    assertThat(sorted(marked.select("ticket_id", Mapping.FAILED)))
        .as("1: not in the set, 2: missing, 4: out of range")
        .containsExactly("[t1,7]", "[t2,4]", "[t3,1]");
  }

  @Test
  void aRuleThatCannotBeDecidedIsAProblem() {
    Dataset<Row> rows = tickets();
    Quality quality =
        new Quality(
            SupportTickets.TABLE,
            List.of(
                text(RuleKind.HOLDS, null, "no_such_column = 1"),
                text(RuleKind.HOLDS, null, "no SQL at all ("),
                range("opened_at", 1.0, 2.0),
                rule(RuleKind.NOT_NULL, "category")));
    List<String> problems = quality.problems(rows);
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0))
        .startsWith("x.conf:1: inputs.support_tickets.rules: does not hold: no_such_column = 1: ")
        .contains("no_such_column");
    assertThat(problems.get(1)).contains("does not hold: no SQL at all (: ");
    assertThat(problems.get(2)).contains("opened_at is not from 1 to 2");
  }

  @Test
  void rulesAboutWhatOtherInputsFillInWaitForIt() {
    QualityRule filled = acting(RuleAction.QUARANTINE, rule(RuleKind.NOT_NULL, "category"));
    QualityRule own = rule(RuleKind.NOT_NULL, "severity");
    QualityRule holds = text(RuleKind.HOLDS, null, "forall(array('b'), x -> category <> x)");
    Quality quality =
        new Quality(SupportTickets.TABLE, List.of(filled, own, holds), Set.of("category"));
    Dataset<Row> early =
        quality.markRows(
            tickets(
                RowFactory.create("t1", null, "x", null),
                RowFactory.create("t2", null, null, null),
                RowFactory.create("t3", null, "x", null)));
    assertThat(sorted(early.select("ticket_id", Mapping.FAILED)))
        .containsExactly("[t1,0]", "[t2,2]", "[t3,0]");
    Dataset<Row> later =
        early.withColumn(
            "category", functions.expr("element_at(map('t1', 'a', 't2', 'b'), ticket_id)"));
    Dataset<Row> marked = quality.markFilled(later);
    assertThat(sorted(marked.select("ticket_id", Mapping.FAILED)))
        .as("2: no severity, 4: category is b, 1: no category")
        .containsExactly("[t1,0]", "[t2,6]", "[t3,1]");
    assertThat(sorted(marked.select("ticket_id", Mapping.RULE)))
        .containsExactly("[t1,null]", "[t2,null]", "[t3,category is missing]");
  }

  @Test
  void aRuleCannotBeAboutTheSourceAndAboutWhatOthersFillIn() {
    QualityRule both = text(RuleKind.HOLDS, null, "category <> source.x");
    Quality quality = new Quality(SupportTickets.TABLE, List.of(both), Set.of("category"));
    Dataset<Row> rows =
        tickets().withColumn(Mapping.SOURCE, functions.expr("named_struct('x', 'y')"));
    assertThat(quality.problems(rows))
        .singleElement()
        .asString()
        .endsWith("it names source, and what other inputs fill in: category. Make two rules of it");
    assertThat(quality.naming(SupportTickets.CATEGORY, "why"))
        .containsExactly(
            "x.conf:1: inputs.support_tickets.rules: does not hold: category <> source.x: why");
    assertThat(quality.naming(SupportTickets.SEVERITY, "why")).isEmpty();
  }

  private List<String> failing(Dataset<Row> rows, QualityRule rule) {
    Quality quality = new Quality(SupportTickets.TABLE, List.of(rule));
    return ids(quality.markPeers(quality.markRows(rows), true).where(col(Mapping.FAILED).gt(0)));
  }

  private static List<String> ids(Dataset<Row> rows) {
    return rows.select("ticket_id").collectAsList().stream()
        .map(r -> r.getString(0))
        .sorted()
        .toList();
  }

  private Dataset<Row> tickets(Row... rows) {
    Dataset<Row> given = text("id, category, severity, satisfaction", rows);
    Column[] columns =
        SupportTickets.TABLE.columns().stream()
            .map(
                c ->
                    switch (c.name()) {
                      case "ticket_id" -> col("id").as(c.name());
                      case "category", "severity" -> c.col();
                      case "satisfaction" -> c.col().cast("double").as(c.name());
                      default -> lit(null).cast(c.type()).as(c.name());
                    })
            .toArray(Column[]::new);
    return given
        .withColumn(Mapping.FINGERPRINT, col("id"))
        .withColumn(Mapping.SOURCE, struct(col("id").as("secret")))
        .select(
            java.util.stream.Stream.concat(
                    java.util.Arrays.stream(columns),
                    java.util.stream.Stream.of(
                        col(Mapping.FINGERPRINT),
                        col(Mapping.SOURCE),
                        lit(null).cast("string").as(Mapping.RULE)))
                .toArray(Column[]::new));
  }

  private static QualityRule rule(RuleKind kind, String column) {
    return make(kind, List.of(column), List.of(), null, null, null);
  }

  private static QualityRule inSet(String column, String... values) {
    return make(RuleKind.IN_SET, List.of(column), List.of(values), null, null, null);
  }

  private static QualityRule range(String column, Double min, Double max) {
    return make(RuleKind.RANGE, List.of(column), List.of(), min, max, null);
  }

  private static QualityRule atLeast(String column, Double min) {
    return make(RuleKind.RANGE, List.of(column), List.of(), min, null, null);
  }

  private static QualityRule text(RuleKind kind, String column, String text) {
    return make(kind, column == null ? List.of() : List.of(column), List.of(), null, null, text);
  }

  private static QualityRule make(
      RuleKind kind,
      List<String> columns,
      List<String> values,
      Double min,
      Double max,
      String text) {
    return new QualityRule(
        kind,
        RuleAction.WARN,
        columns,
        values,
        Optional.ofNullable(min),
        Optional.ofNullable(max),
        Optional.ofNullable(text),
        Optional.empty(),
        "x.conf:1");
  }

  private static QualityRule acting(RuleAction action, QualityRule r) {
    return new QualityRule(
        r.kind(),
        action,
        r.columns(),
        r.values(),
        r.min(),
        r.max(),
        r.text(),
        r.days(),
        r.origin());
  }
}
