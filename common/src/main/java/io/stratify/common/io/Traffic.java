package io.stratify.common.io;

import io.stratify.common.tables.TableSpec;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Remembers which tables were read and written, for the log of runs. It costs no query: the version
 * of a table was just looked up by whoever reads it, and the commit of that version tells the rows.
 */
public final class Traffic {
  /**
   * What went one way, by name of the table.
   *
   * @param versions Delta version, the last where there were several
   * @param rows rows, where they are known
   */
  public record Flow(Map<String, Long> versions, Map<String, Long> rows) {
    private Flow() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    /** Without changes. */
    private Flow frozen() {
      return new Flow(Map.copyOf(versions), Map.copyOf(rows));
    }
  }

  /** What was read and what was written. */
  public record Taken(Flow read, Flow written) {
    /** Nothing either way. */
    public static final Taken NOTHING = new Taken(new Flow().frozen(), new Flow().frozen());
  }

  private record Look(long version, Optional<Snapshot> slice) {}

  private final TableGuard guard;
  private final Map<TableSpec, Look> looks = new java.util.LinkedHashMap<>();
  private Flow written = new Flow();

  Traffic(TableGuard guard) {
    this.guard = guard;
  }

  /** A look at all rows of a table, or at those of a slice. */
  synchronized void read(TableSpec table, Optional<Snapshot> slice) {
    Look before = looks.get(table);
    boolean whole = slice.isEmpty() || (before != null && before.slice().isEmpty());
    looks.put(table, new Look(guard.knownVersion(table), whole ? Optional.empty() : slice));
  }

  /** A commit that wrote rows, or did something else. */
  synchronized void wrote(TableSpec table, OptionalLong rows) {
    written.versions().put(table.name(), guard.knownVersion(table));
    rows.ifPresent(n -> written.rows().merge(table.name(), n, Long::sum));
  }

  /** A write of no rows that made no commit. */
  synchronized void unchanged(TableSpec table) {
    written.rows().merge(table.name(), 0L, Long::sum);
  }

  /** All since the last time this was asked. */
  public synchronized Taken take() {
    Flow read = new Flow();
    looks.forEach(
        (table, look) -> {
          read.versions().put(table.name(), look.version());
          guard
              .commit(table, look.version())
              .rowsOf(table, look.slice())
              .ifPresent(n -> read.rows().put(table.name(), n));
        });
    Taken taken = new Taken(read.frozen(), written.frozen());
    looks.clear();
    written = new Flow();
    return taken;
  }
}
