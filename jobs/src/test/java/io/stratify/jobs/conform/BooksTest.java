package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {
  private static final Map<String, Long> BAD = Map.of("amount is missing", 3L, "b", 7L, "a", 7L);

  @Test
  void booksBalanceWhereEveryRowIsAccountedFor() {
    // 100 = 80 + 3 + (3 + 7 + 7)
    assertThat(books(100, 80, 3).balanced()).isTrue();
    assertThat(books(100, 80, 3).inQuarantine()).isEqualTo(17);
    assertThat(books(101, 80, 3).balanced()).isFalse();
    assertThat(books(99, 80, 3).balanced()).isFalse();
  }

  @Test
  void booksThatDoNotBalanceStopTheRun() {
    assertThatThrownBy(() -> books(101, 80, 3).requireSound(0.5))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith(
            "Cannot conform orders: the books do not balance: 101 rows read, but 80 conformed + 17"
                + " quarantined + 3 duplicates + 0 superseded + 0 merged + 0 withheld. Nothing was"
                + " written.");
  }

  @Test
  void anInputWithoutRowsStopsTheRun() {
    assertThatThrownBy(() -> new Books("orders", "shop", 0, Map.of()).requireSound(0.5))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot conform orders: source shop has no rows. Nothing was written. Correct the"
                + " source, or remove inputs.orders if there is no such data");
  }

  @Test
  void tooManyBadRowsStopTheRunWithTheRulesThatWereBroken() {
    assertThatThrownBy(() -> books(100, 80, 3).requireSound(0.16))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            String.format(
                "Cannot conform orders: 17 of 100 rows of source shop would be quarantined, more"
                    + " than conform.max-quarantine-share = 0.16 allows. Nothing was written.%n"
                    + "  rules broken: a (7 rows); b (7 rows); amount is missing (3 rows)%n"
                    + "Correct inputs.orders.columns or the source"));
    assertThatCode(() -> books(100, 80, 3).requireSound(0.17)).doesNotThrowAnyException();
  }

  @Test
  void theResultAddsTheBooksUp() {
    ConformResult result =
        new ConformResult(
            List.of(books(100, 80, 3), new Books("events", "log", 1_900, Map.of("", 1_900L))), 42);
    assertThat(result.sentence())
        .isEqualTo(
            "2,000 rows of 2 inputs read: 17 quarantined, 3 duplicates, the books balance; 42"
                + " customers");
  }

  private static Books books(long read, long conformed, long duplicates) {
    Map<String, Long> byFate = new HashMap<>(BAD);
    byFate.put("", conformed);
    byFate.put(Fate.DUPLICATE, duplicates);
    return new Books("orders", "shop", read, byFate);
  }
}
