package io.stratify.jobs.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Identities;
import io.stratify.jobs.conform.identity.ContactKeys;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Customers and their keys, as many as wanted. Customers come in groups of one to four: neighbours
 * share an e-mail address or a phone number, so that a group is held together by both. Every second
 * one has a device; of twenty customers one uses that of a shop, and there are few shops.
 *
 * @param spark session
 * @param links keys of all customers
 */
record SyntheticLinks(SparkSession spark, long links) {
  private static final int KIOSKS = 5;
  private static final int KIOSK_EVERY = 20;
  private static final String N = "_n";
  private static final String KEY = "_key";

  /** Two and a half keys for each. */
  long customerCount() {
    return links * 2 / 5;
  }

  /** The customers, in no order of their ids. */
  Dataset<Row> customers() {
    return numbers().select(id(col(N)).as(Customers.CUSTOMER_ID.name()));
  }

  /** The keys: an e-mail address and a phone number of each, and a device of every other. */
  Dataset<Row> identities() {
    Column hasDevice = pmod(col(N), lit(2)).equalTo(0);
    Column keys =
        when(hasDevice, array(email(), phone(), device())).otherwise(array(email(), phone()));
    return numbers()
        .select(col(N), explode(keys).as(KEY))
        .select(
            id(col(N)).as(Identities.CUSTOMER_ID.name()),
            col(KEY).getField(Identities.KIND.name()).as(Identities.KIND.name()),
            col(KEY).getField(Identities.VALUE.name()).as(Identities.VALUE.name()));
  }

  private Dataset<Row> numbers() {
    return spark.range(customerCount()).select(col("id").as(N));
  }

  /** Of four neighbours the first two and the last two have one address, in every second four. */
  private static Column email() {
    return key(
        ContactKeys.EMAIL, when(grouped(), col(N).minus(pmod(col(N), lit(2)))).otherwise(col(N)));
  }

  /** And the two in the middle have one number, in every fourth four: so all four are linked. */
  private static Column phone() {
    Column chained = grouped().and(pmod(four(), lit(4)).equalTo(0));
    Column middle = pmod(col(N), lit(4)).isin(1, 2);
    return key(
        ContactKeys.PHONE, when(chained.and(middle), four().multiply(4).plus(1)).otherwise(col(N)));
  }

  private static Column device() {
    Column kiosk = pmod(xxhash64(col(N)), lit(KIOSKS)).minus(KIOSKS);
    return key("device", when(pmod(col(N), lit(KIOSK_EVERY)).equalTo(0), kiosk).otherwise(col(N)));
  }

  private static Column grouped() {
    return pmod(four(), lit(2)).equalTo(0);
  }

  private static Column four() {
    return col(N).minus(pmod(col(N), lit(4))).divide(4).cast("long");
  }

  private static Column id(Column number) {
    return concat(lit("c"), pmod(xxhash64(number), lit(1000L)), lit("-"), number);
  }

  private static Column key(String kind, Column holder) {
    return struct(
        lit(kind).as(Identities.KIND.name()),
        sha2(concat(lit(kind), holder), 256).as(Identities.VALUE.name()));
  }
}
