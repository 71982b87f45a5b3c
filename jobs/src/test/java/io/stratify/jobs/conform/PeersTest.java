package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.RowIdentity;
import io.stratify.common.config.SqlExpression;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A key that a later step changes must not be looked for among the rows as they are mapped. */
class PeersTest {
  @Test
  void anIdIsKnownOnceItIsMapped() {
    assertThat(keyedByMapping(Orders.TABLE, false)).isTrue();
    assertThat(keyedByMapping(Orders.TABLE, true, Orders.ORDER_ID)).isTrue();
    assertThat(keyedByMapping(OrderLines.TABLE, true)).isTrue();
  }

  @Test
  void whoTheCustomerIsIsFoundOutLater() {
    assertThat(keyedByMapping(Orders.TABLE, false, Orders.ORDER_ID, Orders.CUSTOMER_ID)).isFalse();
  }

  @Test
  void moneyChangesWhereThereIsACurrency() {
    assertThat(keyedByMapping(Orders.TABLE, false, Orders.ORDER_ID, Orders.AMOUNT)).isTrue();
    assertThat(keyedByMapping(Orders.TABLE, true, Orders.ORDER_ID, Orders.AMOUNT)).isFalse();
  }

  @Test
  void aLineTakesColumnsFromItsOrderAndItsProduct() {
    for (ColumnSpec column :
        List.of(
            OrderLines.CUSTOMER_ID,
            OrderLines.ORDERED_AT,
            OrderLines.STATUS,
            OrderLines.CATEGORY,
            OrderLines.AMOUNT)) {
      assertThat(keyedByMapping(OrderLines.TABLE, false, OrderLines.ORDER_ID, column))
          .as("%s", column)
          .isFalse();
    }
    assertThat(keyedByMapping(OrderLines.TABLE, false, OrderLines.ORDER_ID, OrderLines.PRODUCT_ID))
        .isTrue();
  }

  private static boolean keyedByMapping(TableSpec table, boolean currency, ColumnSpec... key) {
    List<String> names = Arrays.stream(key).map(ColumnSpec::name).toList();
    Optional<SqlExpression> code =
        currency ? Optional.of(new SqlExpression("code", "x.conf:1")) : Optional.empty();
    Map<String, SqlExpression> columns = new HashMap<>();
    Inputs.mappable(table)
        .forEach(c -> columns.put(c.name(), new SqlExpression(c.name(), "x.conf:1")));
    InputConfig input =
        new InputConfig(
            table.name(),
            "shop",
            Optional.empty(),
            new RowIdentity(Deduplicate.EXACT, names, Optional.empty()),
            Optional.empty(),
            code,
            List.of(),
            List.of(),
            columns,
            "x.conf:1");
    return Peers.of(
            new Inlet.Mapped(
                Inputs.spec(table),
                input,
                null,
                null,
                null,
                new Quality(table, List.of()),
                Optional.empty(),
                null,
                BigInteger.ZERO),
            LocalDate.of(2026, 1, 1))
        .keyedByMapping();
  }
}
