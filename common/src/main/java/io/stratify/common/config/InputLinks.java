package io.stratify.common.config;

import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that tie inputs to sources and to one another. */
final class InputLinks {
  private InputLinks() {}

  /**
   * What the rules look at.
   *
   * @param source the source of an input
   * @param columns the columns that it maps
   * @param converted whether its money is of other currencies
   */
  record Input(String source, Set<String> columns, boolean converted) {}

  /**
   * What is wrong with the links of inputs.
   *
   * @param rates the source of the rates of currencies, where there are any
   */
  static List<ConfigProblem> problems(
      Set<String> sources, Map<String, Input> inputs, Optional<String> rates) {
    List<ConfigProblem> problems = new ArrayList<>();
    inputs.forEach(
        (table, input) -> {
          boolean written = input.source().equals(InputConfig.CONFIGURATION);
          if (!input.source().isBlank() && !written && !sources.contains(input.source())) {
            problems.add(unknownSource(InputConfig.source(table).path(), input.source(), sources));
          }
          if (input.converted() && rates.isEmpty()) {
            problems.add(withoutRates(InputConfig.currency(table).path()));
          }
        });
    rates
        .filter(source -> !sources.contains(source))
        .ifPresent(
            source -> problems.add(unknownSource(CurrencyConfig.RATES.path(), source, sources)));
    Input lines = inputs.get(OrderLines.TABLE.name());
    if (lines != null && !inputs.containsKey(Orders.TABLE.name())) {
      linesAlone(lines, problems);
    }
    return problems;
  }

  /** The rules on inputs that are sound by themselves: an order line has one order. */
  static List<ConfigProblem> problems(Map<String, InputConfig> inputs) {
    InputConfig orders = inputs.get(Orders.TABLE.name());
    return orders == null || !inputs.containsKey(OrderLines.TABLE.name())
        ? List.of()
        : orders
            .identity()
            .sharing(
                Orders.TABLE.name(),
                List.of(Orders.ORDER_ID.name()),
                "inputs." + OrderLines.TABLE + " finds its order");
  }

  private static ConfigProblem withoutRates(String key) {
    String rates = CurrencyConfig.RATES.path();
    return new ConfigProblem(
        key,
        key
            + " needs rates, and "
            + rates
            + " is empty; name their source there, and the base currency in "
            + CurrencyConfig.BASE.path(),
        List.of(rates));
  }

  /** A rule can only look into an input that there is. */
  static List<ConfigProblem> references(QualityRule rule, Set<String> inputs) {
    return rule.text().stream()
        .filter(input -> rule.kind() == RuleKind.REFERENCES && !inputs.contains(input))
        .map(
            input ->
                unknown(
                    QualityRule.INPUT.path(), input, "is not a configured input", "inputs", inputs))
        .toList();
  }

  private static ConfigProblem unknownSource(String key, String source, Set<String> sources) {
    return unknown(key, source, "is not a source", "sources", sources);
  }

  private static ConfigProblem unknown(
      String key, String name, String is, String kind, Set<String> known) {
    String hint =
        Nearest.to(name, known)
            .map(near -> "did you mean " + near + "?")
            .orElseGet(
                () ->
                    known.isEmpty()
                        ? "no " + kind + " are declared"
                        : "the "
                            + kind
                            + " are "
                            + String.join(", ", known.stream().sorted().toList()));
    return new ConfigProblem(key, key + " is " + Values.show(name) + ", which " + is + "; " + hint);
  }

  private static void linesAlone(Input lines, List<ConfigProblem> problems) {
    List<String> missing =
        Stream.of(OrderLines.CUSTOMER_ID.name(), OrderLines.ORDERED_AT.name())
            .filter(column -> !lines.columns().contains(column))
            .toList();
    if (!missing.isEmpty()) {
      String key = "inputs." + OrderLines.TABLE + ".columns";
      problems.add(
          new ConfigProblem(
              key,
              key
                  + " does not map "
                  + String.join(", ", missing)
                  + "; order lines need it where there is no inputs."
                  + Orders.TABLE));
    }
  }
}
