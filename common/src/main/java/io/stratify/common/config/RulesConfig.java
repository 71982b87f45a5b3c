package io.stratify.common.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lens of conditions over features. A customer is in the segment of the first condition that
 * holds.
 *
 * @param name name of the lens
 * @param enabled whether the lens is computed
 * @param rules the conditions in their order
 * @param other name of the segment {@code other} of those for whom none holds; empty where one
 *     holds for everybody
 * @param origin file and line
 */
public record RulesConfig(
    String name, boolean enabled, List<Rule> rules, Optional<String> other, String origin)
    implements LensConfig {
  /** Id of the segment of those for whom no condition holds. */
  public static final String OTHER = "other";

  /**
   * One condition.
   *
   * @param id id within the lens
   * @param name name for people
   * @param when SQL over the columns of {@code customer_features}
   */
  public record Rule(String id, String name, SqlExpression when) {
    static final String PATH = LensConfig.path("*") + ".rules[]";
    static final Key<String> ID =
        Key.matching(
            PATH + ".id", "lower-case letters, digits and hyphens such as high", LensConfig.NAME);
    static final Key<String> NAME = Key.text(PATH + ".name", "a name for people");
    static final Key<String> WHEN = Key.sql(PATH + ".when", "an SQL condition");

    /** Checks each value. */
    public Rule {
      new Checks().check(ID, id).check(NAME, name).done();
    }
  }

  /** Checks that there are rules and that no id stands for two segments. */
  public RulesConfig {
    rules = List.copyOf(rules);
    String key = LensConfig.path(name) + ".rules";
    List<String> ids =
        Stream.concat(rules.stream().map(Rule::id), other.stream().map(o -> OTHER)).toList();
    new Checks()
        .that(!rules.isEmpty(), key, key + " is empty; it must have at least 1 rule")
        .all(Ids.repeated(key, ids))
        .done();
  }

  static Key<Optional<String>> other(String path) {
    return Key.optionalText(path + ".other");
  }
}
