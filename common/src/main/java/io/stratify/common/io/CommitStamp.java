package io.stratify.common.io;

import java.util.Locale;

/**
 * What every Delta commit says about its origin, in {@code userMetadata}.
 *
 * @param runId run that wrote
 * @param configHash hash of the configuration of the run
 * @param version application version
 */
public record CommitStamp(String runId, String configHash, String version) {
  /** The stamp as JSON. */
  public String json(String job) {
    return String.format(
        Locale.ROOT,
        "{\"run\":\"%s\",\"job\":\"%s\",\"config\":\"%s\",\"stratify\":\"%s\"}",
        runId,
        job,
        configHash,
        version);
  }
}
