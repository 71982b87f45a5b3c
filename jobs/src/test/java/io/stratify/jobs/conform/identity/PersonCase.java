package io.stratify.jobs.conform.identity;

import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Identities;
import io.stratify.common.tables.IdentityMap;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Customers, keys and maps of a few rows, and answers as text. */
abstract class PersonCase extends ScratchSuite {
  static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  static final LocalDate JULY = LocalDate.of(2026, 7, 1);
  private static final StructType ID =
      new StructType().add(Customers.CUSTOMER_ID.name(), DataTypes.StringType);

  Persons resolve(LocalDate asOf, Dataset<Row> customers, Dataset<Row> keys, Dataset<Row> map) {
    return resolve(asOf, customers, keys, map, customers());
  }

  /** A run after one that left some customers. */
  Persons resolve(
      LocalDate asOf,
      Dataset<Row> customers,
      Dataset<Row> keys,
      Dataset<Row> map,
      Dataset<Row> known) {
    return new PersonResolver(asOf, 4).resolve(customers, keys, map, known, scratch());
  }

  /** A first run. */
  Persons resolve(Dataset<Row> customers, Dataset<Row> keys) {
    return resolve(MAY, customers, keys, map());
  }

  Dataset<Row> customers(String... ids) {
    return spark().createDataFrame(Stream.of(ids).map(RowFactory::create).toList(), ID);
  }

  Dataset<Row> keys(Row... keys) {
    return spark().createDataFrame(List.of(keys), Identities.TABLE.bodySchema());
  }

  Dataset<Row> map(Row... rows) {
    return spark().createDataFrame(List.of(rows), IdentityMap.TABLE.bodySchema());
  }

  static Row key(String customer, String kind, String value) {
    return RowFactory.create(customer, kind, value);
  }

  static Row merged(String customer, String canonical, LocalDate from) {
    return merged(customer, canonical, from, null);
  }

  static Row merged(String customer, String canonical, LocalDate from, LocalDate to) {
    return RowFactory.create(
        customer, canonical, Date.valueOf(from), to == null ? null : Date.valueOf(to), "merged");
  }

  /** Who stands for whom, e.g. {@code b>a}. */
  static List<String> current(Persons persons) {
    return persons.current().collectAsList().stream()
        .map(r -> r.getString(0) + ">" + r.getString(1))
        .sorted()
        .toList();
  }
}
