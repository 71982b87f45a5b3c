package io.stratify.common.io;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stratify.common.StratifyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Keeps together a run whose jobs are commands of their own: a file below the root that says whose
 * turn it is while no command is at work. Other commands wait for the run; once it has been idle
 * for too long they go ahead, and what is left of it refuses, since the tables are no longer its
 * own. All of this happens under the {@link RootLock}.
 */
public final class RunLease {
  /** The file below the root. */
  static final String FILE = "_run";

  /** How long a run may do nothing between two of its commands before others go ahead. */
  static final Duration PATIENCE = Duration.ofHours(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A command that is one part of a run.
   *
   * @param run id of the run, the same in all of its commands
   * @param asOf as-of date of the run, as text
   * @param first whether it begins the run
   * @param last whether it ends the run
   */
  public record Part(String run, String asOf, boolean first, boolean last) {}

  /** Whose turn it is, and since when. */
  private record Holder(String run, String asOf, Instant since) {}

  private final FileSystem files;
  private final Path file;

  RunLease(FileSystem files, Path root) {
    this.files = files;
    this.file = new Path(root, FILE);
  }

  /** The run whose turn it is. */
  public Optional<String> run() {
    return read().map(Holder::run);
  }

  /**
   * Goes ahead of any run that is idle for too long, and ends it.
   *
   * @param work name of the command that is about to write
   * @throws StratifyException if a run is between two of its commands
   */
  public void yieldOrEnd(String work, Instant now) {
    Optional<Holder> holder = read();
    holder.ifPresent(h -> refuseWhileFresh(h, work, now));
    end();
  }

  /**
   * Begins or goes on with a run.
   *
   * @param work name of the command that is about to write
   * @throws StratifyException if it is the turn of another run, or no longer that of this one
   */
  public void enter(Part part, String work, Instant now) {
    Optional<Holder> holder = read();
    boolean ours = holder.filter(h -> h.run().equals(part.run())).isPresent();
    if (part.first()) {
      holder.filter(h -> !ours).ifPresent(h -> refuseWhileFresh(h, work, now));
    } else if (!ours) {
      throw new StratifyException(
          "Cannot %s as a part of run %s: %s. The tables are no longer as it left them. Nothing was"
              + " done. Begin the run again with its first job",
          work,
          part.run(),
          holder
              .map(h -> "run " + h.run() + " has begun since")
              .orElse("it was not begun, has ended, or another command has written since"));
    } else if (!holder.get().asOf().equals(part.asOf())) {
      throw new StratifyException(
          "Cannot %s as a part of run %s: its as-of date is %s, not %s. Nothing was done. Give all"
              + " commands of a run the same --as-of",
          work, part.run(), holder.get().asOf(), part.asOf());
    }
    hold(part);
  }

  /**
   * Does the work of a part and renews the turn meanwhile, so that the time after which others go
   * ahead counts from when the part was last heard of.
   *
   * @param every how often
   */
  public <T> T renewed(Part part, Duration every, Supplier<T> work) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            ticking -> {
              Thread thread = new Thread(ticking, "turn of " + part.run());
              thread.setDaemon(true);
              return thread;
            });
    AtomicBoolean done = new AtomicBoolean();
    ScheduledFuture<?> renewals =
        clock.scheduleAtFixedRate(
            () -> renew(part, done), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    try {
      T result = work.get();
      done.set(true);
      return result;
    } finally {
      renewals.cancel(false);
      end(clock);
    }
  }

  private void renew(Part part, AtomicBoolean done) {
    try {
      hold(part);
      if (done.get() && part.last() && run().equals(Optional.of(part.run()))) {
        end(); // the store took so long that the run has ended meanwhile
      }
    } catch (RuntimeException | FSError e) { // the next time may do
      return;
    }
  }

  /** Waits for a renewal that is on its way: afterwards the file may go. */
  private static void end(ScheduledExecutorService clock) {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a part that failed: the time in which it can be given again counts from now. */
  public void keep(Part part) {
    hold(part);
  }

  /** After the work of a part: the last one ends the run, any other keeps the turn. */
  public void leave(Part part) {
    if (part.last()) {
      end();
    } else {
      hold(part);
    }
  }

  /**
   * Why nobody but the run whose turn it is may write now, and what to do; nothing if it is free.
   */
  public Optional<String> reserved(Instant now) {
    return read().filter(h -> isFresh(h, now)).map(h -> between(h) + ". " + waiting());
  }

  private void refuseWhileFresh(Holder holder, String work, Instant now) {
    if (isFresh(holder, now)) {
      throw new StratifyException(
          "Cannot %s: %s. Nothing was done. %s", work, between(holder), waiting());
    }
  }

  private static boolean isFresh(Holder holder, Instant now) {
    return Duration.between(holder.since(), now).compareTo(PATIENCE) < 0;
  }

  private static String between(Holder holder) {
    return String.format(
        "run %s as of %s is between two of its jobs (the last one at %s)",
        holder.run(), holder.asOf(), holder.since());
  }

  private String waiting() {
    return String.format(
        Locale.ROOT,
        "Wait until it has published, or for %d hours; to give that run up now, delete %s",
        PATIENCE.toHours(),
        file);
  }

  /** Who holds it; nobody where the file is absent or was only half written. */
  private Optional<Holder> read() {
    try (InputStream in = files.open(file)) {
      JsonNode json = JSON.readTree(in.readAllBytes());
      Instant since = Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime());
      return Optional.of(new Holder(json.path("run").asText(), json.path("as_of").asText(), since))
          .filter(h -> !h.run().isEmpty());
    } catch (FileNotFoundException | JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StratifyException(e, "Cannot read %s: %s", file, e.getMessage());
    }
  }

  /**
   * What says already whose turn it is gets a new time only, where the store can do that: on a disk
   * that is full, writing it again would leave it empty.
   */
  private void hold(Part part) {
    boolean ours =
        read().filter(h -> h.run().equals(part.run()) && h.asOf().equals(part.asOf())).isPresent();
    if (!ours || !isRenewed()) {
      write(part);
    }
  }

  private boolean isRenewed() {
    long now = System.currentTimeMillis();
    try {
      files.setTimes(file, now, -1);
      return files.getFileStatus(file).getModificationTime() == now;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private void write(Part part) {
    try (OutputStream out = files.create(file, true)) {
      out.write(
          JSON.createObjectNode()
              .put("run", part.run())
              .put("as_of", part.asOf())
              .toString()
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException | FSError e) { // the latter of a disk that is full
      throw new StratifyException(e, "Cannot write %s: %s", file, e.getMessage());
    }
  }

  private void end() {
    try {
      files.delete(file, false);
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot delete %s: %s. Delete it by hand", file, e.getMessage());
    }
  }
}
