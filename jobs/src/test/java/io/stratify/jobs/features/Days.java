package io.stratify.jobs.features;

import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.TableSpec;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import scala.collection.JavaConverters;

/** Days as tallies see them, for tests that need no Spark. */
final class Days {
  private Days() {}

  static Day of(DayRow row) {
    Date date = row.row().getAs(1);
    Day day = new Day();
    day.open(Math.toIntExact(date.toLocalDate().toEpochDay()), bytes(row));
    return day;
  }

  static byte[] bytes(DayRow row) {
    return DayBytes.of(facts(row), 0, DayBytes.buffer());
  }

  static InternalRow facts(DayRow row) {
    Row all = row.row();
    int key = CustomerDay.TABLE.key().size();
    Object[] facts = new Object[CustomerDay.FACTS.size()];
    for (int i = 0; i < facts.length; i++) {
      facts[i] = value(CustomerDay.FACTS.get(i).type(), all.get(i + key));
    }
    return new GenericInternalRow(facts);
  }

  private static Object value(DataType type, Object value) {
    if (value instanceof Map<?, ?> map) {
      return CatalystTypeConverters.createToCatalystConverter(type)
          .apply(JavaConverters.mapAsScalaMap(map));
    }
    if (value instanceof BigDecimal amount) {
      return type.equals(TableSpec.MONEY)
          ? (Object) amount.movePointRight(TableSpec.MONEY.scale()).longValueExact()
          : (Object) amount.doubleValue();
    }
    return value;
  }
}
