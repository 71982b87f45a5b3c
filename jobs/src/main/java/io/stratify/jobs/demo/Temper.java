package io.stratify.jobs.demo;

import java.util.List;

/**
 * What a persona thinks, and how it deals with the shop beyond its purchases.
 *
 * @param membership share of those who ever took a membership
 * @param stays share of the members who do not end it
 * @param tickets mean support tickets in a life
 * @param answers share of those who answer the survey
 * @param clicks share of the messages that are clicked
 * @param nps mean answer to the question of recommendation, 0 to 10
 * @param need what it needs most
 * @param attitude statement that it agrees with
 * @param importance importance of {@link #DRIVERS}, 1 to 5
 * @param theme what it talks about
 */
record Temper(
    double membership,
    double stays,
    double tickets,
    double answers,
    double clicks,
    double nps,
    String need,
    String attitude,
    List<Double> importance,
    String theme) {

  /** Ids of the value drivers, as conf/demo.conf lists them. */
  static final List<String> DRIVERS =
      List.of("price", "range", "quality", "delivery", "service", "inspiration");

  private static final Temper LOYAL_REGULAR =
      new Temper(
          0.60,
          0.85,
          0.50,
          0.17,
          0.10,
          8.9,
          "everything in one place",
          "I know where I shop",
          List.of(3.0, 4.7, 3.8, 4.4, 3.9, 3.0),
          "range");
  private static final Temper BIG_TICKET =
      new Temper(
          0.35,
          0.80,
          0.60,
          0.11,
          0.05,
          8.3,
          "advice before a large purchase",
          "Quality has its price",
          List.of(2.3, 2.8, 4.8, 3.6, 4.6, 2.5),
          "service");
  private static final Temper BARGAIN_HUNTER =
      new Temper(
          0.45,
          0.55,
          0.90,
          0.13,
          0.34,
          6.6,
          "to pay less",
          "I wait for an offer",
          List.of(4.9, 3.2, 2.7, 3.4, 2.6, 2.9),
          "price");
  private static final Temper BROWSER =
      new Temper(
          0.25,
          0.60,
          0.25,
          0.10,
          0.16,
          7.2,
          "ideas for later",
          "I like to look around",
          List.of(3.7, 3.8, 3.1, 2.7, 2.4, 4.8),
          "inspiration");
  private static final Temper ONE_TIME_LAPSED =
      new Temper(
          0.20,
          0.05,
          0.20,
          0.04,
          0.02,
          5.4,
          "one thing at once",
          "One shop is like another",
          List.of(4.0, 2.6, 3.0, 4.3, 3.3, 2.0),
          "delivery");

  /** Importances are whole numbers: answers around 3.5 would be of two kinds, 3 and 4. */
  private static final Temper AVERAGE =
      new Temper(
          0.40,
          0.70,
          0.50,
          0.15,
          0.12,
          7.0,
          "a fair offer",
          "A shop should be simple",
          List.of(3.0, 4.0, 3.0, 4.0, 3.0, 3.0),
          "delivery");

  private static final Temper STOCKPILER =
      new Temper(
          0.70,
          0.90,
          0.30,
          0.16,
          0.28,
          8.0,
          "a full cupboard",
          "I buy when it is cheap",
          List.of(4.6, 4.6, 2.2, 3.0, 2.0, 2.0),
          "price");
  private static final Temper SNACKER =
      new Temper(
          0.30,
          0.60,
          0.20,
          0.15,
          0.30,
          7.6,
          "a small treat",
          "Shopping is a pastime",
          List.of(2.4, 3.0, 3.0, 4.8, 2.2, 4.6),
          "inspiration");
  private static final Temper TRY_AT_HOME =
      new Temper(
          0.50,
          0.70,
          1.20,
          0.12,
          0.08,
          6.4,
          "to see it at home",
          "What I do not like goes back",
          List.of(2.2, 3.4, 4.0, 4.4, 4.8, 2.8),
          "service");
  private static final Temper RESEARCHER =
      new Temper(
          0.15,
          0.50,
          0.60,
          0.14,
          0.05,
          7.4,
          "to know all about it",
          "I compare before I buy",
          List.of(4.4, 2.2, 4.8, 2.4, 4.0, 3.2),
          "quality");

  static Temper of(Persona persona) {
    return switch (persona) {
      case LOYAL_REGULAR -> LOYAL_REGULAR;
      case BIG_TICKET -> BIG_TICKET;
      case BARGAIN_HUNTER -> BARGAIN_HUNTER;
      case BROWSER -> BROWSER;
      case ONE_TIME_LAPSED -> ONE_TIME_LAPSED;
      case AVERAGE -> AVERAGE;
      case STOCKPILER -> STOCKPILER;
      case SNACKER -> SNACKER;
      case TRY_AT_HOME -> TRY_AT_HOME;
      case RESEARCHER -> RESEARCHER;
    };
  }
}
