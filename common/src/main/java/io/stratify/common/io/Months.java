package io.stratify.common.io;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trunc;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.TableSpec;
import java.time.LocalDate;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;

/**
 * A table of days that is kept up to date month by month, each time in one commit.
 *
 * <p>The commits are numbered: whoever remembers something about the table keeps the number with it
 * and sees by it whether the table was written since. What {@code forget} deletes does not count.
 *
 * @param lake the tables
 * @param table declared with {@link TableSpec#monthly}
 */
public record Months(Lake lake, TableSpec table) {
  /** The name under which Delta keeps the number of the last commit. */
  private static final String GENERATION = "stratify.generation";

  /** The month of the column {@code day}. */
  public static Column ofDay() {
    return trunc(col("day"), "month");
  }

  /** The month of a day. */
  public static LocalDate of(LocalDate day) {
    return day.withDayOfMonth(1);
  }

  /** Whether the table has been written, with the columns that are declared now. */
  public boolean areThere() {
    return lake.guard()
        .requireWritable(table)
        .filter(version -> TableGuard.isAsDeclared(table, version))
        .isPresent();
  }

  /** How many commits have replaced months; 0 where none has. */
  public long generation() {
    return lake.exists(table) ? lake.guard().files(table).transaction(GENERATION) : 0;
  }

  /**
   * Replaces all rows. A table that was declared otherwise is made anew first.
   *
   * @param rows the columns of the table without the month
   * @return the rows written
   */
  public long replaceAll(Dataset<Row> rows, String job) {
    return save(lake.ensureExists(table, job), rows, List.of(Map.of()), job);
  }

  /**
   * Replaces the rows of some months.
   *
   * @param months first days of the months, at least one
   * @param rows the columns of the table without the month; all of them in these months
   * @return the rows written
   */
  public long replace(Collection<LocalDate> months, Dataset<Row> rows, String job) {
    List<Map<String, String>> these =
        months.stream().sorted().map(m -> Map.of(TableSpec.MONTH.name(), m.toString())).toList();
    return save(lake.guard().snapshot(table), rows, these, job);
  }

  /**
   * Adds rows, and leaves all others as they are.
   *
   * @param rows the columns of the table without the month; none with the key of one that is there
   * @return the rows written
   */
  public long append(Dataset<Row> rows, String job) {
    return save(lake.guard().snapshot(table), rows, List.of(), job);
  }

  private long save(
      Snapshot newest, Dataset<Row> rows, List<Map<String, String>> months, String job) {
    TableFiles files = lake.guard().files(table, newest);
    SetTransaction next =
        new SetTransaction(
            GENERATION,
            files.transaction(GENERATION) + 1,
            Option.apply(System.currentTimeMillis()));
    Replacement replacement = new Replacement(files, months, List.of(next));
    try {
      OptionalLong written = replacement.commit(rows.select(columns()), lake.stamp().json(job));
      lake.traffic().wrote(table, written);
      return written.orElseThrow();
    } catch (ConcurrentModificationException e) {
      throw new StratifyException(
          e,
          "Cannot %s: another program wrote table %s at the same time. The table is as that left"
              + " it. Run the same command again once it has ended",
          job,
          table);
    }
  }

  private Column[] columns() {
    return table.columns().stream()
        .map(c -> (c.equals(TableSpec.MONTH) ? ofDay() : c.col()).cast(c.type()).as(c.name()))
        .toArray(Column[]::new);
  }
}
