package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Draws.Stream;
import io.stratify.jobs.demo.Order.State;
import java.util.ArrayList;
import java.util.List;

/**
 * How the shop booked an order. A refund is booked as its order was.
 *
 * @param order the order or refund
 * @param customer the id of the person that was used
 * @param currency code of the currency of all its money
 */
record Booking(Order order, String customer, String currency) {

  /** The bookings of a person's life. */
  static List<Booking> of(DemoSpec spec, Profile who) {
    Person person = Person.of(spec, who);
    Draws draws = new Draws(spec.seed(), who.index(), Stream.CURRENCY);
    List<Booking> bookings = new ArrayList<>();
    String customer = who.customerId();
    String currency = Currencies.BASE;
    for (Order order : Purchases.of(spec, who)) {
      if (order.state() != State.REFUND) {
        customer = person.idOn(order.day(), bookings.size());
        currency = Currencies.draw(draws);
      }
      bookings.add(new Booking(order, customer, currency));
    }
    return bookings;
  }
}
