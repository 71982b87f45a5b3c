package io.stratify.jobs;

import java.util.Map;

/** What a job did. */
public interface JobResult {
  /** One sentence, with numbers, for a person on call. */
  String sentence();

  /** Rows that it read elsewhere than in tables, by {@code source.INPUT}. */
  default Map<String, Long> rowsIn() {
    return Map.of();
  }

  /** Whether a gate failed, so that a champion was kept. */
  default boolean gateFailed() {
    return false;
  }

  /** Whether the measures of a lens say that it should be refitted. */
  default boolean refitProposed() {
    return false;
  }
}
