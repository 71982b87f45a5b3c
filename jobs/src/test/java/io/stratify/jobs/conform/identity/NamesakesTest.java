package io.stratify.jobs.conform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class NamesakesTest extends PersonCase {
  @Test
  void theKeysOfAnIdNameWhoHasThemToo() {
    Dataset<Row> keys =
        keys(
            key("gone", "email", "x"),
            key("a", "email", "x"),
            key("b", "phone", "x"),
            key("gone", "customer", "c"),
            key("d", "customer", "gone"),
            key("e", "email", "gone"),
            key("other", "email", "y"),
            key("f", "email", "y"),
            key("also gone", "email", "x"),
            key("gone", "customer", "nobody"),
            key("gone", "email", null));
    assertThat(
            sorted(
                Namesakes.of(
                    customers("gone"), keys, customers("a", "b", "c", "d", "f"), "id", "other")))
        .as("customers with the same value of the same kind, and links either way")
        .containsExactly("[gone,a]", "[gone,c]", "[gone,d]");
  }
}
