package io.stratify.common.io;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * What a run of a snapshot writes of a table: the part that it replaces, and how its rows are laid
 * out.
 *
 * @param table declaration
 * @param snapshot of the run
 */
record SnapshotSlice(TableSpec table, Snapshot snapshot) {
  /** What tells the slice from others; nothing where it is all rows. */
  Map<String, String> partition() {
    return switch (table.slice()) {
      case WHOLE, MONTHS, AS_OF_DATES, APPENDED -> Map.of();
      case AS_OF -> Map.of(TableSpec.AS_OF.name(), snapshot.asOf().toString());
      case PUBLISHED ->
          Map.of(
              TableSpec.AS_OF.name(),
              snapshot.asOf().toString(),
              TableSpec.REVISION.name(),
              String.valueOf(snapshot.revision()));
    };
  }

  /** The columns of the table, as a job gives them, with those that tell the slice. */
  Column[] columns() {
    return table.columns().stream()
        .map(c -> value(c).cast(c.type()).as(c.name()))
        .toArray(Column[]::new);
  }

  private Column value(ColumnSpec column) {
    if (!table.partition().contains(column.name()) || table.slice() == Slice.AS_OF_DATES) {
      return column.col();
    }
    if (column.equals(TableSpec.MONTH)) {
      return Months.ofDay();
    }
    return column.equals(TableSpec.REVISION)
        ? lit(snapshot.revision())
        : lit(Date.valueOf(snapshot.asOf()));
  }
}
