package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.InputSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSchemaTest {
  @Test
  void aNewColumnIsNoticedAndAMissingOneThatNobodyMapsIsNot() {
    SourceSchema before = schema(Map.of("id", "string", "old", "int"), "amount", "int");
    SourceSchema now = schema(Map.of("id", "string", "z", "int", "b", "int"), "amount", "int");
    assertThat(now.newColumns(stored(before))).containsExactly("b", "z");
    assertThat(now.newColumns(List.of())).as("the first run has nothing to compare").isEmpty();
  }

  @Test
  void anotherTypeBelowTheSameExpressionIsAProblem() {
    List<Row> before = stored(schema(Map.of(), "amount", "decimal(10,2)"));
    assertThat(schema(Map.of(), "amount", "string").retyped(before))
        .containsExactly(
            "shop.conf:7: orders.amount = amount: expected decimal(10,2) as in the last run, found"
                + " string");
    assertThat(schema(Map.of(), "amount", "decimal(10,2)").retyped(before)).isEmpty();
    assertThat(schema(Map.of(), "cast(amount AS string)", "string").retyped(before))
        .as("somebody changed the mapping, and means it")
        .isEmpty();
  }

  @Test
  void typesThatFollowTheValuesMayGoFromWholeNumbersToFractionsAndBack() {
    List<Row> whole = stored(schema(Map.of(), "amount", "bigint"));
    List<Row> fractions = stored(schema(Map.of(), "amount", "double"));
    assertThat(schema(Map.of(), "amount", "double", true).retyped(whole)).isEmpty();
    assertThat(schema(Map.of(), "amount", "bigint", true).retyped(fractions)).isEmpty();
    assertThat(schema(Map.of(), "amount", "string", true).retyped(fractions)).hasSize(1);
    assertThat(schema(Map.of(), "amount", "bigint").retyped(fractions))
        .as("where the source says what the type is")
        .hasSize(1);
  }

  @Test
  void aColumnWithoutAnyValueKeepsTheTypeItHad() {
    List<Row> whole = stored(schema(Map.of(), "amount", "bigint"));
    assertThat(blank("string").settled(whole).mapped()).isEqualTo(blank("bigint").mapped());
    assertThat(blank("string").settled(List.of()).mapped())
        .as("it never had one")
        .isEqualTo(blank("void").mapped());
    assertThat(schema(Map.of(), "amount", "bigint").retyped(stored(blank("void")))).isEmpty();
    SourceSchema text = schema(Map.of(), "amount", "string", true);
    assertThat(text.settled(whole).retyped(whole)).as("it has a value").hasSize(1);
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    assertThatThrownBy(() -> SourceSchema.requireNotRetyped(List.of("a", "b")))
        .isInstanceOf(StratifyException.class)
        .hasMessageContainingAll("changed their type", "Nothing was written", "a", "b", "a cast");
    assertThatCode(() -> SourceSchema.requireNotRetyped(List.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|bigint|true",
        "smallint|int|true",
        "bigint|int|false",
        "int|double|true",
        "bigint|double|false",
        "float|double|true",
        "double|float|false",
        "int|decimal(10,0)|true",
        "int|decimal(10,2)|false",
        "decimal(10,2)|decimal(12,2)|true",
        "decimal(10,2)|decimal(12,4)|true",
        "decimal(10,2)|decimal(10,4)|false",
        "int|string|false",
        "string|int|false",
        "date|timestamp|false"
      })
  void aNumberMayBecomeWider(String from, String to, boolean accepted) {
    assertThat(SourceSchema.widened(from, to)).isEqualTo(accepted);
  }

  private static SourceSchema schema(Map<String, String> columns, String sql, String type) {
    return schema(columns, sql, type, false);
  }

  private static SourceSchema schema(
      Map<String, String> columns, String sql, String type, boolean fromValues) {
    return schema(
        columns, new SourceSchema.MappedType(sql, "shop.conf:7", type, fromValues), ""::equals);
  }

  private static SourceSchema blank(String type) {
    return schema(
        Map.of(),
        new SourceSchema.MappedType("amount", "shop.conf:7", type, true),
        "amount"::equals);
  }

  private static SourceSchema schema(
      Map<String, String> columns, SourceSchema.MappedType amount, Predicate<String> blank) {
    return new SourceSchema(
        "orders", "shop", new LinkedHashMap<>(columns), Map.of("amount", amount), blank);
  }

  /** The rows as they are read back. */
  private static List<Row> stored(SourceSchema schema) {
    List<Row> rows = new ArrayList<>();
    for (Row row : schema.rows()) {
      Object[] values = new Object[row.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i);
      }
      rows.add(new GenericRowWithSchema(values, InputSchema.TABLE.bodySchema()));
    }
    return rows;
  }
}
