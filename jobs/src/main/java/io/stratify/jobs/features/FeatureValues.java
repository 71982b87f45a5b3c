package io.stratify.jobs.features;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.Feature;
import io.stratify.jobs.MoneyLimit;
import io.stratify.jobs.features.ltv.PurchaseHistories;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The features of one customer at one moment, and what he did after it, as Spark has them. */
final class FeatureValues {
  /** The as-of date, in days since 1970-01-01. */
  static final String DATE = "_as_of";

  /** What the name of an outcome begins with, since a feature may have the same. */
  static final String OUTCOME = "_outcome_";

  /** All of them, in the order of the rows. */
  static final StructType SCHEMA;

  /** What tells a row from others, what is scored, and what predictions are made of. */
  static final Set<String> MEASURES =
      Set.of(
          DATE,
          CustomerFeatures.CUSTOMER_ID.name(),
          PurchaseHistories.REPEATS,
          PurchaseHistories.LAST,
          PurchaseHistories.AGE,
          PurchaseHistories.MEAN_VALUE,
          CustomerFeatures.RECENCY_DAYS.name(),
          CustomerFeatures.FREQUENCY.name(),
          CustomerFeatures.MONETARY_NET.name());

  private static final int HELPERS = 6;

  /** The columns are constants, and this is asked for each value of each row. */
  private static final IdentityHashMap<ColumnSpec, Integer> INDEX = new IdentityHashMap<>();

  static {
    List<ColumnSpec> outcomes =
        CustomerOutcome.TABLE.body().stream()
            .filter(c -> !c.equals(CustomerOutcome.CUSTOMER_ID))
            .toList();
    StructType schema =
        new StructType()
            .add(DATE, DataTypes.IntegerType)
            .add(CustomerFeatures.CUSTOMER_ID.name(), DataTypes.StringType)
            .add(PurchaseHistories.REPEATS, DataTypes.IntegerType)
            .add(PurchaseHistories.LAST, DataTypes.IntegerType)
            .add(PurchaseHistories.AGE, DataTypes.IntegerType)
            .add(PurchaseHistories.MEAN_VALUE, DataTypes.DoubleType);
    for (Feature f : CustomerFeatures.ALL) {
      INDEX.put(f.column(), schema.size());
      schema = schema.add(f.name(), f.column().type());
    }
    for (ColumnSpec c : outcomes) {
      INDEX.put(c, schema.size());
      schema = schema.add(OUTCOME + c.name(), typeOf(c));
    }
    SCHEMA = schema;
  }

  private final boolean[] available;
  private final Object[] values = new Object[SCHEMA.size()];

  FeatureValues(boolean[] available, UTF8String customer, int asOf) {
    this.available = available;
    values[0] = asOf;
    values[1] = customer;
  }

  /** Which values have their inputs: those of others stay null whatever is set. */
  static boolean[] available(SnapshotPlan plan) {
    boolean[] available = new boolean[SCHEMA.size()];
    for (int i = 0; i < available.length; i++) {
      int feature = i - HELPERS;
      available[i] =
          feature < 0
              || feature >= CustomerFeatures.ALL.size()
              || plan.has(CustomerFeatures.ALL.get(feature));
    }
    return available;
  }

  /** The purchase history that predictions are made of, as {@link PurchaseHistories} has it. */
  void history(int repeats, int last, int age, Double meanValue) {
    values[2] = repeats;
    values[3] = last;
    values[4] = age;
    values[5] = meanValue;
  }

  /**
   * Sets a value.
   *
   * @param value a number, a flag, a text, or a map as Spark has it; null for none
   */
  void set(ColumnSpec column, Object value) {
    int index = INDEX.get(column);
    if (available[index]) {
      values[index] = value instanceof String text ? UTF8String.fromString(text) : value;
    }
  }

  /** Sets an amount in units of the last decimal of money. */
  void money(ColumnSpec column, long units) {
    int index = INDEX.get(column);
    if (available[index]) {
      DecimalType type = (DecimalType) column.type();
      requireFits(column, type, units);
      values[index] = Decimal.createUnsafe(units, type.precision(), type.scale());
    }
  }

  private static void requireFits(ColumnSpec column, DecimalType type, long units) {
    if (Math.abs(units) >= MoneyLimit.LEAST_TOO_MUCH) {
      throw new StratifyException(
          "Cannot sum the facts of one customer: %s has more than %d digits before the decimal"
              + " point. "
              + MoneyLimit.REMEDY,
          column,
          type.precision() - type.scale());
    }
  }

  InternalRow row() {
    return new GenericInternalRow(values);
  }

  /** Some of the values. */
  InternalRow row(int[] places) {
    Object[] some = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      some[i] = values[places[i]];
    }
    return new GenericInternalRow(some);
  }

  /** The names of the outcomes, which have a prefix in these rows. */
  static List<String> outcomes() {
    List<String> names = new ArrayList<>();
    for (String name : SCHEMA.fieldNames()) {
      if (name.startsWith(OUTCOME)) {
        names.add(name.substring(OUTCOME.length()));
      }
    }
    return names;
  }

  /** Dates are whole numbers until the rows are in Spark again. */
  private static DataType typeOf(ColumnSpec column) {
    return column.type().equals(DataTypes.DateType) ? DataTypes.IntegerType : column.type();
  }
}
