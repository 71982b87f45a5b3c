package io.stratify.common.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * One commit of a table, with what its stamp says; texts are empty where nothing is known, as of a
 * commit that another program made.
 *
 * @param version Delta version
 * @param at when
 * @param operation what Delta calls it
 * @param written rows that it added or changed, where Delta or the stamp tells them
 * @param removed rows that it deleted, where Delta tells them; rows replaced by others are not told
 * @param run run that wrote
 * @param job job of the run
 * @param config hash of its configuration
 * @param snapshot as-of date and revision of the run
 */
public record CommitRow(
    long version,
    Instant at,
    String operation,
    OptionalLong written,
    OptionalLong removed,
    String run,
    String job,
    String config,
    String snapshot) {

  private static final String MERGE = "MERGE";

  /** Of a row of Delta's history. */
  static CommitRow of(Row r) {
    JsonNode stamp = CommitStamp.parse(r.getAs("userMetadata"));
    Map<String, String> metrics =
        Optional.<Map<String, String>>ofNullable(
                r.isNullAt(r.fieldIndex("operationMetrics"))
                    ? null
                    : r.getJavaMap(r.fieldIndex("operationMetrics")))
            .orElse(Map.of());
    String revision = stamp.path("revision").asText();
    return new CommitRow(
        r.<Long>getAs("version"),
        r.<Timestamp>getAs("timestamp").toInstant(),
        r.getAs("operation"),
        written(r.getAs("operation"), metrics, stamp),
        sum(metrics, "numDeletedRows", "numTargetRowsDeleted"),
        stamp.path("run").asText(),
        stamp.path("job").asText(),
        stamp.path("config").asText(),
        stamp.path("as_of").asText() + (revision.isEmpty() ? "" : " revision " + revision));
  }

  private static OptionalLong written(
      String operation, Map<String, String> metrics, JsonNode stamp) {
    if (stamp.has("rows")) {
      return OptionalLong.of(stamp.path("rows").asLong());
    }
    return operation.equals(MERGE) // whose output is also what it copied as it was
        ? sum(metrics, "numTargetRowsInserted", "numTargetRowsUpdated")
        : sum(metrics, "numOutputRows");
  }

  private static OptionalLong sum(Map<String, String> metrics, String... names) {
    List<String> told = Stream.of(names).filter(metrics::containsKey).toList();
    return told.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(told.stream().mapToLong(n -> Long.parseLong(metrics.get(n))).sum());
  }
}
