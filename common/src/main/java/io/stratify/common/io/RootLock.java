package io.stratify.common.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stratify.common.StratifyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Keeps two commands from writing below one output root at once: a file that says who is at work.
 * One that a killed command left on this machine is taken over; of another machine nobody can tell,
 * so the file has to be deleted by hand. A driver that a cluster starts counts by where it runs:
 * the next one may be on another machine or in another container, whose processes are not to be
 * seen from here, even under the same host name. On S3 the store itself has to see to it that one
 * of two gets it; a store that cannot is refused.
 */
public final class RootLock implements AutoCloseable {
  /** The file below the root. */
  static final String FILE = "_lock";

  /** Two readings of when one process began may differ by less. */
  private static final long APART_MS = 2_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Who holds a lock.
   *
   * @param command name of the command
   * @param run its run
   * @param process where it is at work: process and host
   * @param dead whether the process is known to have ended, so that the next command takes over
   */
  public record Holder(String command, String run, String process, boolean dead) {
    private static Holder of(JsonNode owner) {
      boolean here =
          owner.path("host").asText().equals(Processes.host().orElse(null))
              && owner.path("processes").asText().equals(Processes.seen())
              && owner.path("machine").asText(Processes.machine()).equals(Processes.machine());
      return new Holder(
          owner.path("command").asText("another command"),
          owner.path("run").asText("unknown"),
          owner.path("pid").asText("unknown") + " on " + owner.path("host").asText("unknown"),
          here && isGone(owner.path("pid").asLong(-1), owner.path("started").asLong(-1)));
    }

    /** A number that a process had is given to others in time, in a container to the very next. */
    private static boolean isGone(long pid, long started) {
      Optional<ProcessHandle> there = ProcessHandle.of(pid);
      long now = there.map(Processes::started).orElse(-1L);
      return there.isEmpty() || (started > 0 && now > 0 && Math.abs(now - started) > APART_MS);
    }
  }

  /** Who holds the lock of a root now. */
  static Optional<Holder> holder(FileSystem files, Path root) throws IOException {
    RootLock lock = new RootLock(files, new Path(root, FILE));
    return files.exists(lock.file) ? Optional.of(lock.owner()) : Optional.empty();
  }

  private Holder owner() throws IOException {
    return Holder.of(read().orElse(JSON.createObjectNode()));
  }

  private final FileSystem files;
  private final Path file;
  private final NewFile conditional;
  private final Runnable stopped = this::giveBackQuietly;
  private byte[] held = new byte[0];

  private RootLock(FileSystem files, Path file) {
    this.files = files;
    this.file = file;
    this.conditional = new NewFile(files, file);
  }

  /**
   * Takes the lock.
   *
   * @param root folder that exists
   * @param work name of the command, for whoever finds the root locked
   * @param runId of the run that takes it
   * @param onlyWriter whether somebody else sees to it that there is one command at a time, so that
   *     a store will do that cannot tell who came first
   * @throws StratifyException if another command holds it, or the store cannot keep a lock
   */
  static RootLock take(FileSystem files, Path root, String work, String runId, boolean onlyWriter) {
    RootLock lock = new RootLock(files, new Path(root, FILE));
    byte[] owner = owner(work, runId);
    try {
      lock.acquire(owner, work);
      if (!onlyWriter) {
        lock.requireAtomic(work);
      }
      lock.atExit(true);
      return lock;
    } catch (IOException e) {
      StratifyException failure =
          new StratifyException(
              e,
              "Cannot %s: %s cannot be made: %s. %s",
              work,
              lock.file,
              SourceReader.firstLine(e),
              StoreAdvice.of(e).orElse("Give a folder that this user may write"));
      try {
        lock.delete(false);
      } catch (StratifyException left) {
        failure.addSuppressed(left);
      }
      throw failure;
    }
  }

  /** A command that is stopped gives the lock back as well, before the file system is closed. */
  private void atExit(boolean wanted) {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    try {
      if (wanted) {
        hooks.addShutdownHook(stopped, FileSystem.SHUTDOWN_HOOK_PRIORITY + 1);
      } else {
        hooks.removeShutdownHook(stopped);
      }
    } catch (IllegalStateException e) { // it is being stopped now
      return;
    }
  }

  private void giveBackQuietly() {
    try {
      delete(false);
    } catch (StratifyException e) { // nobody is left to be told
      return;
    }
  }

  private void acquire(byte[] owner, String work) throws IOException {
    held = owner;
    if (!create(owner) && !takeOver(owner)) {
      throw held(work);
    }
  }

