package io.stratify.common.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the values of one record, so that it is refused once for all. */
final class Checks {
  private final List<ConfigProblem> problems = new ArrayList<>();

  /** Holds a value against the declaration of its key. */
  <T> Checks check(Key<T> key, T value) {
    return that(key.valid().test(value), key.path(), key.refusal(Values.show(value)));
  }

  /** Holds any other rule; a broken one names the keys that it rests on. */
  Checks that(boolean holds, String key, String message, String... related) {
    if (!holds) {
      problems.add(new ConfigProblem(key, message, List.of(related)));
    }
    return this;
  }

  Checks all(List<ConfigProblem> found) {
    problems.addAll(found);
    return this;
  }

  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  void done() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }
}
