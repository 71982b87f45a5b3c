package io.stratify.jobs.endtoend;

import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A shop of twelve customers in two CSV files: four buy every month, four now and then, four bought
 * once, long ago.
 */
record Shop(Path folder) {
  static final String AS_OF = "2026-01-01";
  static final String CUSTOMERS = "id,joined,country";
  static final String ORDERS = "no,customer,at,total";

  private static final String CONF =
      """
      stratify {
        output.root = "FOLDER/out"
        sources {
          shop_customers {
            format = csv, path = "FOLDER/customers.csv"
            options { header = true, multiLine = true, quote = "\\"", escape = "\\"" }
          }
          shop_orders {
            format = csv, path = "FOLDER/orders.csv"
            options { header = true, multiLine = true, quote = "\\"", escape = "\\"" }
          }
        }
        inputs {
          customers {
            source = shop_customers
            columns { customer_id = id, signed_up_on = joined, country = country }
          }
          orders {
            source = shop_orders
            columns { order_id = no, customer_id = customer, ordered_at = at, amount = total }
          }
        }
        # Twelve customers drift from month to month; no test is to end with a proposal for that.
        validation.health { feature-drift = 1000, share-drift = 1000, outliers = 1, confidence = 0 }
        # What is tested of lenses is tested of three.
        segments.lenses.lifecycle.enabled = false
        segments.behaviour {
          features = [recency_days, frequency, monetary_net, avg_order]
          k-min = 3
          k-max = 3
          restarts = 1
        }
        spark {
          shuffle-partitions = 2
          # Compiling a query takes longer than reading twelve customers.
          conf { "spark.sql.codegen.wholeStage" = false, "spark.sql.codegen.factoryMode" = NO_CODEGEN }
        }
      }
      """;

  /** A shop with its files and its configuration. */
  static Shop open(Path folder) {
    SharedSpark.session();
    Shop shop = new Shop(folder);
    shop.write("shop.conf", CONF.replace("FOLDER", folder.toString()));
    shop.write("customers.csv", lines(CUSTOMERS, goodCustomers()));
    shop.write("orders.csv", lines(ORDERS, goodOrders()));
    return shop;
  }

  static List<String> goodCustomers() {
    List<String> rows = new ArrayList<>();
    for (int c = 1; c <= 12; c++) {
      rows.add(String.format(Locale.ROOT, "c%02d,2024-12-%02d,FR", c, c));
    }
    return rows;
  }

  /** 4 x 12 + 4 x 3 + 4 x 1 = 64 orders; the first is on 2025-01-05. */
  static List<String> goodOrders() {
    List<String> rows = new ArrayList<>();
    for (int c = 1; c <= 12; c++) {
      int every = c <= 4 ? 1 : c <= 8 ? 4 : 12;
      double amount = c <= 4 ? 100 + c : c <= 8 ? 40 + c : 5 + c;
      for (int month = 1; month <= 12; month += every) {
        LocalDate day = LocalDate.of(2025, month, 4 + c);
        rows.add(
            String.format(
                Locale.ROOT, "o%02d-%02d,c%02d,%s 12:00:00,%.2f", c, month, c, day, amount));
      }
    }
    return rows;
  }

  static String lines(String header, List<String> rows) {
    return header + "\n" + String.join("\n", rows) + (rows.isEmpty() ? "" : "\n");
  }

  /** Writes a file into the folder of the shop and names it. */
  String write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Shop orders(String... rows) {
    write("orders.csv", lines(ORDERS, List.of(rows)));
    return this;
  }

  Shop customers(String... rows) {
    write("customers.csv", lines(CUSTOMERS, List.of(rows)));
    return this;
  }

  Outcome outcome() {
    return new Outcome(folder.resolve("out"));
  }

  /** Arguments of {@code run} with the configuration of the shop, as of {@link #AS_OF}. */
  List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "--conf", folder + "/shop.conf"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--as-of")) {
      arguments.addAll(List.of("--as-of", AS_OF));
    }
    return arguments;
  }

  /** Runs all jobs. */
  Cli.Result run(String... more) {
    return Cli.run(arguments(more));
  }
}
