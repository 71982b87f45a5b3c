package io.stratify.common.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rule that a list names nothing twice. */
final class Ids {
  private Ids() {}

  static List<ConfigProblem> repeated(String key, List<String> ids) {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (String id : ids) {
      if (!seen.add(id)) {
        repeated.add(id);
      }
    }
    List<ConfigProblem> problems = new ArrayList<>();
    for (String id : repeated) {
      problems.add(
          new ConfigProblem(
              key, key + " has " + Values.show(id) + " more than once; each must be unique"));
    }
    return problems;
  }
}
