package io.stratify.jobs.features;

import io.stratify.common.spark.Facts.DayRow;
import io.stratify.common.tables.CustomerDay;
import java.sql.Date;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.JavaConverters;

/** Days as Spark hands them to tallies, for tests that need no Spark. */
final class Days {
  private Days() {}

  static Day of(DayRow row) {
    Row all = row.row();
    int key = CustomerDay.TABLE.key().size();
    Object[] facts = new Object[all.size() - key];
    for (int i = 0; i < facts.length; i++) {
      Object value = all.get(i + key);
      if (value instanceof Map<?, ?> map) {
        value = map.isEmpty() ? null : JavaConverters.mapAsScalaMap(map);
      }
      facts[i] = value;
    }
    Date date = all.getAs(1);
    return new Day(Math.toIntExact(date.toLocalDate().toEpochDay()), RowFactory.create(facts));
  }
}
