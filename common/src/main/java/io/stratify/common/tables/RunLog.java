package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;

/** What every job of every run did. */
public final class RunLog {
  /** The job did what it was to do. */
  public static final String DONE = "done";

  /** It stopped with an error. */
  public static final String FAILED = "failed";

  /**
   * It did all, but a gate failed: a lens kept its champion, or has none and is provisional or left
   * out.
   */
  public static final String GATE_FAILED = "gate failed";

  /** It did all, and says that a lens should be refitted. */
  public static final String REFIT_PROPOSED = "refit proposed";

  /** It began, and was not heard of again. */
  public static final String KILLED = "killed";

  private static final MapType COUNTS = DataTypes.createMapType(StringType, LongType, false);

  private static final TableSpec.Builder T =
      TableSpec.appended(
          "run_log",
          "One job of a run, also of one that failed (stratify runs); the jobs of a run that is"
              + " killed are added by the next run.");

  /** {@code run_id}. */
  public static final ColumnSpec RUN_ID = T.key("run_id", StringType, "id of the run");

  /** {@code job}. */
  public static final ColumnSpec JOB = T.key("job", StringType, "name of the job");

  /** {@code place}. */
  public static final ColumnSpec PLACE =
      T.required("place", IntegerType, "place of the job in the run, from 1");

  /** {@code jobs}. */
  public static final ColumnSpec JOBS =
      T.required("jobs", IntegerType, "jobs that the run was to do, this one included");

  /** {@code as_of}. */
  public static final ColumnSpec AS_OF = T.required("as_of", DateType, "as-of date of the run");

  /** {@code revision}. */
  public static final ColumnSpec REVISION =
      T.required(
          "revision",
          IntegerType,
          "revision that the run was to publish; see publication for whether it did");

  /** {@code started_at}. */
  public static final ColumnSpec STARTED_AT =
      T.key(
          "started_at",
          TimestampType,
          "when the job began: one that is tried again in its run has a row for each time");

  /** {@code ended_at}. */
  public static final ColumnSpec ENDED_AT =
      T.required(
          "ended_at",
          TimestampType,
          "when it ended, well or not; of a job that was killed, when it began");

  /** {@code status}. */
  public static final ColumnSpec STATUS =
      T.requiredOneOf(
          "status",
          List.of(DONE, GATE_FAILED, REFIT_PROPOSED, FAILED, KILLED),
          "done; gate failed: done, but a gate failed; refit proposed: done, and a lens should be"
              + " refitted; failed; killed: it began, and was not heard of again");

  /** {@code rows_in}. */
  public static final ColumnSpec ROWS_IN =
      T.required(
          "rows_in",
          COUNTS,
          "rows read per table, where its Delta log tells them; of a source as source.INPUT");

  /** {@code rows_out}. */
  public static final ColumnSpec ROWS_OUT =
      T.required("rows_out", COUNTS, "rows written per table; deletions are not counted");

  /** {@code versions_read}. */
  public static final ColumnSpec VERSIONS_READ =
      T.required(
          "versions_read", COUNTS, "Delta version per table that was read, the last if several");

  /** {@code versions_written}. */
  public static final ColumnSpec VERSIONS_WRITTEN =
      T.required(
          "versions_written",
          COUNTS,
          "Delta version per table that was written, the last if several");

  /** {@code config_hash}. */
  public static final ColumnSpec CONFIG_HASH =
      T.required(
          "config_hash", StringType, "hash of the configuration of the run, as in the commits");

  /** {@code settings_hash}. */
  public static final ColumnSpec SETTINGS_HASH =
      T.column(
          "settings_hash",
          StringType,
          "hash of the settings that decide what conform, features or segments hands on (inputs,"
              + " conform and consent; features; all of these); empty of other jobs");

  /** {@code application_version}. */
  public static final ColumnSpec APPLICATION_VERSION =
      T.required("application_version", StringType, "version of Stratify");

  /** {@code peak_heap_mb}. */
  public static final ColumnSpec PEAK_HEAP_MB =
      T.required(
          "peak_heap_mb",
          LongType,
          "most heap of the driver in use during the job, garbage included; MB");

  /** {@code error}. */
  public static final ColumnSpec ERROR =
      T.column("error", StringType, "first line of the error, without secrets and rows of data");

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private RunLog() {}
}
