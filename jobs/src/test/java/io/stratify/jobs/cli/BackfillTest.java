package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillTest {
  private static List<String> dates(String from, String to, String every) {
    return Backfill.between(from, to, every, false).dates().stream()
        .map(LocalDate::toString)
        .toList();
  }

  @Test
  void theLastDateIsNotAfterTheEnd() {
    assertThat(dates("2026-05-01", "2026-05-15", "week"))
        .containsExactly("2026-05-01", "2026-05-08", "2026-05-15");
    assertThat(dates("2026-05-01", "2026-05-14", "1 week"))
        .containsExactly("2026-05-01", "2026-05-08");
    assertThat(dates("2026-05-01", "2026-05-01", "day")).containsExactly("2026-05-01");
  }

  @Test
  void monthsAreCountedFromTheFirstDate() {
    assertThat(dates("2024-01-31", "2024-05-01", "month"))
        .containsExactly("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30");
    assertThat(dates("2024-02-29", "2026-03-01", "year"))
        .containsExactly("2024-02-29", "2025-02-28", "2026-02-28");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "2026-05-01 | -          | day      | --from-date and --to-date go together",
        "-          | 2026-05-01 | day      | --from-date and --to-date go together",
        "2026-05-02 | 2026-05-01 | day      | --from-date 2026-05-02 is after --to-date 2026-05-01",
        "1.5.2026   | 2026-05-01 | day      | --from-date is 1.5.2026; it must be a day such as",
        "2026-02-29 | 2026-05-01 | day      | --from-date is 2026-02-29; it must be a day such as",
        "2026-05-01 | 2026-05-02 | 0 days   | --every is 0 days; it must be day, week, month, year or",
        "2026-05-01 | 2026-05-02 | fortnight | --every is fortnight; it must be day, week, month"
      })
  void whatIsNoRangeOfDatesIsRefused(String from, String to, String every, String message) {
    assertThatThrownBy(() -> Backfill.between(from, to, every, false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
