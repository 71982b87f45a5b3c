package io.stratify.common.config;

import java.util.List;

/**
 * A Spark SQL expression of the configuration.
 *
 * @param sql the expression
 * @param origin where it is written, e.g. {@code conf/shop.conf:12} or {@code --set}
 */
public record SqlExpression(String sql, String origin) {

  /** Checks that there is an expression. */
  public SqlExpression {
    if (sql.isBlank()) {
      throw new InvalidConfigException(
          List.of(new ConfigProblem("inputs", "there is an empty SQL expression at " + origin)));
    }
  }
}
