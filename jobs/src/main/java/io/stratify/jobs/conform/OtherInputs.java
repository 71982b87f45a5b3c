package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.StratifyException;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleKind;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.InputSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.JobContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the rows of an input take from those of others: their customer, the order and the product of
 * a line, and the ids that they may name.
 *
 * @param context of the job
 * @param mapped the configured inputs, by name
 * @param classified those that are sorted, by name; it grows
 * @param peopleStep what was found out about people
 */
record OtherInputs(
    JobContext context,
    Map<String, Inlet.Mapped> mapped,
    Map<String, Classified> classified,
    PeopleStep peopleStep) {

  /** Those that are sorted, by name in the order of the inputs. */
  Map<String, Classified> known() {
    Map<String, Classified> ordered = new LinkedHashMap<>();
    for (TableSpec table : Inputs.ALL) {
      if (classified.containsKey(table.name())) {
        ordered.put(table.name(), classified.get(table.name()));
      }
    }
    return ordered;
  }

  /** The configured inputs that have to be sorted before this one. */
  Set<String> needed(Inlet.Mapped input) {
    Stream<String> built = input.spec().references().stream().map(r -> r.input().name());
    Stream<String> configured =
        input.quality().rowRules().stream()
            .filter(r -> r.kind() == RuleKind.REFERENCES)
            .map(r -> r.text().orElseThrow());
    Stream<String> owners =
        input.spec().table().equals(OrderLines.TABLE)
            ? Stream.of(Orders.TABLE.name(), Products.TABLE.name())
            : Stream.of();
    return Stream.of(built, configured, owners)
        .flatMap(s -> s)
        .filter(t -> mapped.containsKey(t) && !classified.containsKey(t))
        .collect(Collectors.toSet());
  }

  /** The rows of an input with the ids of persons, and lines with what their order has. */
  Dataset<Row> owned(Inlet.Mapped input, People people) {
    if (input.spec().table().equals(OrderLines.TABLE)) {
      return completeLine(input, people);
    }
    return input.spec().ofCustomer() ? people.own(input.rows()) : input.rows();
  }

  /** A line takes its customer, time and status from its order, and its price from its product. */
  private Dataset<Row> completeLine(Inlet.Mapped lines, People people) {
    Classified orders = classified.get(Orders.TABLE.name());
    Dataset<Row> owned =
        orders == null
            ? people.own(
                lines
                    .requiring(OrderLines.CUSTOMER_ID.name())
                    .requiring(OrderLines.ORDERED_AT.name())
                    .rows())
            : LineOwner.fromOrders(
                lines.rows(),
                peopleStep.changes() ? orders.ownersOfLines() : orders.goodOrWithheld());
    Dataset<Row> valued = lines.rates().map(r -> r.convert(lines.spec(), owned)).orElse(owned);
    Classified products = classified.get(Products.TABLE.name());
    return lines
        .quality()
        .markFilled(
            OrderAmounts.priceLines(
                valued, products == null ? context.empty(Products.TABLE) : products.good()));
  }

  /** The rules that need the rows of other inputs. */
  Dataset<Row> referred(Inlet.Mapped input) {
    Dataset<Row> rows = input.rows();
    for (InputSpec.Reference reference : input.spec().references()) {
      Classified other = classified.get(reference.input().name());
      if (other != null) {
        rows =
            References.require(
                rows,
                reference.column().name(),
                other.good().select(reference.target().col()),
                reference.input().name());
      }
    }
    for (QualityRule rule : input.quality().rowRules()) {
      if (rule.kind() == RuleKind.REFERENCES) {
        rows = input.quality().markReferences(rows, rule, ids(input, rule));
      }
    }
    return rows;
  }

  private Dataset<Row> ids(Inlet.Mapped input, QualityRule rule) {
    Classified other = classified.get(rule.text().orElseThrow());
    if (other == null) {
      throw new StratifyException(
          "Cannot conform %s: rule \"%s\" (%s) refers to an input that is conformed later."
              + " Conformed before it: %s",
          input.spec().table(), rule.words(), rule.origin(), String.join(", ", known().keySet()));
    }
    return other.good().select(other.table().columns().get(0).col());
  }

  /** The customers; where no profile table exists, the ids of orders, their lines and events. */
  Dataset<Row> customers() {
    Classified customers = classified.get(Customers.TABLE.name());
    if (customers != null) {
      return peopleStep.changes() ? customers.mergedProfiles() : customers.good();
    }
    Dataset<Row> ids =
        Inputs.FACTS.stream()
            .map(t -> classified.get(t.name()))
            .filter(c -> c != null)
            .map(c -> c.good().select(Customers.CUSTOMER_ID.col()).distinct())
            .reduce(Dataset::union)
            .orElseThrow()
            .distinct();
    for (ColumnSpec column : Customers.TABLE.columns()) {
      if (!column.equals(Customers.CUSTOMER_ID)) {
        ids = ids.withColumn(column.name(), lit(null).cast(column.type()));
      }
    }
    return ids.where(col(Customers.CUSTOMER_ID.name()).isNotNull());
  }

  /** How many ids only tables have from which no customers are made, as there are no profiles. */
  long strangers() {
    return known().containsKey(Customers.TABLE.name())
        ? 0
        : known().values().stream()
            .filter(c -> Inputs.spec(c.table()).ofCustomer())
            .filter(c -> !Inputs.FACTS.contains(c.table()))
            .filter(c -> !ConformRun.OF_PEOPLE.contains(c.table()))
            .map(c -> c.good().select(Customers.CUSTOMER_ID.col()))
            .reduce(Dataset::union)
            .map(
                ids ->
                    ids.distinct()
                        .join(
                            customers().select(Customers.CUSTOMER_ID.col()),
                            new String[] {Customers.CUSTOMER_ID.name()},
                            "left_anti")
                        .count())
            .orElse(0L);
  }
}
