package io.stratify.jobs.erasure;

import io.stratify.common.tables.TableSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an erasure did.
 *
 * @param given the ids that were given
 * @param ids these, and every other id of the same persons
 * @param first those that were not erased before
 * @param tables what was removed from every table that names customers
 */
public record ErasureReport(
    Set<String> given, Set<String> ids, Set<String> first, List<Erased> tables) {

  /**
   * What was removed from one table.
   *
   * @param rows rows deleted
   * @param files files deleted from the disk: those with the rows, and those of older versions
   * @param found the ids that the rows named
   */
  public record Erased(TableSpec table, long rows, int files, Set<String> found) {}

  /** Makes the collections immutable. */
  public ErasureReport {
    given = Set.copyOf(given);
    ids = Set.copyOf(ids);
    first = Set.copyOf(first);
    tables = List.copyOf(tables);
  }

  /** Rows deleted from all tables. */
  public long rows() {
    return tables.stream().mapToLong(Erased::rows).sum();
  }

  /** Files deleted from the disk. */
  public int files() {
    return tables.stream().mapToInt(Erased::files).sum();
  }

  /** The ids given for the first time that no table named. */
  public Set<String> nowhere() {
    Set<String> nowhere = new TreeSet<>(given);
    nowhere.retainAll(first);
    tables.forEach(t -> nowhere.removeAll(t.found()));
    return nowhere;
  }

  /** The ids given that were erased before. */
  public Set<String> before() {
    Set<String> before = new TreeSet<>(given);
    before.removeAll(first);
    return before;
  }
}
