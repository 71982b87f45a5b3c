package io.stratify.common.config;

import java.util.List;

/** Says everything that is wrong with the configuration files and the command line of a run. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Creates the exception from one line per problem. */
  public ConfigException(List<String> problems) {
    super(
        "Cannot read the configuration: "
            + problems.size()
            + (problems.size() == 1 ? " problem\n" : " problems\n")
            + String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line per problem: where, what, and what to do. */
  public List<String> problems() {
    return problems;
  }
}
