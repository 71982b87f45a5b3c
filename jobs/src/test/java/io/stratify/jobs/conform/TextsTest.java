package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("this-escape") // of the Scala class that is extended
class TextsTest extends SparkSuite {
  @ParameterizedTest
  @CsvSource({
    "'a', a",
    "' a b\t', a b",
    "'\u00a0\r\na\u00a0', a",
    "'à', à", // its last byte is that of a no-break space
    "'Âa', Âa", // its first byte is that of a no-break space
  })
  void blanksAroundTextAreNoPartOfIt(String text, String expected) {
    assertThat(Texts.trimmed(UTF8String.fromString(text)))
        .isEqualTo(UTF8String.fromString(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0"})
  void textOfBlanksIsNoValue(String text) {
    assertThat(Texts.trimmed(UTF8String.fromString(text))).isNull();
  }

  /** 2024-02-29 is day 19,782 since 1970: 54 years of 365 days, 13 leap days, 31 + 28 days. */
  @Test
  void theUsualTimeIsTakenApartByHand() {
    assertThat(Texts.usualTime(UTF8String.fromString("2024-02-29T01:02:03")))
        .isEqualTo((19_782L * 86_400 + 3_723) * 1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29 00:00:00",
        "2024-00-01 00:00:00",
        "2024-13-01 00:00:00",
        "2024-01-00 00:00:00",
        "2024-01-01 24:00:00",
        "2024-01-01 00:60:00",
        "2024-01-01 00:00:60",
        "2024/01/01 00:00:00",
        "2024-01-01 00:00:0",
        "2024-01-01 00:00:00Z",
        "2024-01-01 00:00:0x",
        ""
      })
  void anyOtherTextIsLeftToSpark(String text) {
    assertThat(Texts.usualTime(UTF8String.fromString(text))).isNull();
  }

  @Test
  void theUsualTimeIsThatOfSpark() {
    Random random = new Random(7);
    Row[] texts = new Row[500];
    for (int i = 0; i < texts.length; i++) {
      texts[i] =
          RowFactory.create(
              String.format(
                  Locale.ROOT,
                  "%04d-%02d-%02d %02d:%02d:%02d",
                  random.nextInt(3000),
                  random.nextInt(13),
                  random.nextInt(32),
                  random.nextInt(25),
                  random.nextInt(61),
                  random.nextInt(61)));
    }
    Dataset<Row> both =
        text("text", texts)
            .select(Texts.usualTime(col("text")).as("ours"), col("text").cast("timestamp").as("s"));
    assertThat(both.where("ours IS NOT NULL").count()).isGreaterThan(300);
    assertThat(both.where("NOT ours <=> s").count()).isZero();
  }
}
