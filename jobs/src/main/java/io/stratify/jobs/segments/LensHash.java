package io.stratify.jobs.segments;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.UsageFeatures;
import io.stratify.jobs.features.FeatureSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells whether a lens is the one that a segmentation was fitted with: what its configuration says,
 * and what its words mean. Another currency makes other money of the same tiers, another window
 * another trend.
 */
final class LensHash {
  /** Features that mean something else than in earlier versions, with the number of the change. */
  private static final Map<String, Integer> MEANINGS =
      Map.of(
          UsageFeatures.SESSION_DEPTH.name(), 1, // without events that belong to no session
          UsageFeatures.SESSION_MINUTES.name(), 1);

  private LensHash() {}

  /** A short hash, the same on every machine. */
  static String of(StratifyConfig config, Lens lens) {
    String own = lens.configuration();
    String words = own + '\n' + lens.parameters();
    StringBuilder text = new StringBuilder(own);
    config.conform().currency().base().ifPresent(base -> text.append("\nmoney in ").append(base));
    for (CustomFeature custom : config.features().custom()) {
      if (names(words, custom.name())) {
        text.append('\n').append(custom.name()).append(" = ").append(custom.sql().sql());
        text.append(" of ").append(custom.table()).append(' ').append(custom.type());
      }
    }
    String settings = FeatureSettings.unusual(config.features(), name -> names(words, name));
    text.append(settings.isEmpty() ? "" : "\n" + settings);
    new TreeMap<>(MEANINGS)
        .forEach((name, n) -> text.append(names(words, name) ? "\n" + name + " " + n : ""));
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 13);
  }

  private static boolean names(String configuration, String feature) {
    return Pattern.compile("\\b" + feature + "\\b").matcher(configuration).find();
  }
}
