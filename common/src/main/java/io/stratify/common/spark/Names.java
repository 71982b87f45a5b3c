package io.stratify.common.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Names of columns and tables in Spark's SQL, whatever characters they have. */
public final class Names {
  private Names() {}

  /** The name in the quotes of Spark's SQL. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The column of this name; a dot in it is a part of the name. */
  public static Column column(String name) {
    return functions.col(quoted(name));
  }
}
