package io.stratify.common.config;

import java.util.Optional;

/**
 * How Stratify remembers whom it was told to forget.
 *
 * @param secret key of the hashes that stand for erased customers
 */
public record ErasureConfig(Optional<String> secret) {
  static final Key<Optional<String>> SECRET = Key.optionalText("erasure.secret");
  private static final int SHORTEST = 16;

  /** Checks that the key is hard to guess. */
  public ErasureConfig {
    new Checks()
        .that(
            secret.isEmpty() || secret.get().length() >= SHORTEST,
            SECRET.path(),
            SECRET.path() + " is too short; it must have at least " + SHORTEST + " characters")
        .done();
  }

  @Override
  public String toString() {
    return "ErasureConfig[secret=" + (secret.isPresent() ? Secrets.MASK : "none") + "]";
  }
}
