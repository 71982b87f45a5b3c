package io.stratify.jobs.demo;

import static io.stratify.jobs.demo.Persona.RESEARCHER;
import static io.stratify.jobs.demo.Persona.SNACKER;
import static io.stratify.jobs.demo.Persona.STOCKPILER;
import static io.stratify.jobs.demo.Persona.TRY_AT_HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.DemoConfig.World;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** In the world of the upheaval nothing stays as it was, and who was who has no say. */
class UpheavalTest {
  private static final LocalDate END = LocalDate.of(2026, 1, 1);
  private static final DemoSpec SPEC = new DemoSpec(1000, 24, END, 42, World.UPHEAVAL);
  private static final int MIDDLE = (int) LocalDate.of(2024, 12, 31).toEpochDay();

  private final List<Life> lives = Life.of(SPEC);
  private final List<Life> before =
      lives.stream().map(l -> l.between(SPEC.startDay(), MIDDLE)).toList();
  private final List<Life> after =
      lives.stream().map(l -> l.between(MIDDLE, SPEC.endDay())).toList();

  @Test
  void whoCameBeforeTheMiddleChangesOnThatDayAndNobodyElseDoes() {
    assertThat(SPEC.middleDay()).isEqualTo(MIDDLE);
    assertThat(lives).filteredOn(l -> l.who().registered() >= MIDDLE).hasSizeGreaterThan(100);
    for (Life life : lives) {
      Profile who = life.who();
      boolean early = who.registered() < MIDDLE;
      assertThat(who.changed()).isEqualTo(early ? MIDDLE : Profile.NEVER);
      assertThat(early ? Persona.USUAL : Persona.AFTER_UPHEAVAL).contains(who.first());
      assertThat(Persona.AFTER_UPHEAVAL).contains(who.persona());
    }
  }

  @Test
  void theAnswersTellIt() {
    CustomerTable answers = LifeTables.ANSWERS.get(0);
    for (Life life : lives.subList(0, 100)) {
      Profile who = life.who();
      for (Row row : answers.rowsOf(SPEC, who.index())) {
        assertThat(row.getString(1)).isEqualTo(who.persona().id());
        assertThat(row.getString(2)).isEqualTo(who.first().id());
        assertThat(row.get(3)).isEqualTo(who.hasChanged() ? MIDDLE : null);
      }
    }
  }

  @Test
  void untilTheMiddleLivesAreThoseOfTheOrdinaryWorld() {
    DemoSpec ordinary = new DemoSpec(SPEC.customers(), SPEC.months(), END, SPEC.seed());
    for (Life life : before) {
      Life same = Life.of(ordinary, life.who().index());
      if (life.who().hasChanged() && !same.who().hasChanged()) {
        Life part = same.between(SPEC.startDay(), MIDDLE);
        assertThat(life.orders()).isEqualTo(part.orders());
        assertThat(life.visits()).isEqualTo(part.visits());
        assertThat(life.who().registered()).isEqualTo(same.who().registered());
      }
    }
  }

  @Test
  void whoSomebodyWasSaysNothingAboutWhoHeIs() {
    for (Persona was : Persona.USUAL) {
      List<Life> those = lives.stream().filter(l -> l.who().first() == was).toList();
      for (Persona is : Persona.AFTER_UPHEAVAL) {
        double share = Life.mean(those, l -> true, l -> l.who().persona() == is ? 1 : 0);
        assertThat(share - is.share()).as("%s to %s", was, is).isBetween(-0.13, 0.13);
      }
      double orders = Life.mean(after, l -> l.who().first() == was, Life::paid);
      double all = Life.mean(after, l -> l.who().hasChanged(), Life::paid);
      assertThat(orders / all).as("orders of former %s", was).isBetween(0.75, 1.25);
    }
  }

  @Test
  void theNewPersonasShow() {
    assertThat(highest(Life::linesPerOrder)).isEqualTo(STOCKPILER);
    assertThat(highest(Life::discountShare)).isEqualTo(STOCKPILER);
    assertThat(highest(Life::paid)).isEqualTo(SNACKER);
    assertThat(highest(l -> l.visits().size())).isEqualTo(SNACKER);
    assertThat(highest(Life::averageOrder)).isEqualTo(TRY_AT_HOME);
    assertThat(highest(Life::returnShare)).isEqualTo(TRY_AT_HOME);
    assertThat(highest(Life::eventsPerVisit)).isEqualTo(RESEARCHER);
  }

  /** Offers went with small baskets, and frequent orders with the whole range. */
  @Test
  void whatWentTogetherBeforeIsApart() {
    assertThat(linesOf(before, Persona.BARGAIN_HUNTER)).isLessThan(2.5);
    assertThat(linesOf(after, STOCKPILER)).isGreaterThan(5);
    assertThat(Life.mean(after, l -> l.who().persona() == SNACKER, Life::categories))
        .isLessThanOrEqualTo(3);
    assertThat(
            Life.mean(
                before,
                l -> l.who().first() == Persona.LOYAL_REGULAR && l.paid() > 5,
                Life::categories))
        .isGreaterThan(4);
  }

  private static double linesOf(List<Life> lives, Persona persona) {
    return Life.mean(
        lives,
        l -> l.paid() > 0 && (l.who().first() == persona || l.who().persona() == persona),
        Life::linesPerOrder);
  }

  private Persona highest(ToDoubleFunction<Life> figure) {
    return Persona.AFTER_UPHEAVAL.stream()
        .max(
            Comparator.comparingDouble(
                p -> Life.mean(after, l -> l.who().persona() == p && l.paid() > 0, figure)))
        .orElseThrow();
  }
}
