package io.stratify.common.config;

import java.util.List;
import java.util.stream.Collectors;

/** Refuses the values of one configuration record, with everything that is wrong with them. */
public final class InvalidConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** Creates the exception; its message has one line per problem. */
  public InvalidConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::message).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, never empty. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
