package io.stratify.jobs.cli;

import io.stratify.common.config.Nearest;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.util.List;

/** Tables that are given by their names. */
final class KnownTables {
  private KnownTables() {}

  /**
   * The table of a name.
   *
   * @throws UsageException if there is none
   */
  static TableSpec named(String name) {
    return Tables.ALL.stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException(unknown(name)));
  }

  private static String unknown(String name) {
    List<String> names = Tables.ALL.stream().map(TableSpec::name).toList();
    String meant = Nearest.to(name, names).map(n -> ". Did you mean " + n + "?").orElse(".");
    return "There is no table " + name + meant + " ./stratify tables lists them";
  }
}
