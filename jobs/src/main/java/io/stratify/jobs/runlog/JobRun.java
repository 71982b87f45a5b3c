package io.stratify.jobs.runlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.RunLog;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * One job of a run: a row of {@code run_log}, whose columns say what each part means.
 *
 * @param settings hash of the {@link JobSettings} of the job
 * @param error first line of the error, of a job that failed
 */
record JobRun(
    String runId,
    String job,
    int place,
    int jobs,
    LocalDate asOf,
    int revision,
    Instant startedAt,
    Instant endedAt,
    String status,
    Map<String, Long> rowsIn,
    Map<String, Long> rowsOut,
    Map<String, Long> versionsRead,
    Map<String, Long> versionsWritten,
    String configHash,
    Optional<String> settings,
    String version,
    long peakHeapMb,
    Optional<String> error) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  /** Those of all runs in no order, also what a killed run has only noted. */
  static Stream<JobRun> all(Lake lake, String reader) {
    return Stream.concat(
        lake.readIfThere(RunLog.TABLE, reader).collectAsList().stream().map(JobRun::of),
        lake.output().journal().notes().values().stream().flatMap(n -> of(n).stream()));
  }

  /** Whether it was to publish a snapshot. */
  boolean isOf(Snapshot snapshot) {
    return asOf.equals(snapshot.asOf()) && revision == snapshot.revision();
  }

  /** How long it took. */
  Duration took() {
    return Duration.between(startedAt, endedAt);
  }

  /** The row of the table. */
  Row row() {
    return RowFactory.create(
        runId,
        job,
        place,
        jobs,
        Date.valueOf(asOf),
        revision,
        Timestamp.from(startedAt),
        Timestamp.from(endedAt),
        status,
        rowsIn,
        rowsOut,
        versionsRead,
        versionsWritten,
        configHash,
        settings.orElse(null),
        version,
        peakHeapMb,
        error.orElse(null));
  }

  /** From a row of the table. */
  static JobRun of(Row r) {
    return new JobRun(
        RunLog.RUN_ID.text(r),
        RunLog.JOB.text(r),
        r.<Integer>getAs(RunLog.PLACE.name()),
        r.<Integer>getAs(RunLog.JOBS.name()),
        r.<Date>getAs(RunLog.AS_OF.name()).toLocalDate(),
        r.<Integer>getAs(RunLog.REVISION.name()),
        r.<Timestamp>getAs(RunLog.STARTED_AT.name()).toInstant(),
        r.<Timestamp>getAs(RunLog.ENDED_AT.name()).toInstant(),
        RunLog.STATUS.text(r),
        counts(r, RunLog.ROWS_IN.name()),
        counts(r, RunLog.ROWS_OUT.name()),
        counts(r, RunLog.VERSIONS_READ.name()),
        counts(r, RunLog.VERSIONS_WRITTEN.name()),
        RunLog.CONFIG_HASH.text(r),
        Optional.ofNullable(RunLog.SETTINGS_HASH.text(r)),
        RunLog.APPLICATION_VERSION.text(r),
        r.<Long>getAs(RunLog.PEAK_HEAP_MB.name()),
        Optional.ofNullable(RunLog.ERROR.text(r)));
  }

  private static Map<String, Long> counts(Row r, String column) {
    return r.getJavaMap(r.fieldIndex(column));
  }

  /** As a note for the run that finds it. */
  String note() {
    ObjectNode note =
        JSON.createObjectNode()
            .put(RunLog.RUN_ID.name(), runId)
            .put(RunLog.JOB.name(), job)
            .put(RunLog.PLACE.name(), place)
            .put(RunLog.JOBS.name(), jobs)
            .put(RunLog.AS_OF.name(), asOf.toString())
            .put(RunLog.REVISION.name(), revision)
            .put(RunLog.STARTED_AT.name(), startedAt.toString())
            .put(RunLog.ENDED_AT.name(), endedAt.toString())
            .put(RunLog.STATUS.name(), status)
            .put(RunLog.CONFIG_HASH.name(), configHash)
            .put(RunLog.APPLICATION_VERSION.name(), version)
            .put(RunLog.PEAK_HEAP_MB.name(), peakHeapMb);
    note.set(RunLog.ROWS_IN.name(), JSON.valueToTree(rowsIn));
    note.set(RunLog.ROWS_OUT.name(), JSON.valueToTree(rowsOut));
    note.set(RunLog.VERSIONS_READ.name(), JSON.valueToTree(versionsRead));
    note.set(RunLog.VERSIONS_WRITTEN.name(), JSON.valueToTree(versionsWritten));
    settings.ifPresent(s -> note.put(RunLog.SETTINGS_HASH.name(), s));
    error.ifPresent(e -> note.put(RunLog.ERROR.name(), e));
    return note.toString();
  }

  /** From a note; nothing where it was cut off when the run was killed. */
  static Optional<JobRun> of(String note) {
    try {
      JsonNode n = JSON.readTree(note);
      return n == null || !n.isObject() ? Optional.empty() : Optional.of(of(n));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JobRun of(JsonNode n) {
    return new JobRun(
        n.path(RunLog.RUN_ID.name()).asText(),
        n.path(RunLog.JOB.name()).asText(),
        n.path(RunLog.PLACE.name()).asInt(),
        n.path(RunLog.JOBS.name()).asInt(),
        LocalDate.parse(n.path(RunLog.AS_OF.name()).asText()),
        n.path(RunLog.REVISION.name()).asInt(),
        Instant.parse(n.path(RunLog.STARTED_AT.name()).asText()),
        Instant.parse(n.path(RunLog.ENDED_AT.name()).asText()),
        n.path(RunLog.STATUS.name()).asText(),
        JSON.convertValue(n.path(RunLog.ROWS_IN.name()), COUNTS),
        JSON.convertValue(n.path(RunLog.ROWS_OUT.name()), COUNTS),
        JSON.convertValue(n.path(RunLog.VERSIONS_READ.name()), COUNTS),
        JSON.convertValue(n.path(RunLog.VERSIONS_WRITTEN.name()), COUNTS),
        n.path(RunLog.CONFIG_HASH.name()).asText(),
        Optional.ofNullable(n.path(RunLog.SETTINGS_HASH.name()).asText(null)),
        n.path(RunLog.APPLICATION_VERSION.name()).asText(),
        n.path(RunLog.PEAK_HEAP_MB.name()).asLong(),
        Optional.ofNullable(n.path(RunLog.ERROR.name()).asText(null)));
  }
}