  /** Takes the lock of a command that is dead: of two that want to, one gets it. */
  private boolean takeOver(byte[] owner) throws IOException {
    if (conditional.conditional()) {
      // First which file it is, then whose: one that came in between is not replaced.
      Optional<FileStatus> seen = status();
      return seen.isPresent() && isDead() && conditional.replace(seen.get(), owner);
    }
    if (!isDead()) {
      return false;
    }
    if (!"file".equals(files.getScheme())) {
      return isMovedAway() && create(owner);
    }
    try (FileChannel dead = FileChannel.open(local(), StandardOpenOption.WRITE);
        FileLock turn = tryLock(dead)) {
      return turn != null && isDead() && files.delete(file, false) && create(owner);
    } catch (NoSuchFileException e) {
      return create(owner);
    }
  }

  /** Of two that want to take over, the later one must not remove the lock of the earlier. */
  private boolean isMovedAway() throws IOException {
    Path away = file.suffix("." + UUID.randomUUID());
    if (!files.rename(file, away)) {
      return false;
    }
    boolean dead;
    try {
      dead = new RootLock(files, away).isDead();
    } catch (IOException e) {
      putBack(away, e);
      throw e;
    }
    if (!dead) {
      putBack(away, null);
    }
    return dead && files.delete(away, false);
  }

  private void putBack(Path away, IOException why) throws IOException {
    if (!files.rename(away, file)) {
      throw new StratifyException(
          why,
          "Cannot take %s: two commands want it at once. Another one holds %s now. Wait until it"
              + " has ended, and delete both",
          file,
          away);
    }
  }

  private Optional<FileStatus> status() throws IOException {
    try {
      return Optional.of(files.getFileStatus(file));
    } catch (java.io.FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Nothing where another process, or another thread of this one, has it. */
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Proves with a second attempt, which must fail, that the store keeps a lock. */
  private void requireAtomic(String work) throws IOException {
    Optional<String> why = conditional.lenient();
    if (why.isPresent()) {
      delete(true); // what was written for the proof
      throw new StratifyException(
          "Cannot %s: %s", work, unsafe(file.getParent(), why.get() + ". Nothing was done"));
    }
  }

  /** What is wrong with a store that cannot keep a lock, and what to do. */
  static String unsafe(Path root, String why) {
    return String.format(
        "of two commands below %s each could take the lock, since %s. Use a store with conditional"
            + " writes; or, if your scheduler runs one command at a time and nobody else writes"
            + " there, set output.only-writer = true",
        root, why);
  }

  private static byte[] owner(String work, String runId) {
    return JSON.createObjectNode()
        .put("command", work)
        .put("run", runId)
        .put("host", Processes.host().orElse("unknown"))
        .put("processes", Processes.seen())
        .put("machine", Processes.machine())
        .put("pid", ProcessHandle.current().pid())
        .put("started", Processes.started(ProcessHandle.current()))
        .put("id", UUID.randomUUID().toString()) // no two are the same
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the file was not there. On the local disk Hadoop would look first and then write. */
  private boolean create(byte[] owner) throws IOException {
    if (conditional.conditional()) {
      return conditional.write(owner);
    }
    try (OutputStream out = open()) {
      write(out, owner);
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  /** A file that could not be filled would say of nobody that he holds the lock, for ever. */
  private void write(OutputStream out, byte[] owner) throws IOException {
    try {
      out.write(owner);
      out.flush();
    } catch (IOException e) {
      files.delete(file, false);
      throw e;
    }
  }

  private OutputStream open() throws IOException {
    return "file".equals(files.getScheme())
        ? Files.newOutputStream(local(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
        : files.create(file, false);
  }

  private java.nio.file.Path local() {
    return java.nio.file.Path.of(file.toUri().getPath());
  }

  /** Whether the command that left the lock ran on this machine and runs no more. */
  private boolean isDead() throws IOException {
    return owner().dead();
  }

  private boolean isOurs() throws IOException {
    try (InputStream in = files.open(file)) {
      return Arrays.equals(in.readAllBytes(), held);
    } catch (java.io.FileNotFoundException e) {
      return false;
    }
  }

  private StratifyException held(String work) throws IOException {
    Holder owner = owner();
    return new StratifyException(
        "Cannot %s: \"%s\" of run %s (process %s) is writing below %s. Nothing was done. Wait"
            + " until it has ended; if it was killed, delete %s",
        work, owner.command(), owner.run(), owner.process(), file.getParent(), file);
  }

  /** Who holds the lock; nothing where it was given back meanwhile or is just being written. */
  private Optional<JsonNode> read() throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(JSON.readTree(in.readAllBytes()));
    } catch (java.io.FileNotFoundException | com.fasterxml.jackson.core.JacksonException e) {
      return Optional.empty();
    }
  }

  /** Gives the lock back, unless somebody deleted it and another command holds it now. */
  @Override
  public void close() {
    delete(false);
  }

  private void delete(boolean anyway) {
    try {
      if (anyway || isOurs()) {
        files.delete(file, false);
      }
      atExit(false);
    } catch (IOException | RuntimeException e) { // a client of a store may throw its own
      throw new StratifyException(
          e, "Cannot delete %s: %s. Delete it by hand", file, SourceReader.firstLine(e));
    }
  }
}
