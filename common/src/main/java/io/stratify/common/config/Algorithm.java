package io.stratify.common.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An algorithm that finds clusters. */
public enum Algorithm {
  /** Centres of least squared distance. */
  KMEANS,
  /** Normal distributions of greatest likelihood. */
  GAUSSIAN_MIXTURE,
  /** Centres found by cutting clusters in two. */
  BISECTING_KMEANS;

  /** All names, as configurations and tables write them. */
  public static final List<String> NAMES = Arrays.stream(values()).map(Algorithm::label).toList();

  /** The name for people and for configurations. */
  public String label() {
    return ConfigText.word(this);
  }

  /** The algorithm of a name, if it is one. */
  public static Optional<Algorithm> of(String name) {
    return Arrays.stream(values()).filter(a -> a.label().equals(name)).findFirst();
  }
}
