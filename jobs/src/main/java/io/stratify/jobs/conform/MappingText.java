package io.stratify.jobs.conform;

import io.stratify.common.config.CurrencyConfig;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.StratifyConfig;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How inputs are mapped to their tables, as a text of which a hash tells whether it is another. */
public final class MappingText {
  private MappingText() {}

  /** What money is converted by, and the zone of times that carry none. */
  public static String ofAll(StratifyConfig config) {
    CurrencyConfig money = config.conform().currency();
    StringBuilder text = new StringBuilder(money.base().orElse("")).append(money.rates());
    Stream.of(money.code(), money.rate(), money.validFrom())
        .forEach(sql -> text.append(' ').append(sql.sql()));
    return text.append(config.conform().timeZone()).toString();
  }

  /**
   * Of one input.
   *
   * @param rows what else decides which of its rows count
   * @param columns which columns matter
   */
  public static String of(InputConfig input, String rows, Predicate<String> columns) {
    StringBuilder text = new StringBuilder(input.table()).append(input.timeZone()).append(rows);
    input.currency().ifPresent(c -> text.append(" in ").append(c.sql()));
    new TreeMap<>(input.columns())
        .forEach(
            (column, sql) ->
                text.append(columns.test(column) ? " " + column + "=" + sql.sql() : ""));
    return text.toString();
  }
}
