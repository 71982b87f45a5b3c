package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stratify.common.tables.SegmentationValidation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sixty customers in mood.a and mood.b; nobody is in mood.c. */
class PersistenceTest {
  private static final LocalDate NOVEMBER = LocalDate.of(2025, 11, 1);
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);

  private final Subject far = Planted.subject(Planted.FAR);

  /** 18 of 30 stay in a and all in b: 48 of 60 agree, and by chance 0.5 x 0.3 + 0.5 x 0.7. */
  @Test
  void whoStaysIsCountedAmongThoseWhoWereThere() {
    List<Figure> figures = persistence(inA(18, Planted.AS_OF), inA(30, FEBRUARY));
    assertThat(figures.stream().filter(f -> !f.segment().equals(SegmentationValidation.ALL)))
        .extracting(f -> f.segment() + " " + f.value() + ", " + f.reason())
        .containsExactly("mood.a 0.6, chance gives 0.300", "mood.b 1.0, chance gives 0.700");
    assertThat(figure(figures, Persistence.KAPPA).value()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void theStepOnWhichFewestStayIsHeldAgainstTheGate() {
    Figure least =
        figure(
            persistence(inA(18, Planted.AS_OF), inA(30, NOVEMBER), inA(18, FEBRUARY)),
            Persistence.LEAST);
    assertThat(least.value()).isCloseTo(0.6, within(1e-12));
    assertThat(least.reason()).isEqualTo("2025-11-01 to 2026-02-01");
    assertThat(least.threshold()).isEqualTo("at least 0.2");
  }

  private List<Figure> persistence(Crowd now, Crowd... past) {
    return new Persistence(far, Planted.CONFIG, Planted.gates(), new Bootstrap(20, 1))
        .of(new Crowds(now, List.of(past)), "no past");
  }

  /** The first so many are in mood.a, the others in mood.b. */
  private Crowd inA(int first, LocalDate asOf) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      points.add(Planted.FAR.get(i < first ? 0 : 1));
    }
    return Planted.of(far, points, asOf);
  }

  private static Figure figure(List<Figure> figures, String evidence) {
    return figures.stream().filter(f -> f.evidence().equals(evidence)).findFirst().orElseThrow();
  }
}
