package io.stratify.jobs.doctor;

import io.stratify.common.StratifyException;
import io.stratify.common.io.OutputRoot;
import io.stratify.common.io.RootLock;
import io.stratify.common.io.RootState;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.doctor.Finding.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;

/**
 * Checks of the output root.
 *
 * @param root the folder, and what is kept there
 */
record RootChecks(OutputRoot root) {
  private static final double GB = 1 << 30;
  private static final double LEAST_GB = 1;
  private static final double FEW_GB = 5;
  private static final Duration SKEW = Duration.ofMinutes(1);

  Answer writable() throws IOException {
    RootState state = root.state();
    String what = state.exists() ? "" : " is not there; the first run makes it";
    try {
      state.probe();
    } catch (IOException | FSError e) { // the latter of a disk that is full
      return Answer.fails(
          root.folder()
              + (state.exists() ? " cannot be written: " : " cannot be made: ")
              + e.getMessage()
              + ". Let this user write there, or choose another --set output.root=FOLDER");
    }
    Optional<String> blind = state.exists() ? root.blind() : Optional.empty();
    return blind
        .map(host -> root.folder() + " is not seen by " + host + ". " + OutputRoot.SHARE)
        .map(Answer::fails)
        .orElseGet(() -> Answer.ok(root.folder() + what));
  }

  Answer space() throws IOException {
    double free = root.state().freeBytes() / GB;
    String found = String.format(Locale.ROOT, "%,.1f GB free", free);
    if (free < LEAST_GB) {
      return Answer.fails(
          found + ". Free at least 1 GB, or choose another --set output.root=FOLDER");
    }
    return free < FEW_GB
        ? Answer.look(found + "; a run writes its tables beside those of before. Free some")
        : Answer.ok(found);
  }

  Answer lock(Instant now) throws IOException {
    Optional<RootLock.Holder> holder = root.state().holder();
    if (holder.isPresent() && !holder.get().dead()) {
      return Answer.fails(
          who(holder.get())
              + " is writing. Wait until it has ended; if it was killed, delete "
              + root.folder()
              + "/_lock");
    }
    Optional<String> reserved = root.lease().reserved(now);
    if (reserved.isPresent()) {
      return Answer.fails(reserved.get());
    }
    return holder
        .map(h -> who(h) + " was killed. Nothing to do: the next command takes its lock over")
        .map(Answer::look)
        .orElseGet(() -> Answer.ok("nobody is writing"));
  }

  private static String who(RootLock.Holder h) {
    return String.format("\"%s\" of run %s (process %s)", h.command(), h.run(), h.process());
  }

  Answer oneWriter(boolean promised) throws IOException {
    if (promised) {
      return Answer.ok("promised by output.only-writer");
    }
    return root.state()
        .unsafe()
        .map(Answer::fails)
        .orElseGet(() -> Answer.ok("of two commands one gets the lock"));
  }

  Answer leftovers() throws IOException {
    RootState state = root.state();
    boolean alive = state.holder().filter(h -> !h.dead()).isPresent();
    boolean notes = !root.journal().notes().isEmpty();
    if (alive || !(state.hasScratch() || notes)) {
      return Answer.ok(alive ? "a run is at work" : "none");
    }
    return Answer.look(
        "a killed run left "
            + (state.hasScratch() ? "results on the way in " + root.scratch() : "its log")
            + ". Nothing to do: the next run "
            + (state.hasScratch() ? "deletes them" : "adds it to run_log"));
  }

  Answer tables() throws IOException {
    RootState state = root.state();
    List<String> problems = new ArrayList<>();
    List<String> earlier = new ArrayList<>();
    for (TableSpec table : Tables.ALL) {
      try {
        if (state.isToBeMigrated(table)) {
          earlier.add(table.name());
        } else {
          state.requireDeclared(table);
        }
      } catch (StratifyException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      return Answer.fails(String.join(" ", problems));
    }
    int there = state.tables().size();
    return earlier.isEmpty()
        ? Answer.ok(there == 0 ? "none yet" : there + ", as they are declared")
        : Answer.look(
            "an earlier version wrote "
                + String.join(", ", earlier)
                + ". Nothing to do: the next run adds their columns, or makes them anew");
  }

  Answer clock(Instant now) throws IOException {
    RootState state = root.state();
    Optional<RootState.Newest> newest = state.newestCommit();
    if (newest.isPresent() && newest.get().at().isAfter(now.plus(SKEW))) {
      return Answer.fails(
          String.format(
              "the newest commit of %s is of %s, which is still to come. Set the clock of this"
                  + " machine (it says %s), or find the one that wrote ahead of time",
              newest.get().table(), newest.get().at(), now));
    }
    Optional<Duration> skew = state.exists() ? state.probe() : Optional.empty();
    if (skew.isPresent() && skew.get().abs().compareTo(SKEW) > 0) {
      return Answer.fails(
          String.format(
              Locale.ROOT,
              "the clock of the storage differs from ours by %d s. Set the clock of this machine",
              skew.get().toSeconds()));
    }
    String last = newest.map(n -> ", the newest commit is of " + n.at()).orElse("");
    return Answer.ok(now.truncatedTo(ChronoUnit.SECONDS) + last);
  }
}
