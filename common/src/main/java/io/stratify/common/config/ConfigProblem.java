package io.stratify.common.config;

import java.util.List;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the key it is about, without the leading {@code stratify}
 * @param message a sentence that names the key, what was found and what is expected
 * @param related other keys that the judgement rests on
 */
public record ConfigProblem(String key, String message, List<String> related) {

  /** Makes the list of related keys immutable. */
  public ConfigProblem {
    related = List.copyOf(related);
  }

  /** A problem that rests on its own key alone. */
  public ConfigProblem(String key, String message) {
    this(key, message, List.of());
  }
}
