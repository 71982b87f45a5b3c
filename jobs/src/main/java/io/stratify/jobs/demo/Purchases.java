package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import io.stratify.jobs.demo.Order.Line;
import io.stratify.jobs.demo.Order.State;
import io.stratify.jobs.demo.Profile.Phase;
import java.util.ArrayList;
import java.util.List;

/** All orders of one customer's life. */
final class Purchases {
  private static final double CANCELLED_SHARE = 0.012;

  /** Browsers who only ever look: with the newest customers 3 % of all never order. */
  private static final double NEVER_BUY = 0.1;

  private final Profile who;
  private final Draws draws;
  private final List<Order> orders = new ArrayList<>();

  private Purchases(DemoSpec spec, Profile who) {
    this.who = who;
    this.draws = new Draws(spec.seed(), who.index(), Stream.PURCHASES);
  }

  /** The orders and refunds of a customer, each refund after its order. */
  static List<Order> of(DemoSpec spec, Profile who) {
    Purchases purchases = new Purchases(spec, who);
    who.phases().forEach(purchases::live);
    return purchases.orders;
  }

  private void live(Phase phase) {
    Persona persona = phase.persona();
    int most = most(phase);
    Taste taste = Taste.of(persona, draws);
    double day = phase.from() + draws.exponential(persona.orders().firstAfterDays());
    for (int n = 0; n < most && day < phase.to(); n++) {
      order(taste, (int) day);
      double gap = draws.gamma(persona.orders().regularity(), taste.gapDays());
      day = Math.max(day + 1, day + gap / Season.on(day));
    }
  }

  /** Few orders in a life stay few when a busier phase came before. */
  private int most(Phase phase) {
    int most = phase.persona().orders().most();
    if (most == Integer.MAX_VALUE) {
      return most;
    }
    boolean none = phase.persona() == Persona.BROWSER && draws.chance(NEVER_BUY);
    return none || phase.later() ? 0 : draws.whole(1, most);
  }

  private void order(Taste taste, int day) {
    long second = day * (long) Text.SECONDS_PER_DAY + secondOfDay();
    String number = Text.owned("O", who.index(), orders.size() + 1L);
    State state = draws.chance(CANCELLED_SHARE) ? State.CANCELLED : State.PAID;
    String channel = draws.pick("web", "web", "app", "store");
    Order order = new Order(number, second, state, channel, taste.basket(draws));
    orders.add(order);
    if (state == State.PAID) {
      refund(order, taste);
    }
  }

  /** Sends back some lines, some days later, unless the world ends before. */
  private void refund(Order order, Taste taste) {
    List<Line> back = new ArrayList<>();
    for (Line line : order.lines()) {
      if (draws.chance(taste.returnChance())) {
        back.add(line.givenBack(back.size() + 1, draws.whole(1, line.quantity())));
      }
    }
    long second =
        order.second() + draws.whole(3, 18) * (long) Text.SECONDS_PER_DAY - draws.whole(0, 30_000);
    if (!back.isEmpty() && second < who.end() * (long) Text.SECONDS_PER_DAY) {
      String number = "R" + order.number().substring(1);
      orders.add(new Order(number, second, State.REFUND, order.channel(), back));
    }
  }

  /** From seven in the morning to midnight, mostly in the evening. */
  private int secondOfDay() {
    double evening = Math.max(draws.uniform(), draws.uniform());
    return (int) ((7 + 17 * evening) * 3600);
  }
}
