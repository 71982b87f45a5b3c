package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * Customers of six kinds that overlap, the rarest a twentieth of them, with features of which every
 * other one is skewed, as money is. All other columns of {@code customer_features} are there too.
 *
 * @param spark session
 * @param customers how many
 * @param date number of a date: a customer is of one kind on all of them, and varies within it
 */
record SyntheticFeatures(SparkSession spark, long customers, int date) {
  private static final int FEATURES = 20;

  /** Of a hundred customers those up to each bound are of a kind. */
  private static final int[] BOUNDS = {30, 55, 75, 87, 95, 100};

  private static final int UNIFORMS = 4;
  private static final int STEPS = 1 << 20;

  /** Different values of the features that say nothing. */
  private static final int VALUES = 1000;

  private static final String ID = "id";

  /** Names of the features. */
  static List<String> names() {
    return CustomerFeatures.FEATURES.stream().limit(FEATURES).map(Feature::name).toList();
  }

  /** One row per customer. */
  Dataset<Row> rows() {
    Random random = new Random(7);
    List<Column> columns = new ArrayList<>();
    columns.add(format_string("c%08d", col(ID)).as(CustomerFeatures.CUSTOMER_ID.name()));
    for (int j = 0; j < FEATURES; j++) {
      Column middle = lit(0.0);
      for (int kind = BOUNDS.length - 1; kind >= 0; kind--) {
        double centre = 2.5 * random.nextGaussian();
        middle = when(drawn("kind", 100).lt(BOUNDS[kind]), centre).otherwise(middle);
      }
      Column value = middle.plus(noise(j));
      columns.add((j % 2 == 0 ? value : exp(value.divide(2))).as(names().get(j)));
    }
    List<String> made = names();
    for (ColumnSpec column : CustomerFeatures.TABLE.body()) {
      if (!made.contains(column.name()) && !column.equals(CustomerFeatures.CUSTOMER_ID)) {
        columns.add(filled(column).as(column.name()));
      }
    }
    return spark.range(customers).select(columns.toArray(Column[]::new));
  }

  /** Anything of the type of a column: it is only read and written. */
  private static Column filled(ColumnSpec column) {
    Column value = drawn(column.name(), VALUES);
    return column.type() instanceof NumericType || column.type() instanceof StringType
        ? value.cast(column.type())
        : lit(null).cast(column.type());
  }

  /** Nearly normal, with a deviation of 1: four uniform numbers have that of sqrt(4 / 12). */
  private Column noise(int feature) {
    Column sum = lit(0.0);
    for (int i = 0; i < UNIFORMS; i++) {
      sum =
          sum.plus(
              drawn((date == 0 ? "" : date + ":") + feature + "." + i, STEPS)
                  .divide((double) STEPS));
    }
    return sum.minus(UNIFORMS / 2.0).divide(Math.sqrt(UNIFORMS / 12.0));
  }

  private static Column drawn(String what, int of) {
    return pmod(xxhash64(col(ID), lit(what)), lit(of));
  }
}
