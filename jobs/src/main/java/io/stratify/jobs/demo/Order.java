package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Catalogue.Product;
import java.util.List;

/**
 * An order or a refund.
 *
 * @param number number of the order, unique in the warehouse
 * @param second when, in seconds since 1970
 * @param state what became of it
 * @param channel where it was placed
 * @param lines its lines
 */
record Order(String number, long second, State state, String channel, List<Line> lines) {

  enum State {
    PAID("paid"),
    CANCELLED("cancelled"),
    REFUND("refund");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** A line; money is in cents, the discount is that of a unit. */
  record Line(int number, Product product, int quantity, long price, long unitDiscount) {
    long discount() {
      return quantity * unitDiscount;
    }

    long total() {
      return quantity * (price - unitDiscount);
    }

    /** The line of a refund: what was paid for a unit is given back, so no discount is left. */
    Line givenBack(int newNumber, int units) {
      return new Line(newNumber, product, -units, price - unitDiscount, 0);
    }
  }

  /** The day, counted since 1970. */
  int day() {
    return (int) (second / Text.SECONDS_PER_DAY);
  }

  long discount() {
    return lines.stream().mapToLong(Line::discount).sum();
  }

  long total() {
    return lines.stream().mapToLong(Line::total).sum();
  }
}
