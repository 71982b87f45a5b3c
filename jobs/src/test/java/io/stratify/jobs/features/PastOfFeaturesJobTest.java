package io.stratify.jobs.features;

import static io.stratify.common.spark.Facts.customer;
import static io.stratify.common.spark.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.spark.FactRow;
import io.stratify.common.spark.Facts.CustomerRow;
import io.stratify.common.spark.Facts.OrderRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.history.HistoryJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past snapshot of a run with scores, models and a custom feature, and its future. */
class PastOfFeaturesJobTest extends SparkSuite {
  /** Three months before the as-of date. */
  private static final LocalDate PAST = LocalDate.of(2026, 2, 1);

  private static final Instant FUTURE = PAST.atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final int BUYERS = 250;

  private static final String SETTINGS =
      """
      stratify {
        sources.shop { format = csv, path = shop.csv }
        inputs {
          customers { source = shop, columns { customer_id = id, signed_up_on = joined } }
          orders {
            source = shop
            columns {
              order_id = no, customer_id = id, ordered_at = at, amount = total
              status = status, discount = discount, channel = channel
            }
          }
        }
        features {
          past { back = 1, every = "3 months", columns = all }
          custom = [
            { name = largest_order, doc = x, table = orders, sql = "max(gross_amount)" }
          ]
        }
      }
      """;

  @TempDir Path folder;
  private final Random random = new Random(11);
  private final List<CustomerRow> customers = new ArrayList<>();
  private final List<OrderRow> orders = new ArrayList<>();
  private JobContext context;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() throws IOException {
    Path settings = Files.writeString(folder.resolve("shop.conf"), SETTINGS);
    StratifyConfig config = ConfigLoader.load(List.of(settings), Map.of()).config();
    context = Defaults.context(spark(), folder, config, new ArrayList<>());
  }

  @Test
  void noFutureChangesAnythingOfThePastOfARun() {
    draw();
    run();
    List<String> past = sorted(past());
    List<String> now = sorted(now());
    for (String known :
        List.of(
            "r_score + f_score + m_score > 0",
            "alive_probability > 0",
            "predicted_purchases > 0",
            "predicted_value > 0",
            "custom['largest_order'] > 0")) {
      assertThat(past().where(known).count()).as(known).isGreaterThan(BUYERS / 2);
    }
    changeTheFuture();
    run();
    assertThat(sorted(now())).as("the future is another").isNotEqualTo(now);
    assertThat(sorted(past())).isEqualTo(past);
  }

  /** Customers who buy at rates of their own from some day on and stop at some time. */
  private void draw() {
    for (int c = 0; c < BUYERS; c++) {
      LocalDate day = LocalDate.of(2025, 9, 1).plusDays(random.nextInt(90));
      customers.add(customer("c" + c).signedUp(day.toString()));
      int every = 5 + random.nextInt(40);
      while (day.isBefore(Defaults.AS_OF) && random.nextInt(12) > 0) {
        orders.add(buys("c" + c, day, every));
        day = day.plusDays(1 + random.nextInt(2 * every));
      }
    }
  }

  private OrderRow buys(String customer, LocalDate day, int worth) {
    return order(customer)
        .at(day.atTime(random.nextInt(24), 0) + ":00Z")
        .worth(worth + random.nextInt(20))
        .with(Orders.CHANNEL, random.nextBoolean() ? "web" : "store");
  }

  /** Orders from the past date on go, are worth another amount or are undone, and others come. */
  private void changeTheFuture() {
    orders.removeIf(o -> isOfTheFuture(o) && random.nextInt(4) == 0);
    orders.stream()
        .filter(PastOfFeaturesJobTest::isOfTheFuture)
        .forEach(
            o -> {
              o.worth(1 + random.nextInt(900));
              if (random.nextInt(5) == 0) {
                o.undone(Orders.RETURNED);
              }
            });
    for (int c = 0; c < BUYERS; c += 2) {
      // The past date itself is among them, and days after that of the run.
      orders.add(buys("c" + c, PAST.plusDays(c == 0 ? 0 : random.nextInt(120)), 1000));
    }
    for (int c = 0; c < BUYERS / 5; c++) {
      customers.add(customer("later" + c).signedUp(PAST.plusDays(c).toString()));
      orders.add(buys("later" + c, PAST.plusDays(c), 1000));
    }
  }

  private static boolean isOfTheFuture(OrderRow order) {
    return !((Timestamp) order.get(Orders.ORDERED_AT)).toInstant().isBefore(FUTURE);
  }

  private void run() {
    write(Customers.TABLE, customers);
    write(Orders.TABLE, orders);
    new HistoryJob().run(context);
    new FeaturesJob().run(context);
  }

  private void write(TableSpec table, List<? extends FactRow<?>> rows) {
    context.lake().replace(table, context.snapshot(), table(table, rows).coalesce(1), "test");
  }

  private Dataset<Row> past() {
    return context.lake().read(CustomerFeaturesPast.TABLE, "test");
  }

  private Dataset<Row> now() {
    return context.lake().read(CustomerFeatures.TABLE, "test");
  }
}
