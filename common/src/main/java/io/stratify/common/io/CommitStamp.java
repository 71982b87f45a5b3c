package io.stratify.common.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * What every Delta commit says about its origin, in {@code userMetadata}.
 *
 * @param runId run that wrote
 * @param configHash hash of the configuration of the run
 * @param version application version
 * @param snapshot what the run describes; empty for commands that describe nothing
 */
public record CommitStamp(
    String runId, String configHash, String version, Optional<Snapshot> snapshot) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROWS = "rows";

  /** Of a command that describes nothing. */
  public CommitStamp(String runId, String configHash, String version) {
    this(runId, configHash, version, Optional.empty());
  }

  /** The same of a run that describes a snapshot. */
  CommitStamp of(Snapshot described) {
    return new CommitStamp(runId, configHash, version, Optional.of(described));
  }

  /** The stamp as JSON. */
  public String json(String job) {
    return node(job).toString();
  }

  /** The stamp of a commit of which Delta does not count the rows. */
  String json(String job, long rows) {
    return node(job).put(ROWS, rows).toString();
  }

  /** What a stamp says, nothing where it is none of ours. */
  static JsonNode parse(String userMetadata) {
    try {
      JsonNode stamp = JSON.readTree(userMetadata == null ? "{}" : userMetadata);
      return stamp == null || !stamp.isObject() ? JSON.createObjectNode() : stamp;
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private ObjectNode node(String job) {
    ObjectNode stamp =
        JSON.createObjectNode()
            .put("run", runId)
            .put("job", job)
            .put("config", configHash)
            .put("stratify", version);
    snapshot.ifPresent(s -> stamp.put("as_of", s.asOf().toString()).put("revision", s.revision()));
    return stamp;
  }
}
