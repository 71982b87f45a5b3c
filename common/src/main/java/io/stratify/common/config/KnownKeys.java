package io.stratify.common.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The keys below one key that the reader has asked for; that is what makes a key known. */
final class KnownKeys {
  /** Stands for every element of a list. */
  static final String ELEMENT = "[]";

  private final Map<String, KnownKeys> children = new TreeMap<>();
  private boolean free;

  /** Makes a key known. */
  KnownKeys child(String name) {
    return children.computeIfAbsent(name, n -> new KnownKeys());
  }

  Optional<KnownKeys> find(String name) {
    return Optional.ofNullable(children.get(name));
  }

  Set<String> names() {
    return children.keySet();
  }

  Map<String, KnownKeys> children() {
    return children;
  }

  /** Lets everything below this key pass. */
  void allowAny() {
    free = true;
  }

  boolean allowsAny() {
    return free;
  }
}
