package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.tables.CustomerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers drawn by a hash of their id: the same ones whatever the partitions, and mostly the same
 * ones from snapshot to snapshot. With n of them the rank of a sample quantile is off by at most
 * sqrt(ln(2/0.01) / 2n) with 99 % confidence, 0.5 % for 100,000 (Dvoretzky, Kiefer, Wolfowitz 1956;
 * Massart 1990).
 *
 * @param points raw features, one array per customer in the order of the ids, NaN where missing
 * @param complete whether it holds all customers
 */
public record Sample(List<double[]> points, boolean complete) {
  /** Hashes of customers are from 0 to one below this. */
  static final long BUCKETS = 1 << 30;

  /** Whether a customer is in a sample of about {@code size} out of {@code customers}. */
  public static Column drawn(long customers, int size, long seed) {
    if (customers <= size) {
      return lit(true);
    }
    long bound = (long) ((double) size / customers * BUCKETS);
    return bucket(lit(seed)).lt(bound);
  }

  /** The hash of a customer with a salt. */
  static Column bucket(Column... salt) {
    Column[] hashed = new Column[salt.length + 1];
    hashed[0] = CustomerFeatures.CUSTOMER_ID.col();
    System.arraycopy(salt, 0, hashed, 1, salt.length);
    return pmod(xxhash64(hashed), lit(BUCKETS));
  }

  /** Brings the features of the sample to the driver: size x features x 8 bytes. */
  static Sample of(Dataset<Row> features, List<String> names, long customers, int size, long seed) {
    List<Row> rows =
        new ArrayList<>(
            features
                .where(drawn(customers, size, seed))
                .select(
                    CustomerFeatures.CUSTOMER_ID.col(), ClusterModel.columns(names).as("features"))
                .collectAsList());
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    List<double[]> points = new ArrayList<>(rows.size());
    for (Row row : rows) {
      points.add(ClusterModel.unbox(row.<Double>getSeq(1)));
    }
    return new Sample(points, customers <= size);
  }

  /** The customers with some of their features. */
  List<double[]> only(int[] features) {
    return points.stream()
        .map(p -> Arrays.stream(features).mapToDouble(j -> p[j]).toArray())
        .toList();
  }

  /** One feature of every customer in the sample. */
  double[] column(int feature) {
    return points.stream().mapToDouble(p -> p[feature]).toArray();
  }
}
