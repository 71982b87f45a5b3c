package io.stratify.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.config.DemoConfig.World;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DemoSpecTest {
  private static final LocalDate END = LocalDate.of(2026, 1, 1);

  @Test
  void startsAsManyMonthsBeforeTheEnd() {
    assertThat(new DemoSpec(1, 24, END, 1).start()).isEqualTo("2024-01-01");
  }

  @Test
  void refusesAWarehouseThatCannotBe() {
    assertThatThrownBy(() -> new DemoSpec(0, 24, END, 1))
        .hasMessage("demo.customers is 0; it must be 1 to 50,000,000");
    assertThatThrownBy(() -> new DemoSpec(50_000_001, 24, END, 1))
        .hasMessage("demo.customers is 50000001; it must be 1 to 50,000,000");
    assertThatThrownBy(() -> new DemoSpec(1, 1, END, 1))
        .hasMessage("demo.months is 1; it must be 2 to 120");
    assertThatThrownBy(() -> new DemoSpec(1, 24, null, 1)).hasMessageContaining("demo.end");
    assertThatThrownBy(() -> new DemoSpec(1, 24, END, 1, null)).hasMessageContaining("demo.world");
  }

  @Test
  void theMiddleIsAtHalfOfTheDays() {
    // 2025 has 365 days, half of which are 182: that many after New Year it is the 2nd of July.
    DemoSpec year = new DemoSpec(1, 12, END, 1, World.UPHEAVAL);
    assertThat(LocalDate.ofEpochDay(year.middleDay())).isEqualTo("2025-07-02");
    assertThat(new DemoSpec(1, 12, END, 1).world()).isEqualTo(World.PERSONAS);
  }
}
