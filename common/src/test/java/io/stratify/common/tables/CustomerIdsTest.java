package io.stratify.common.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CustomerIdsTest {
  private static final Set<String> NAMES_OF_IDS = Set.of("customer_id", "canonical_id");

  @Test
  void everyTableIsDeclaredOnceAsNamingCustomersOrNobody() {
    List<TableSpec> declared =
        Stream.concat(CustomerIds.TABLES.stream(), CustomerIds.NAMELESS.stream()).toList();
    assertThat(declared).containsExactlyInAnyOrderElementsOf(Tables.ALL);
  }

  @Test
  void everyColumnOfACustomerIdIsDeclared() {
    List<String> found =
        Tables.ALL.stream()
            .flatMap(
                t ->
                    t.columns().stream()
                        .filter(c -> NAMES_OF_IDS.contains(c.name()))
                        .map(c -> t + "." + c))
            .toList();
    assertThat(found).contains("customers.customer_id", "identity_map.canonical_id");
    assertThat(CustomerIds.PLACES.stream().map(p -> p.table() + "." + p.column()))
        .containsAll(found);
  }

  @Test
  void everyPlaceIsAColumnOfItsTable() {
    assertThat(CustomerIds.PLACES).allMatch(p -> p.table().columns().contains(p.column()));
  }

  @Test
  void whoIsOnePersonIsKnownToTheLast() {
    assertThat(CustomerIds.TABLES).last().isEqualTo(IdentityMap.TABLE);
  }
}
