package io.stratify.jobs.endtoend;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.jobs.serving.Views;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Reads all {@code current_*} views below a root in one query, again and again. */
final class PollingReader implements AutoCloseable {
  private static final int PAUSE_MS = 3_000;

  private final Path root;
  private final IntSupplier when;
  private final List<Reading> readings = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::poll, "reader");
  private volatile boolean done;

  private PollingReader(Path root, IntSupplier when) {
    this.root = root;
    this.when = when;
  }

  /**
   * What one query returned.
   *
   * @param from number of the command that was at work when it began
   * @param to the same when it had ended
   * @param snapshots as-of dates and revisions of all rows
   * @param rows of every view
   */
  record Reading(int from, int to, Set<String> snapshots, Map<String, List<String>> rows) {}

  /**
   * Begins to read.
   *
   * @param when says the number of the command at work
   */
  static PollingReader start(Path root, IntSupplier when) {
    PollingReader reader = new PollingReader(root, when);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  private void poll() {
    try {
      while (!done) {
        readings.add(read(root, when));
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One query. */
  static Reading read(Path root, IntSupplier when) {
    int begin = when.getAsInt();
    Lake lake = new Lake(SharedSpark.session(), root.toString(), new CommitStamp("r", "h", "v"));
    String all =
        Views.all(lake).stream()
            .filter(v -> v.name().startsWith("current_"))
            .map(
                v ->
                    "SELECT '"
                        + v.name()
                        + "', concat(as_of, ' ', revision), to_json(struct(*)) FROM ("
                        + v.select()
                        + ")")
            .collect(Collectors.joining(" UNION ALL "));
    Set<String> snapshots = new TreeSet<>();
    Map<String, List<String>> rows = new TreeMap<>();
    for (Row row : SharedSpark.session().sql(all).collectAsList()) {
      snapshots.add(row.getString(1));
      rows.computeIfAbsent(row.getString(0), v -> new ArrayList<>()).add(row.getString(2));
    }
    rows.values().forEach(java.util.Collections::sort);
    return new Reading(begin, when.getAsInt(), snapshots, rows);
  }

  /** Ends; what was read. */
  List<Reading> stop() throws InterruptedException {
    done = true;
    thread.join();
    return readings;
  }

  @Override
  public void close() {
    done = true;
  }
}
