package io.stratify.common.config;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A configuration with what a run tells about it.
 *
 * @param config the validated configuration
 * @param values every setting in key order, secrets masked
 * @param hash the same for the same settings, whatever the order of their keys; secrets, places of
 *     output, the log and the session do not count, nor does the as-of date
 * @param partial the same of the settings of which the key is chosen
 * @param secrets hides them
 */
public record LoadedConfig(
    StratifyConfig config,
    List<EffectiveValue> values,
    String hash,
    Function<Predicate<String>, String> partial,
    Secrets secrets) {

  /** Makes the list of values immutable. */
  public LoadedConfig {
    values = List.copyOf(values);
  }

  /** A hash of some of the settings. */
  public String hashOf(Predicate<String> keys) {
    return partial.apply(keys);
  }

  /** A text that may be shown: the secrets of the configuration are masked in it. */
  public String hide(String text) {
    return secrets.hide(text);
  }

  /**
   * The settings as a text table with aligned columns; the value is last because it may be long.
   */
  public String table() {
    EffectiveValue header = new EffectiveValue("KEY", "VALUE", "ORIGIN");
    int keyWidth = width(header, EffectiveValue::key);
    int originWidth = width(header, EffectiveValue::origin);
    return Stream.concat(Stream.of(header), values.stream())
        .map(v -> pad(v.key(), keyWidth) + pad(v.origin(), originWidth) + v.value() + "\n")
        .collect(Collectors.joining());
  }

  private int width(EffectiveValue header, Function<EffectiveValue, String> column) {
    return Stream.concat(Stream.of(header), values.stream())
        .mapToInt(v -> column.apply(v).length())
        .max()
        .orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
