package io.stratify.jobs.segments;

import java.util.Map;

/**
 * What a segmentation was made from.
 *
 * @param parameters the configuration of its lens, as text
 * @param dataVersions version of every Delta table that the fit read, by table
 */
public record Provenance(String parameters, Map<String, Long> dataVersions) {
  /** Makes the map immutable. */
  public Provenance {
    dataVersions = Map.copyOf(dataVersions);
  }
}
