package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsequencesTest {
  private final Subject far = Planted.subject(Planted.FAR);

  /** After November all of one segment bought and nobody else; after February half of each. */
  @Test
  void theObjectiveIsJudgedByTheLatestSnapshotAlone() {
    Crowd november = Planted.around(far, Planted.FAR, 50, LocalDate.of(2025, 11, 1), 1);
    Crowd february = Planted.of(far, november.points(), LocalDate.of(2026, 2, 1));
    double[] ofOneSegment =
        Arrays.stream(november.labels()).mapToDouble(l -> l == 0 ? 1 : 0).toArray();
    double[] ofAll = IntStream.range(0, 150).mapToDouble(i -> i % 2).toArray();
    List<Figure> figures =
        new Consequences(far, Planted.gates(), new Bootstrap(20, 1))
            .of(
                List.of(
                    Planted.with(november, "bought", ofOneSegment),
                    Planted.with(february, "bought", ofAll)),
                Optional.of("bought"),
                "no past");
    assertThat(figures.stream().filter(f -> f.evidence().equals("bought: Cramer's V")))
        .extracting(f -> Math.round(f.value() * 1e9) / 1e9)
        .containsExactly(1.0, 0.0);
    Figure objective =
        figures.stream()
            .filter(f -> f.evidence().equals("objective: share of the variance"))
            .findFirst()
            .orElseThrow();
    assertThat(objective.cohort()).isEqualTo("bought after 2026-02-01");
    assertThat(objective.value()).isCloseTo(0, within(1e-9));
    assertThat(objective.failed()).isTrue();
  }
}
