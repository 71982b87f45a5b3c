package io.stratify.common.config;

import java.util.Optional;

/**
 * How money of other currencies becomes money of the one currency of all tables.
 *
 * @param base code of that currency
 * @param rates source of the rates; empty where all money is in the base currency
 * @param code SQL expression of the code of a rate
 * @param rate SQL expression of the value of one unit in the base currency
 * @param validFrom SQL expression of the first day of a rate
 */
public record CurrencyConfig(
    Optional<String> base,
    Optional<String> rates,
    SqlExpression code,
    SqlExpression rate,
    SqlExpression validFrom) {
  static final String PATH = "conform.currency";
  static final Key<Optional<String>> BASE = Key.optionalText(PATH + ".base");
  static final Key<Optional<String>> RATES = Key.optionalText(PATH + ".rates");
  static final Key<String> CODE = sql("code");
  static final Key<String> RATE = sql("rate");
  static final Key<String> VALID_FROM = sql("valid-from");

  /** Checks that rates have a currency to convert to. */
  public CurrencyConfig {
    new Checks()
        .that(
            rates.isEmpty() || base.isPresent(),
            PATH + ".base",
            PATH + ".base is empty; it must be the code of a currency where there are rates")
        .done();
  }

  private static Key<String> sql(String name) {
    return Key.sql(PATH + "." + name, "a SQL expression over the source of the rates");
  }
}
