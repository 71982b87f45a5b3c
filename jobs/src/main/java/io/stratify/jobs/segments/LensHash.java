package io.stratify.jobs.segments;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells whether a lens is the one that a segmentation was fitted with: what its configuration says,
 * and what its words mean. Another currency makes other money of the same tiers.
 */
final class LensHash {
  private LensHash() {}

  /** A short hash, the same on every machine. */
  static String of(StratifyConfig config, Lens lens) {
    String own = lens.configuration();
    StringBuilder text = new StringBuilder(own);
    config.conform().currency().base().ifPresent(base -> text.append("\nmoney in ").append(base));
    for (CustomFeature custom : config.features().custom()) {
      if (Pattern.compile("\\b" + custom.name() + "\\b").matcher(own).find()) {
        text.append('\n').append(custom.name()).append(" = ").append(custom.sql().sql());
      }
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 13);
  }
}
