package io.stratify.jobs.demo;

import java.util.List;

/**
 * The kinds of customers that are planted in the warehouse: {@link #USUAL}, or in other worlds
 * {@link #CLOUD} and {@link #AFTER_UPHEAVAL}.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of numbers are immutable
public enum Persona {
  /** Orders every four weeks or so from the whole range, seldom returns, needs no discount. */
  LOYAL_REGULAR(
      "loyal-regular",
      0.21,
      new Orders(27, 4, 7, Integer.MAX_VALUE),
      new Basket(27, 0.45, 1.0, 5, 8, false),
      new Haggling(0.06, 0.10, 0.03),
      new Visits(2.4, 1.2)),
  /** A few very large purchases a year, all from one or two categories. */
  BIG_TICKET(
      "big-ticket",
      0.17,
      new Orders(84, 9, 10, Integer.MAX_VALUE),
      new Basket(430, 0.40, 0.25, 1, 2, true),
      new Haggling(0.04, 0.06, 0.03),
      new Visits(1.4, 1.15)),
  /** Small baskets, mostly discounted, of which much goes back. */
  BARGAIN_HUNTER(
      "bargain-hunter",
      0.22,
      new Orders(45, 4, 12, Integer.MAX_VALUE),
      new Basket(13, 0.40, 0.8, 3, 5, false),
      new Haggling(0.82, 0.27, 0.30),
      new Visits(2.0, 1.15)),
  /** Comes back again and again to look, and buys once or twice, if at all. */
  BROWSER(
      "browser",
      0.19,
      new Orders(220, 1, 160, 2),
      new Basket(16, 0.40, 0.15, 1, 3, false),
      new Haggling(0.10, 0.10, 0.04),
      new Visits(7.5, 1.75)),
  /** Bought once or twice right after registering and has not been seen since. */
  ONE_TIME_LAPSED(
      "one-time-lapsed",
      0.21,
      new Orders(24, 2, 7, 2),
      new Basket(30, 0.45, 0.3, 1, 3, false),
      new Haggling(0.10, 0.12, 0.05),
      new Visits(0, 1.3)),
  /**
   * In the middle of everything. Orders, returns and visits are so many, and the liked categories
   * differ so gradually, that no count falls apart into those who have none and those who have
   * some.
   */
  AVERAGE(
      "average",
      1,
      new Orders(32, 3, 15, Integer.MAX_VALUE),
      new Basket(25, 0.45, 0.6, 6, 8, false),
      new Haggling(0.45, 0.18, 0.18),
      new Visits(7, 2)),
  /** Fills large carts from the whole range every few weeks, nearly always on offer. */
  STOCKPILER(
      "stockpiler",
      0.26,
      new Orders(20, 6, 8, Integer.MAX_VALUE),
      new Basket(22, 0.35, 5, 7, 8, false),
      new Haggling(0.88, 0.24, 0.02),
      new Visits(1.5, 1.1)),
  /** Is there all the time, and takes one small thing at its full price every week. */
  SNACKER(
      "snacker",
      0.28,
      new Orders(8, 4, 5, Integer.MAX_VALUE),
      new Basket(8, 0.30, 0.05, 2, 3, false),
      new Haggling(0.03, 0.06, 0.02),
      new Visits(14, 2.6)),
  /** Orders a house full twice a season and sends half of it back. */
  TRY_AT_HOME(
      "try-at-home",
      0.22,
      new Orders(52, 8, 12, Integer.MAX_VALUE),
      new Basket(460, 0.30, 3, 3, 4, true),
      new Haggling(0.12, 0.10, 0.45),
      new Visits(3, 1.3)),
  /** Reads everything on the days before a purchase, which stays, and is a large one on offer. */
  RESEARCHER(
      "researcher",
      0.24,
      new Orders(34, 4, 14, Integer.MAX_VALUE),
      new Basket(380, 0.30, 0.05, 1, 2, true),
      new Haggling(0.80, 0.20, 0.02),
      new Visits(5, 6));

  /** Those of an ordinary warehouse. */
  static final List<Persona> USUAL =
      List.of(LOYAL_REGULAR, BIG_TICKET, BARGAIN_HUNTER, BROWSER, ONE_TIME_LAPSED);

  /** The only one of a warehouse without segments. */
  static final List<Persona> CLOUD = List.of(AVERAGE);

  /**
   * Those of the days after an upheaval. What went together before is apart in them: large baskets
   * are on offer, small ones are not, frequent buyers like few categories, and much that is dear
   * goes back. All are active, so that their new life outweighs the old one in figures of both.
   */
  static final List<Persona> AFTER_UPHEAVAL = List.of(STOCKPILER, SNACKER, TRY_AT_HOME, RESEARCHER);

  private static final List<Persona> ALL = List.of(values());

  private final String id;
  private final double share;
  private final Orders orders;
  private final Basket basket;
  private final Haggling haggling;
  private final Visits visits;

  Persona(String id, double share, Orders orders, Basket basket, Haggling haggling, Visits visits) {
    this.id = id;
    this.share = share;
    this.orders = orders;
    this.basket = basket;
    this.haggling = haggling;
    this.visits = visits;
  }

  /**
   * When a persona orders.
   *
   * @param gapDays mean days between orders
   * @param regularity shape of the gamma distribution of the gaps
   * @param firstAfterDays mean days from the start to the first order
   * @param most most orders in a life
   */
  record Orders(double gapDays, int regularity, double firstAfterDays, int most) {}

  /**
   * What a persona puts in a basket.
   *
   * @param price median price of a unit
   * @param spread sigma of the log of the price
   * @param moreLines mean lines beyond the first
   * @param fewestCategories fewest categories that a customer likes
   * @param mostCategories most categories that a customer likes
   * @param premium whether those are the expensive categories
   */
  record Basket(
      double price,
      double spread,
      double moreLines,
      int fewestCategories,
      int mostCategories,
      boolean premium) {}

  /**
   * How a persona treats prices and purchases.
   *
   * @param discountChance share of orders with a discount
   * @param discountDepth mean discount of those
   * @param returnChance share of lines sent back
   */
  record Haggling(double discountChance, double discountDepth, double returnChance) {}

  /**
   * How a persona uses the web shop.
   *
   * @param daysPerQuarter mean days with visits in 90 days
   * @param eventsPerDay mean events on such a day
   */
  record Visits(double daysPerQuarter, double eventsPerDay) {}

  /** Name in {@code answer_personas}. */
  public String id() {
    return id;
  }

  /** Share of those who start with this persona, among the customers who draw from its list. */
  public double share() {
    return share;
  }

  /** The persona of an id. */
  public static Persona of(String id) {
    return ALL.stream()
        .filter(p -> p.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown persona %s".formatted(id)));
  }

  Orders orders() {
    return orders;
  }

  Basket basket() {
    return basket;
  }

  Haggling haggling() {
    return haggling;
  }

  Visits visits() {
    return visits;
  }

  static Persona draw(List<Persona> from, Draws draws) {
    double[] shares = from.stream().mapToDouble(Persona::share).toArray();
    return from.get(draws.weighted(shares));
  }

  /** Another of the usual personas, each equally likely. */
  Persona other(Draws draws) {
    return USUAL.get((USUAL.indexOf(this) + draws.whole(1, USUAL.size() - 1)) % USUAL.size());
  }
}
