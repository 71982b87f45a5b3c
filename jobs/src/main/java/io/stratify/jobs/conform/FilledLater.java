package io.stratify.jobs.conform;

import io.stratify.common.config.InputConfig;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What rows have from other inputs, so that rules about it must wait, or be put elsewhere. */
final class FilledLater {
  private FilledLater() {}

  /**
   * The columns of lines that their orders and products fill in.
   *
   * @param orders whether there are orders beside the lines
   * @param money whether money is converted when the day of the order is known
   */
  static Set<String> ofLines(boolean orders, boolean money) {
    Set<ColumnSpec> later = new HashSet<>(Inputs.OF_PRODUCT);
    if (orders) {
      later.addAll(Inputs.OF_ORDER);
    }
    if (money) {
      later.addAll(Inputs.money(OrderLines.TABLE));
    }
    return later.stream().map(ColumnSpec::name).collect(Collectors.toSet());
  }

  /** Whether orders have their discounts from their lines, none having its own. */
  static boolean takesDiscounts(InputConfig orders, InputConfig lines) {
    return !orders.maps(Orders.DISCOUNT) && lines.maps(OrderLines.DISCOUNT);
  }

  /**
   * One sentence for each rule on orders about what is made of their lines after they are sorted.
   *
   * @param lines the input of their lines, where there is one
   */
  static List<String> problems(InputConfig orders, Optional<InputConfig> lines, Quality quality) {
    List<ColumnSpec> ofLines = new ArrayList<>();
    boolean amounts = !orders.maps(Orders.AMOUNT);
    if (amounts) {
      ofLines.add(Orders.AMOUNT);
    }
    boolean discounts = amounts || lines.filter(l -> takesDiscounts(orders, l)).isPresent();
    if (discounts && !orders.maps(Orders.DISCOUNT)) {
      ofLines.add(Orders.DISCOUNT);
    }
    List<String> problems = new ArrayList<>();
    for (ColumnSpec column : ofLines) {
      problems.addAll(
          quality.naming(
              column,
              "the "
                  + column
                  + " of these orders is that of their lines. Put the rule on order_lines"));
    }
    if (!orders.maps(Orders.STATUS)) {
      problems.addAll(
          quality.naming(
              Orders.STATUS,
              "the status of these orders is that of their lines, or follows from their amounts. Map"
                  + " it, or put the rule on order_lines"));
    }
    return problems;
  }
}
