package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.stratify.common.config.ErasureConfig;
import io.stratify.common.io.Eraser;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Months;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerIds;
import io.stratify.common.tables.CustomerIds.Form;
import io.stratify.common.tables.CustomerIds.Place;
import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.HistoryDay;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Takes persons out of all tables of a lake.
 *
 * <p>Every step can be done again, and the order loses nothing: first the wish is kept, so that no
 * run brings a person back even if this ends half-way; what tells which ids are one person goes
 * last, so that the next attempt still finds them all.
 */
public final class Erasure {
  /** The name of the command, in messages and in the stamps of commits. */
  public static final String JOB = "forget";

  private static final String VALUE = "_value";

  private final Lake lake;
  private final ErasureConfig config;
  private final Instant now;

  /**
   * Erases from the tables of a lake.
   *
   * @param config with a secret
   * @param now kept with the hashes of the ids
   */
  public Erasure(Lake lake, ErasureConfig config, Instant now) {
    this.lake = lake;
    this.config = config;
    this.now = now;
  }

  /**
   * Erases the persons of these ids.
   *
   * @throws io.stratify.common.StratifyException if others were erased under another secret; then
   *     nothing is done
   */
  public ErasureReport erase(Collection<String> given) {
    Tombstones before = Tombstones.in(lake, config, JOB);
    Set<String> ids = persons(given);
    Set<String> first = remember(ids, before);
    // What an earlier version wrote is made anew anyway, without them.
    lake.deleteStale(Tables.DERIVED);
    List<ErasureReport.Erased> tables = new ArrayList<>();
    for (TableSpec table : CustomerIds.TABLES) {
      if (lake.exists(table)) {
        if (table.equals(CustomerDay.TABLE)) {
          eraseFingerprints(ids);
        }
        tables.add(eraseFrom(table, ids));
      }
    }
    lake.output().clearScratch();
    return new ErasureReport(Set.copyOf(given), ids, first, tables);
  }

  /** The ids, and every other id of the same persons. */
  Set<String> persons(Collection<String> given) {
    if (!lake.exists(IdentityMap.TABLE)) {
      return new TreeSet<>(given);
    }
    describe("find the other ids of the persons to forget");
    Dataset<Row> ids = IdSet.rows(lake.spark(), given);
    return IdSet.collect(Persons.of(ids, lake.read(IdentityMap.TABLE, JOB)));
  }

  /** Keeps the hashes of the ids; returns the ids that were not kept before. */
  Set<String> remember(Collection<String> ids, Tombstones before) {
    describe("remember whom to keep out");
    Set<String> first = IdSet.collect(before.others(IdSet.rows(lake.spark(), ids), col(IdSet.ID)));
    if (!first.isEmpty()) {
      KeyedHash hash = new KeyedHash(config.secret().orElseThrow());
      Timestamp at = Timestamp.from(now);
      List<Row> tombstones = new ArrayList<>();
      tombstones.add(RowFactory.create(hash.of(Tombstones.CHECK), at));
      first.forEach(id -> tombstones.add(RowFactory.create(hash.of(id), at)));
      Dataset<Row> rows =
          lake.spark().createDataFrame(tombstones, Forgotten.TABLE.bodySchema()).coalesce(1);
      lake.insertNew(Forgotten.TABLE, rows, JOB);
    }
    return first;
  }

  /** Deletes every row that names one of the ids, and every file that may still hold one. */
  ErasureReport.Erased eraseFrom(TableSpec table, Collection<String> ids) {
    describe("forget customers in " + table);
    Eraser eraser = new Eraser(lake);
    // Computed once for two uses; these rows are few.
    Dataset<Row> naming = naming(table, IdSet.rows(lake.spark(), ids)).localCheckpoint();
    Set<String> found = IdSet.collect(naming.select(IdSet.ID).distinct());
    long rows = found.isEmpty() ? 0 : eraser.delete(table, naming.drop(IdSet.ID).distinct(), JOB);
    return new ErasureReport.Erased(table, rows, eraser.vacuum(table, JOB), found);
  }

  /**
   * Deletes the fingerprints of the days of these customers: on a day with one fact it is a hash of
   * that fact. The next run computes these days anew from the facts that are left.
   */
  private void eraseFingerprints(Collection<String> ids) {
    if (!new Months(lake, HistoryDay.TABLE).areThere()) {
      return;
    }
    Eraser eraser = new Eraser(lake);
    Column customer = CustomerDay.CUSTOMER_ID.col();
    Dataset<Row> days =
        lake.read(CustomerDay.TABLE, JOB)
            .join(IdSet.rows(lake.spark(), ids), customer.equalTo(col(IdSet.ID)))
            .select(CustomerDay.DAY.col().as(HistoryDay.DAY.name()))
            .distinct();
    eraser.delete(HistoryDay.TABLE, days.localCheckpoint(), JOB);
    eraser.vacuum(HistoryDay.TABLE, JOB);
  }

  /** The rows that name one of the ids, as far as they tell them from others, with that id. */
  private Dataset<Row> naming(TableSpec table, Dataset<Row> ids) {
    List<Place> places = CustomerIds.in(table);
    Column[] telling =
        places.size() == 1 ? new Column[] {places.get(0).column().col()} : table.cols();
    Column[] columns = Arrays.copyOf(telling, telling.length + 1);
    columns[telling.length] = col(IdSet.ID);
    Dataset<Row> rows = lake.read(table, JOB);
    return places.stream()
        .map(place -> values(rows.where(place.where()), place))
        .map(values -> values.join(ids, col(VALUE).equalTo(col(IdSet.ID))).select(columns))
        .reduce(Dataset::union)
        .orElseThrow()
        .distinct();
  }

  /** The rows with what may be an id; a row with several such values comes several times. */
  private static Dataset<Row> values(Dataset<Row> rows, Place place) {
    Column value = place.column().col();
    return rows.withColumn(VALUE, place.form() == Form.ROW ? explode(RowValues.of(value)) : value);
  }

  private void describe(String work) {
    lake.spark().sparkContext().setJobDescription(work);
  }
}
