package io.stratify.common.config;

import java.util.Map;

/**
 * When a new segmentation may be published.
 *
 * @param gates gates of the lenses of clusters
 * @param ofLens gates of the lenses that say some for themselves, by their names
 * @param evidence how much evidence there is
 * @param unmeasured what becomes of a gate whose figure cannot be measured
 * @param proposals what becomes of proposals to merge or to retire segments
 * @param publishProvisional whether a lens's first segmentation is published although a gate failed
 * @param health when a refit of a published one is proposed
 */
public record ValidationConfig(
    GatesConfig gates,
    Map<String, GatesConfig> ofLens,
    EvidenceConfig evidence,
    Unmeasured unmeasured,
    Proposals proposals,
    boolean publishProvisional,
    HealthConfig health) {
  static final String PATH = "validation";
  static final Key<Unmeasured> UNMEASURED = Key.oneOf(PATH + ".not-measurable", Unmeasured.class);
  static final Key<Proposals> PROPOSALS = Key.oneOf(PATH + ".proposals", Proposals.class);
  static final Key<Boolean> PUBLISH_PROVISIONAL = Key.flag(PATH + ".publish-provisional");

  /** What becomes of a gate whose figure cannot be measured. */
  public enum Unmeasured {
    /** The run says so; the gate blocks nothing. */
    REPORT,
    /** The gate fails. */
    FAIL
  }

  /** What becomes of proposals to merge or to retire segments. */
  public enum Proposals {
    /** People decide, in {@code segment_names}. */
    MANUAL,
    /** The run does what it proposes. */
    AUTOMATIC
  }

  /** Makes the map immutable. */
  public ValidationConfig {
    ofLens = Map.copyOf(ofLens);
  }

  /** The gates of a lens. */
  public GatesConfig gates(String lens) {
    return ofLens.getOrDefault(lens, gates);
  }

  /** Where the keys of the gates of one lens are. */
  static String path(String lens) {
    return PATH + ".lenses." + lens;
  }
}
