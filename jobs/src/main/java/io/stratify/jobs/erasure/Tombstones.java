package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.stratify.common.Counted;
import io.stratify.common.StratifyException;
import io.stratify.common.config.ErasureConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.tables.Forgotten;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Whom Stratify was told to forget, known by the keyed hashes of their ids alone. */
public final class Tombstones {
  /**
   * Its hash tells whether a key is the one of the other hashes. It is in the table from the first
   * erasure on, and is no customer's: blanks around an id are not part of it.
   */
  static final String CHECK = " the key of the hashes ";

  private static final String HASH = "_id_hash";

  private final Optional<KeyedHash> hash;
  private final Dataset<Row> hashes;
  private final long customers;

  private Tombstones(Optional<KeyedHash> hash, Dataset<Row> hashes, long customers) {
    this.hash = hash;
    this.hashes = hashes;
    this.customers = customers;
  }

  /**
   * The tombstones of a lake; none where nobody was erased.
   *
   * @param work what the message says cannot be done, e.g. {@code conform}
   * @throws StratifyException if customers were erased and the key that was used is not configured
   */
  public static Tombstones in(Lake lake, ErasureConfig erasure, String work) {
    return lake.exists(Forgotten.TABLE)
        ? of(lake.read(Forgotten.TABLE, work), erasure, work)
        : none(lake.spark());
  }

  /**
   * The tombstones of the rows of {@code forgotten}.
   *
   * @throws StratifyException if customers were erased and the key that was used is not configured
   */
  public static Tombstones of(Dataset<Row> forgotten, ErasureConfig erasure, String work) {
    Optional<KeyedHash> hash = erasure.secret().map(KeyedHash::new);
    String check = hash.map(h -> h.of(CHECK)).orElse("");
    Row found =
        forgotten
            .agg(count(lit(1)), coalesce(max(Forgotten.ID_HASH.col().equalTo(check)), lit(false)))
            .first();
    long customers = Math.max(0, found.getLong(0) - 1);
    if (found.getLong(0) > 0 && hash.isEmpty()) {
      throw new StratifyException(
          "Cannot %s: %s erased, and without erasure.secret they would come back. Set"
              + " STRATIFY_ERASURE_SECRET to the key that was used",
          work, Counted.were(customers, "customer"));
    }
    if (found.getLong(0) > 0 && !found.getBoolean(1)) {
      throw new StratifyException(
          "Cannot %s: %s erased with another erasure.secret, and with this one they would come"
              + " back. Set STRATIFY_ERASURE_SECRET to the key that was used",
          work, Counted.were(customers, "customer"));
    }
    Dataset<Row> hashes = forgotten.select(Forgotten.ID_HASH.col().as(HASH)).distinct();
    return new Tombstones(hash, hashes, customers);
  }

  /** No tombstones: nobody was erased. */
  public static Tombstones none(SparkSession spark) {
    return new Tombstones(Optional.empty(), spark.emptyDataFrame(), 0);
  }

  /** How many customer ids were erased. */
  public long customers() {
    return customers;
  }

  /** Whether nobody was erased. */
  public boolean isEmpty() {
    return customers == 0;
  }

  /**
   * The rows, each once, with one more column: whether the customer it names was erased. A row that
   * names nobody was not.
   *
   * @param id column with the id as the sources name the customer
   * @param flag name of the new column, never null
   */
  public Dataset<Row> mark(Dataset<Row> rows, Column id, String flag) {
    if (isEmpty()) {
      return rows.withColumn(flag, lit(false));
    }
    return rows.join(hashes, hash.orElseThrow().of(id).equalTo(col(HASH)), "left")
        .withColumn(flag, col(HASH).isNotNull())
        .drop(HASH);
  }

  /** Those of the rows whose customer was erased. */
  public Dataset<Row> withheld(Dataset<Row> rows, Column id) {
    return joined(rows, id, "left_semi");
  }

  /** Those of the rows whose customer was not erased, or who name nobody. */
  public Dataset<Row> others(Dataset<Row> rows, Column id) {
    return joined(rows, id, "left_anti");
  }

  private Dataset<Row> joined(Dataset<Row> rows, Column id, String how) {
    if (isEmpty()) {
      return how.equals("left_anti") ? rows : rows.limit(0);
    }
    return rows.join(hashes, hash.orElseThrow().of(id).equalTo(col(HASH)), how);
  }
}
