package io.stratify.jobs.erasure;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;

/** A row of any table: what matters is given, the rest is filled with something of its type. */
final class Sample {
  private static final Map<DataType, Object> FILLERS =
      Map.of(
          DataTypes.StringType,
          "some text",
          DataTypes.LongType,
          1L,
          DataTypes.IntegerType,
          1,
          DataTypes.DoubleType,
          1.0,
          DataTypes.BooleanType,
          true,
          DataTypes.DateType,
          Date.valueOf("2026-01-01"),
          DataTypes.TimestampType,
          new Timestamp(0));

  /** No two texts are equal: equal ids would be one person. */
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final TableSpec table;
  private final Map<ColumnSpec, Object> given = new HashMap<>();

  private Sample(TableSpec table) {
    this.table = table;
  }

  static Sample of(TableSpec table) {
    return new Sample(table);
  }

  Sample with(ColumnSpec column, Object value) {
    if (!table.body().contains(column)) {
      throw new IllegalArgumentException(table + " has no column " + column);
    }
    given.put(column, value);
    return this;
  }

  Row row() {
    return RowFactory.create(
        table.body().stream()
            .map(c -> given.containsKey(c) ? given.get(c) : filler(c))
            .toArray(Object[]::new));
  }

  private static Object filler(ColumnSpec column) {
    if (!column.allowed().isEmpty()) {
      return column.allowed().get(0);
    }
    DataType type = column.type();
    if (type.equals(DataTypes.StringType)) {
      return "text " + NUMBER.incrementAndGet();
    }
    if (type instanceof DecimalType decimal) {
      return BigDecimal.ONE.setScale(decimal.scale());
    }
    if (type instanceof ArrayType) {
      return List.of();
    }
    return type instanceof MapType ? Map.of() : FILLERS.get(type);
  }
}
