package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * The customer ids of one person: nearly always one, sometimes a guest account or two besides. What
 * the person does is booked under all of them.
 *
 * @param ids the id of the profile, then those of the guest accounts
 * @param othersFrom the first day on which the guest accounts are used, counted since 1970
 */
record Person(List<String> ids, int othersFrom) {
  /** Share of the persons with more than one id. */
  static final double SHARE_OF_SEVERAL = 0.015;

  private static final double SHARE_OF_THREE = 0.1;

  /** Customers who gave the number of the same public telephone. */
  private static final int KIOSK_CUSTOMERS = 40;

  private static final int KIOSK_EVERY = 10;

  static Person of(DemoSpec spec, Profile who) {
    Draws draws = new Draws(spec.seed(), who.index(), Stream.PERSON);
    List<String> ids = new ArrayList<>();
    ids.add(who.customerId());
    if (draws.chance(SHARE_OF_SEVERAL) && !nearKiosk(who)) {
      ids.add(Text.owned("G", who.index(), 1));
      if (draws.chance(SHARE_OF_THREE)) {
        ids.add(Text.owned("G", who.index(), 2));
      }
    }
    int days = who.end() - who.registered();
    return new Person(ids, who.registered() + (int) (days * draws.between(0.02, 0.3)));
  }

  /** Whether it is one of the forty at the kiosk, which needs a warehouse that is large enough. */
  static boolean atKiosk(DemoSpec spec, Profile who) {
    return spec.customers() >= KIOSK_CUSTOMERS * KIOSK_EVERY && nearKiosk(who);
  }

  /** Whatever the size of the warehouse: a customer is the same in a larger one. */
  private static boolean nearKiosk(Profile who) {
    return who.index() < KIOSK_CUSTOMERS * KIOSK_EVERY && who.index() % KIOSK_EVERY == 3;
  }

  /** The ids of the guest accounts. */
  List<String> others() {
    return ids.subList(1, ids.size());
  }

  /** The id under which the person's n-th deed of a kind is booked. */
  String idOn(int day, int number) {
    return day < othersFrom ? ids.get(0) : ids.get(number % ids.size());
  }
}
