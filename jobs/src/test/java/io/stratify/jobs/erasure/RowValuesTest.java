package io.stratify.jobs.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowValuesTest extends SparkSuite {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":\"12\"}",
        "{\"id\":12}",
        "{\"id\":12.0}",
        "{\"id\":1.2E1}",
        "{\"id\":\"12.0\"}",
        "{\"id\":\" 12\\t\"}",
        "{\"id\":\"\\u00a012\\ufeff\"}",
        "{\"a\":{\"b\":[1,{\"c\":\"12\"}]}}",
        "{\"payload\":\"{\\\"user\\\":12}\"}",
        "{\"payload\":\"[\\\"12\\\"]\"}",
        "{\"_corrupt_record\":\"12,2026-05-01,x\"}",
        "{\"_corrupt_record\":\"{\\\"id\\\":12,\"}",
        "{\"id\":\"12\",\"at\":\"2026",
        "12;x",
      })
  void aValueThatIsTheIdIsFound(String row) {
    assertThat(RowValues.in(row)).contains("12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":\"120\"}",
        "{\"id\":120}",
        "{\"id\":12.5}",
        "{\"id\":0.12}",
        "{\"id\":-12}",
        "{\"id\":\"012\"}",
        "{\"id\":\"C12\"}",
        "{\"id\":\"12-1\"}",
        "{\"at\":\"2026-05-12\"}",
        "{\"at\":\"12:00\"}",
        "{\"note\":\"12 pieces\"}",
        "{\"12\":\"x\"}",
        "{\"id\":null}",
        "{\"big\":1E400000000}",
        "{\"_corrupt_record\":\"120,2026-05-12,12.5\"}",
        "[]",
      })
  void aValueThatOnlyContainsItIsNot(String row) {
    assertThat(RowValues.in(row)).doesNotContain("12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "shop:1042!{\"id\":\"shop:1042\",\"mail\":\"a@x.org\",\"tot",
        "FR|77!{\"_corrupt_record\":\"2026-05-01,FR|77,x\"}",
        "FR|77|1|b!{\"_corrupt_record\":\"2026-05-01,FR|77|1|b,x\"}",
        "C 1042!{\"_corrupt_record\":\"C 1042;x\"}",
        "QUJDRA==!x,QUJDRA==",
        "C7!x^C7^2026",
      })
  void anIdWithSeparatorsIsFoundInARecordThatCannotBeParsed(String id, String row) {
    assertThat(RowValues.in(row)).contains(id);
  }

  @Test
  void ordinaryTextIsKeptAsItIs() {
    assertThat(RowValues.in("{\"a\":\"Müller GmbH\",\"b\":\"x\\\"y\",\"c\":true}"))
        .containsExactly("Müller GmbH", "x\"y");
  }

  @Test
  void sparkGivesTheSameAndNothingForNoRow() {
    var values =
        text("row", RowFactory.create("{\"a\":\"x\",\"b\":12}"), RowFactory.create((Object) null))
            .select(RowValues.of(functions.col("row")));
    assertThat(values.first().<String>getList(0)).containsExactly("12", "x");
    assertThat(values.collectAsList().get(1).isNullAt(0)).isTrue();
  }
}
