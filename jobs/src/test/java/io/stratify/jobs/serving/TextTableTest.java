package io.stratify.jobs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirCellsAndNumbersStandToTheRight() {
    assertThat(new TextTable("id", "n").row("a", 1).row("bcd", "1,000").row(null, null).toString())
        .isEqualToNormalizingNewlines(
            """
              id       n
              ---  -----
              a        1
              bcd  1,000

            """
                .indent(0));
  }

  @Test
  void thatThereIsNoneStandsAmongTheNumbers() {
    assertThat(new TextTable("n").row("1,000").row(TextTable.NONE).toString())
        .isEqualToNormalizingNewlines(
            """
                  n
              -----
              1,000
               none
            """
                .indent(0));
  }

  @Test
  void norCanAHeading() {
    assertThat(new TextTable("a\nb\u001B[2J").row(1).toString().lines())
        .hasSize(3)
        .first()
        .isEqualTo("  a\\nb\\u001b[2J");
  }

  @Test
  void aCellCannotMoveTheCursorOrTurnTheText() {
    String text =
        new TextTable("id").row("a\nb\tc\u202Ed\u001B[2J").row("\uD83D\uDE00 \u05D0").toString();
    assertThat(text.lines()).hasSize(4);
    assertThat(text).contains("a\\nb\\tc\\u202ed\\u001b[2J").contains("\uD83D\uDE00 \u05D0");
  }
}
