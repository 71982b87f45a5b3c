package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ErasureConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.TableSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest extends SparkSuite {
  private static final ErasureConfig KEY = new ErasureConfig(Optional.of("the key of the hashes"));
  private static final Snapshot MAY = new Snapshot(LocalDate.of(2026, 5, 1), 1);

  @TempDir Path folder;
  private Lake lake;
  private Erasure erasure;

  @Override
  protected boolean interpreted() {
    return true;
  }

  @BeforeEach
  void open() {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("run-1", "abc", "0.1.0"));
    erasure = new Erasure(lake, KEY, Instant.parse("2026-05-02T00:00:00Z"));
  }

  @Test
  void aPersonIsErasedUnderAllIdsAndOthersStay() {
    write(Customers.TABLE, customers("a", "b", "d"));
    write(Orders.TABLE, order("a"), order("a"), order("d"));
    write(IdentityMap.TABLE, stands("b", "a"), stands("d", "e"));
    ErasureReport report = erasure.erase(List.of("b"));
    assertThat(report.ids()).containsExactlyInAnyOrder("a", "b");
    assertThat(report.tables())
        .extracting(t -> t.table() + " " + t.rows())
        .containsExactly("customers 2", "orders 2", "identity_map 1");
    assertThat(values(Customers.TABLE, "customer_id")).containsExactly("d");
    assertThat(values(Orders.TABLE, "customer_id")).containsExactly("d");
    assertThat(values(IdentityMap.TABLE, "customer_id")).containsExactly("d");
    assertThat(keptOut("a", "b", "d")).containsExactly("a", "b");
  }

  @Test
  void aSecondTimeNothingIsLeftToDo() {
    write(Customers.TABLE, customers("a", "b"));
    assertThat(erasure.erase(List.of("a")).rows()).isEqualTo(1);
    ErasureReport again = erasure.erase(List.of("a"));
    assertThat(again.rows()).isZero();
    assertThat(again.files()).isZero();
    assertThat(again.first()).isEmpty();
    assertThat(again.before()).containsExactly("a");
    assertThat(again.nowhere()).isEmpty();
    // The id, and the row that checks the key.
    assertThat(lake.read(Forgotten.TABLE, "x").count()).isEqualTo(2);
  }

  @Test
  void anIdThatIsNowhereIsKeptOutAllTheSame() {
    write(Customers.TABLE, customers("a"));
    ErasureReport report = erasure.erase(List.of("nobody", "a"));
    assertThat(report.nowhere()).containsExactly("nobody");
    assertThat(keptOut("nobody", "a", "c")).containsExactly("a", "nobody");
  }

  @Test
  void quarantinedRowsGoWhereAnyValueIsTheId() {
    write(
        Quarantine.TABLE,
        quarantined(null, "{\"customer\":\"12\",\"n\":1}"),
        quarantined(null, "{\"customer\":12}"),
        quarantined("12", "{\"customer\":\"C-12\"}"),
        quarantined("12", null),
        quarantined(null, "{\"customer\":120,\"at\":\"2026-05-12\"}"),
        quarantined("120", "{\"customer\":\"120\"}"),
        quarantined(null, null));
    assertThat(erasure.erase(List.of("12")).rows()).isEqualTo(4);
    assertThat(values(Quarantine.TABLE, "row"))
        .containsExactlyInAnyOrder(
            "{\"customer\":\"120\"}", "{\"customer\":120,\"at\":\"2026-05-12\"}", "null");
  }

  @Test
  void ofEqualValuesInAnotherKindOfKeyNothingGoes() {
    write(
        Identities.TABLE,
        key("a", "email", "hash"),
        key("b", "customer", "a"),
        key("b", "loyalty", "a"),
        key("b", "customer", "c"));
    assertThat(erasure.erase(List.of("a")).rows()).isEqualTo(2);
    assertThat(sorted(lake.read(Identities.TABLE, "x")))
        .containsExactly("[b,customer,c]", "[b,loyalty,a]");
  }

  @Test
  void afterACrashTheWishIsKeptAndTheNextAttemptFinishes() {
    write(Customers.TABLE, customers("a", "b", "d"));
    write(Orders.TABLE, order("a"), order("d"));
    write(IdentityMap.TABLE, stands("b", "a"));
    Set<String> ids = erasure.persons(List.of("b"));
    erasure.remember(ids, Tombstones.in(lake, KEY, "forget"));
    // Killed before the first table: a run would keep both ids out.
    assertThat(keptOut("a", "b", "d")).containsExactly("a", "b");
    erasure.eraseFrom(Customers.TABLE, ids);
    // Killed after the first table: that a is b is still known.
    ErasureReport report = erasure.erase(List.of("b"));
    assertThat(report.ids()).containsExactlyInAnyOrder("a", "b");
    assertThat(report.tables())
        .extracting(t -> t.table() + " " + t.rows())
        .containsExactly("customers 0", "orders 1", "identity_map 1");
    assertThat(values(Orders.TABLE, "customer_id")).containsExactly("d");
  }

  @Test
  void rowsDeletedByAnAttemptThatDidNotCleanUpAreGoneFromTheDisk() {
    write(Customers.TABLE, customers("a", "c"));
    new io.stratify.common.io.Eraser(lake)
        .delete(Customers.TABLE, text("customer_id", RowFactory.create("a")), "forget");
    ErasureReport report = erasure.erase(List.of("a"));
    assertThat(report.rows()).isZero();
    assertThat(report.files()).isEqualTo(1);
  }

  @Test
  void anotherSecretIsRefusedAndNothingIsDone() {
    write(Customers.TABLE, customers("a", "b"));
    erasure.erase(List.of("a"));
    ErasureConfig other = new ErasureConfig(Optional.of("quite another key"));
    assertThatThrownBy(() -> new Erasure(lake, other, Instant.EPOCH).erase(List.of("b")))
        .isInstanceOf(StratifyException.class)
        .hasMessage(
            "Cannot forget: 1 customer was erased with another erasure.secret, and with this one"
                + " they would come back. Set STRATIFY_ERASURE_SECRET to the key that was used");
    assertThat(values(Customers.TABLE, "customer_id")).containsExactly("b");
    assertThat(keptOut("a", "b")).containsExactly("a");
  }

  private Set<String> keptOut(String... ids) {
    Dataset<Row> rows = IdSet.rows(spark(), Arrays.asList(ids));
    return new TreeSet<>(
        IdSet.collect(Tombstones.in(lake, KEY, "conform").withheld(rows, col(IdSet.ID))));
  }

  private void write(TableSpec table, Row... rows) {
    Dataset<Row> data = spark().createDataFrame(Arrays.asList(rows), table.bodySchema());
    lake.replace(table, MAY, data.coalesce(1), "conform");
  }

  private List<String> values(TableSpec table, String column) {
    return lake.read(table, "x").select(column).collectAsList().stream()
        .map(r -> String.valueOf(r.get(0)))
        .sorted()
        .toList();
  }

  private static Row[] customers(String... ids) {
    return Arrays.stream(ids)
        .map(id -> Sample.of(Customers.TABLE).with(Customers.CUSTOMER_ID, id).row())
        .toArray(Row[]::new);
  }

  private static Row order(String customer) {
    return Sample.of(Orders.TABLE).with(Orders.CUSTOMER_ID, customer).row();
  }

  private static Row key(String customer, String kind, String value) {
    return RowFactory.create(customer, kind, value);
  }

  private static Row stands(String customer, String canonical) {
    return Sample.of(IdentityMap.TABLE)
        .with(IdentityMap.CUSTOMER_ID, customer)
        .with(IdentityMap.CANONICAL_ID, canonical)
        .with(IdentityMap.VALID_TO, null)
        .row();
  }

  private static Row quarantined(String customer, String json) {
    return Sample.of(Quarantine.TABLE)
        .with(Quarantine.CUSTOMER_ID, customer)
        .with(Quarantine.ROW, json)
        .row();
  }
}
