package io.stratify.common.io;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.collection.JavaConverters;

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

  /**
   * The columns of the table, as a job gives them, with those that tell the slice; without those
   * that are null by their expression, which cost time in each row and are null to a reader anyway.
   */
  Column[] columns(Dataset<Row> rows) {
    Set<String> nulls = nulls(rows.queryExecution().analyzed());
    return table.columns().stream()
        .filter(c -> c.required() || !nulls.contains(c.name()))
        .map(c -> value(c).cast(c.type()).as(c.name()))
        .toArray(Column[]::new);
  }

  private static Set<String> nulls(LogicalPlan plan) {
    Set<String> nulls = new HashSet<>();
    if (plan instanceof Project project) {
      for (NamedExpression e : JavaConverters.seqAsJavaList(project.projectList())) {
        if (e instanceof Alias a && isNull(a.child())) {
          nulls.add(a.name());
        }
      }
    }
    return nulls;
  }

  private static boolean isNull(Expression e) {
    return e instanceof Cast cast
        ? isNull(cast.child())
        : e instanceof Literal literal && literal.value() == null;
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
