package io.stratify.jobs.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.Snapshot;
import io.stratify.jobs.segments.Segmentation;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run as of 1 May, when that date and those of a month before and after it are published. */
class ReferencesTest {
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  private static final Snapshot APRIL = new Snapshot(HealthWorld.APRIL, 2);

  @Test
  void whatTheRunFittedIsHeldAgainstTheDateBeforeAndNotAgainstItself() {
    Segmentation fitted = fittedAsOf(HealthWorld.MAY);
    References references = references(Set.of(fitted.id()));
    assertThat(references.fresh(fitted)).isTrue();
    assertThat(references.of(fitted)).contains(APRIL);
  }

  @Test
  void anyOtherIsHeldAgainstTheDateOfItsFit() {
    References references = references(Set.of());
    assertThat(references.of(fittedAsOf(HealthWorld.APRIL))).contains(APRIL);
    assertThat(references.of(fittedAsOf(HealthWorld.MAY)))
        .contains(new Snapshot(HealthWorld.MAY, 1));
    assertThat(references.of(fittedAsOf(HealthWorld.APRIL.minusDays(1)))).isEmpty();
  }

  private static References references(Set<String> fitted) {
    return new References(
        HealthWorld.MAY,
        fitted,
        List.of(APRIL, new Snapshot(HealthWorld.MAY, 1), new Snapshot(JUNE, 1)));
  }

  private static Segmentation fittedAsOf(LocalDate date) {
    return HealthWorld.segmentation("behaviour", date, HealthWorld.clusters());
  }
}
