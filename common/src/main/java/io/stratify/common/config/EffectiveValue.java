package io.stratify.common.config;

/**
 * A setting as it counts, for people: secrets are masked.
 *
 * @param key path without the leading {@code stratify}
 * @param value value as JSON
 * @param origin {@code reference.conf:LINE}, {@code FILE:LINE}, {@code --set} or {@code
 *     environment}
 */
public record EffectiveValue(String key, String value, String origin) {}
