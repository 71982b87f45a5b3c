package io.stratify.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of an input are the same row.
 *
 * @param deduplicate which rows count once
 * @param key canonical columns that identify a row; empty for those of the table
 * @param latestBy what orders the rows of one key, the highest being the latest; empty for the time
 *     of the table
 */
public record RowIdentity(
    Deduplicate deduplicate, List<String> key, Optional<SqlExpression> latestBy) {
  /** Equal rows count once, the key is that of the table. */
  public static final RowIdentity DEFAULT =
      new RowIdentity(Deduplicate.EXACT, List.of(), Optional.empty());

  /** Makes the key immutable. */
  public RowIdentity {
    key = List.copyOf(key);
  }

  /**
   * What lets two rows of an input have one key where no two may.
   *
   * @param table name of the input
   * @param wanted the columns of which no two rows may have the same
   * @param why who finds rows by them
   */
  List<ConfigProblem> sharing(String table, List<String> wanted, String why) {
    List<ConfigProblem> problems = new ArrayList<>();
    String reason = ", but " + why + " by " + String.join(", ", wanted);
    if (deduplicate == Deduplicate.NONE) {
      String path = InputConfig.deduplicate(table).path();
      problems.add(
          new ConfigProblem(path, path + " is none" + reason + "; it must be exact or latest"));
    }
    if (!key.isEmpty() && !Set.copyOf(key).equals(Set.copyOf(wanted))) {
      String path = InputConfig.rowKey(table).path();
      problems.add(
          new ConfigProblem(
              path,
              path
                  + " is "
                  + Values.show(key)
                  + reason
                  + "; leave it out, and where those repeat map them to expressions that do not"));
    }
    return problems;
  }
}
