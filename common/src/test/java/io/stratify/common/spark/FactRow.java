package io.stratify.common.spark;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;

/**
 * One row of a declared table, built column by column; a column that is not given is null.
 *
 * @param <T> the kind of row, so that calls can be chained
 */
public abstract class FactRow<T extends FactRow<T>> {
  private final TableSpec table;
  private final Map<String, Object> values = new HashMap<>();

  FactRow(TableSpec table) {
    this.table = table;
  }

  abstract T self();

  /** Sets a column; numbers and ISO texts become the type of the column. */
  public T with(ColumnSpec column, Object value) {
    if (!table.body().contains(column)) {
      throw new IllegalArgumentException(table + " has no column " + column);
    }
    values.put(column.name(), value == null ? null : typed(column.type(), value));
    return self();
  }

  /** What has been set. */
  Object get(ColumnSpec column) {
    return values.get(column.name());
  }

  /** The row in the order of the body of the table. */
  public Row row() {
    return RowFactory.create(
        table.body().stream().map(c -> values.get(c.name())).toArray(Object[]::new));
  }

  private static Object typed(DataType type, Object value) {
    if (type instanceof DecimalType money) {
      return new BigDecimal(value.toString()).setScale(money.scale());
    }
    if (type.equals(DataTypes.DateType)) {
      return Date.valueOf(value.toString());
    }
    if (type.equals(DataTypes.TimestampType)) {
      return Timestamp.from(Instant.parse(value.toString()));
    }
    if (type instanceof MapType map) {
      Map<Object, Object> typed = new TreeMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> typed.put(k, typed(map.valueType(), v)));
      return typed;
    }
    if (type.equals(DataTypes.LongType)) {
      return ((Number) value).longValue();
    }
    return type.equals(DataTypes.DoubleType) ? (Object) ((Number) value).doubleValue() : value;
  }
}
