package io.stratify.jobs.demo;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.stratify.jobs.demo.Draws.Stream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The currencies that the shop takes, and what the second one was worth. */
final class Currencies {
  /** The currency of the shop. */
  static final String BASE = "EUR";

  /** The other currency. */
  static final String SECOND = "USD";

  /** A currency without a rate: ISO 4217 keeps this code for tests. */
  static final String UNKNOWN = "XTS";

  /** Share of the orders in the second currency. */
  static final double SHARE_OF_SECOND = 0.05;

  /** Days are text, as in a file that somebody keeps by hand. */
  static final StructType RATES =
      new StructType()
          .add("currency", StringType)
          .add("valid_from", StringType)
          .add("rate", DataTypes.createDecimalType(10, 6));

  private Currencies() {}

  static String draw(Draws draws) {
    return draws.chance(SHARE_OF_SECOND) ? SECOND : BASE;
  }

  /** One rate a quarter, the first before any order and the last after all of them. */
  static List<Row> rates(DemoSpec spec) {
    List<Row> rows = new ArrayList<>();
    LocalDate day = spec.start().withDayOfMonth(1);
    for (int quarter = 0; !day.isAfter(spec.end().plusMonths(3)); quarter++) {
      Draws draws = new Draws(spec.seed(), -1 - quarter, Stream.CURRENCY);
      long millionths = Math.round(draws.between(860_000, 960_000));
      rows.add(RowFactory.create(SECOND, day.toString(), BigDecimal.valueOf(millionths, 6)));
      day = day.plusMonths(3);
    }
    return rows;
  }
}
