package io.stratify.common.config;

/**
 * A value of the configuration that the command line gives.
 *
 * @param option which its user wrote, e.g. {@code --set} or {@code --back}
 * @param key which may leave out the leading {@code stratify}
 * @param value as text
 */
public record Setting(String option, String key, String value) {
  /** One of {@code --set}. */
  public static Setting set(String key, String value) {
    return new Setting(Origin.SET, key, value);
  }
}
