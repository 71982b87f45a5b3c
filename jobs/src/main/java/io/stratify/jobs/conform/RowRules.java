package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.InputConfig;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StringType;

/**
 * The built-in rules on single rows: a required value is there, one that is there is of its type,
 * and one of a list.
 *
 * @param table whose columns have the rules
 * @param input says which of them the source gives
 */
record RowRules(TableSpec table, InputConfig input) {
  /** One conditional per rule, in the order of the columns; the first that is broken is named. */
  Column firstBroken() {
    Column rule = lit(null).cast("string");
    List<ColumnSpec> backwards = new ArrayList<>(table.columns());
    Collections.reverse(backwards);
    for (ColumnSpec column : backwards) {
      if (input.maps(column)) {
        rule = firstBroken(column, rule);
      } else if (column.required()) {
        rule = lit(missing(column));
      }
    }
    return rule;
  }

  private static Column firstBroken(ColumnSpec column, Column otherwise) {
    Column raw = col(Mapping.raw(column));
    Column rule = otherwise;
    if (!column.allowed().isEmpty()) {
      rule =
          when(not(column.col().isin(column.allowed().toArray())), lit(notAllowed(column)))
              .otherwise(rule);
    }
    if (!(column.type() instanceof StringType)) {
      rule =
          when(raw.isNotNull().and(column.col().isNull()), lit(notOfType(column))).otherwise(rule);
    }
    return column.required() ? when(raw.isNull(), lit(missing(column))).otherwise(rule) : rule;
  }

  /** All of them, in words. */
  List<String> all() {
    List<String> rules = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      if (column.required()) {
        rules.add(missing(column));
      }
      if (input.maps(column) && !(column.type() instanceof StringType)) {
        rules.add(notOfType(column));
      }
      if (input.maps(column) && !column.allowed().isEmpty()) {
        rules.add(notAllowed(column));
      }
    }
    return rules;
  }

  private static String missing(ColumnSpec column) {
    return column + " is missing";
  }

  private static String notOfType(ColumnSpec column) {
    return column + " is not a " + column.type().sql();
  }

  private static String notAllowed(ColumnSpec column) {
    return column + " is not one of " + String.join(", ", column.allowed());
  }
}
