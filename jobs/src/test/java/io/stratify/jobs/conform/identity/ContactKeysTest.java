package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactKeysTest extends SparkSuite {
  /** printf ann@example.com | sha256sum. */
  private static final String ANN =
      "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476";

  /** printf 4930123456 | sha256sum. */
  private static final String NUMBER =
      "ac75546db905289f50bd750fd5648fec0719074ce391521b2372abeae9110668";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.com",
        " Ann@Example.COM\t",
        "\u00A0ann@example.com\u200B\r\n",
        "\uFEFFANN@EXAMPLE.COM"
      })
  void anAddressIsItsHashHoweverItIsWritten(String address) {
    assertThat(value("email", address)).isEqualTo(ANN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+49 30 123456",
        "0049-30-123456",
        "49 (30) 12 34 56",
        "4930123456",
        " +4930/123456 "
      })
  void aNumberIsTheHashOfItsDigits(String number) {
    assertThat(value("phone", number)).isEqualTo(NUMBER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Email", " EMAIL ", "email\n"})
  void theKindDoesNotDependOnHowItIsWrittenEither(String kind) {
    assertThat(value(kind, "ann@example.com")).isEqualTo(ANN);
    Dataset<Row> rows = text("kind, value", RowFactory.create(kind, "x"));
    assertThat(rows.select(ContactKeys.kind(col("kind"))).first().getString(0)).isEqualTo("email");
  }

  @Test
  void aDigestOfTheSourceIsKeptInLowerCase() {
    assertThat(value("email", " " + ANN.toUpperCase(java.util.Locale.ROOT))).isEqualTo(ANN);
    assertThat(value("phone", NUMBER)).isEqualTo(NUMBER);
    String md5 = "0123456789ABCDEF0123456789ABCDEF";
    assertThat(value("email", md5)).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(problem("email", md5)).isNull();
    String sha512 = "ab".repeat(64);
    assertThat(value("phone", sha512)).isEqualTo(sha512);
  }

  @Test
  void whatIsTooShortOrTooLongForADigestIsNone() {
    assertThat(value("email", "a".repeat(31))).isNull();
    assertThat(value("email", "a".repeat(129))).isNull();
  }

  @Test
  void keysOfOtherKindsAreOnlyTrimmed() {
    assertThat(value("customer", " C-17\t")).isEqualTo("C-17");
    assertThat(value("loyalty card", " aB 3@x ")).isEqualTo("aB 3@x");
    String upper = "0123456789ABCDEF0123456789ABCDEF";
    assertThat(value("customer", upper)).as("an id that looks like a digest").isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "email|  |value is blank",
        "email|nobody|value is not an e-mail address",
        "email|@|value is not an e-mail address",
        "email|ann@|value is not an e-mail address",
        "email|@example.com|value is not an e-mail address",
        "phone|1234|value is not a phone number: it has fewer than 5 digits",
        "phone|+00 1234|value is not a phone number: it has fewer than 5 digits",
        "phone|n/a|value is not a phone number: it has fewer than 5 digits",
        "phone|\u0660\u0661\u0662\u0663\u0664\u0665|value is not a phone number: it has fewer than 5 digits",
        "phone| \u00A0|value is blank",
        "customer|\u2003|value is blank",
        "card| |value is blank"
      })
  void whatNormalisesToNothingIsNoKeyAndSaysWhy(String kind, String given, String why) {
    assertThat(value(kind, given)).isNull();
    assertThat(problem(kind, given)).isEqualTo(why);
  }

  @Test
  void fiveDigitsAreANumber() {
    assertThat(value("phone", "12345")).hasSize(64);
    assertThat(problem("phone", "12345")).isNull();
  }

  @Test
  void aMissingValueIsNoProblemOfItsOwn() {
    assertThat(value("email", null)).isNull();
    assertThat(problem("email", null)).isNull();
    assertThat(problem(null, "ann@example.com")).isNull();
  }

  private String value(String kind, String value) {
    Dataset<Row> row = text("kind, value", RowFactory.create(kind, value));
    return row.select(ContactKeys.value(col("kind"), col("value"))).first().getString(0);
  }

  private String problem(String kind, String value) {
    Dataset<Row> row = text("kind, value", RowFactory.create(kind, value));
    return row.select(
            ContactKeys.problem(
                col("kind"), col("value"), ContactKeys.value(col("kind"), col("value"))))
        .first()
        .getString(0);
  }
}
