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
    assertThat(sorted(Namesakes.of(customers("gone"), keys, 3, "id", "other")))
        .as("the same value of the same kind, and links either way")
        .containsExactly("[gone,a]", "[gone,also gone]", "[gone,c]", "[gone,d]", "[gone,nobody]");
  }

  @Test
  void aKeyThatMoreHaveThanAPersonHasIdsSaysNothing() {
    Dataset<Row> keys =
        keys(
            key("gone", "device", "kiosk"),
            key("gone", "device", "kiosk"),
            key("a", "device", "kiosk"),
            key("no customer", "device", "kiosk"));
    assertThat(Namesakes.of(customers("gone"), keys, 3, "id", "other").count()).isEqualTo(2);
    assertThat(Namesakes.of(customers("gone"), keys, 2, "id", "other").isEmpty()).isTrue();
  }
}
