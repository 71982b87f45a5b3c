package io.stratify.common.io;

import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/** The output root as somebody finds it who looks after it; nothing is made that stays. */
public final class RootState {
  /** The newest commit of a table. */
  public record Newest(TableSpec table, Instant at) {}

  private final TableGuard guard;
  private final FileSystem files;
  private final Path root;
  private final String scratch;

  RootState(TableGuard guard, FileSystem files, Path root, String scratch) {
    this.guard = guard;
    this.files = files;
    this.root = root;
    this.scratch = scratch;
  }

  /** Whether it is there. */
  public boolean exists() throws IOException {
    return files.exists(root);
  }

  /**
   * Fails if the root cannot be written, or could not be made.
   *
   * @return how far the clock of the storage is ahead of ours; nothing where the root is not there
   */
  public Optional<Duration> probe() throws IOException {
    if (!exists()) {
      Path parent = existing();
      Optional<File> local = local(parent);
      if (local.isEmpty()) {
        files.access(parent, FsAction.WRITE);
      } else if (!local.get().isDirectory()) {
        throw new NotDirectoryException(local.get().getPath());
      } else if (!Files.isWritable(local.get().toPath())) { // Hadoop knows nothing of root's rights
        throw new AccessDeniedException(local.get().getPath());
      }
      return Optional.empty();
    }
    Path probe = newProbe();
    try {
      Instant now = Instant.now();
      files.create(probe, false).close();
      long written = files.getFileStatus(probe).getModificationTime();
      return Optional.of(Duration.between(now, Instant.ofEpochMilli(written)));
    } finally {
      files.delete(probe, false);
    }
  }

  private Path newProbe() {
    return new Path(root, ".stratify-" + UUID.randomUUID());
  }

  /**
   * Why two commands could be at work here at once, and what to do; nothing where the store sees to
   * it that one of them gets the lock.
   */
  public Optional<String> unsafe() throws IOException {
    if (!NewFile.isObjectStore(files)) {
      return Optional.empty();
    }
    Path probe = newProbe();
    try {
      files.create(probe, false).close();
      return new NewFile(files, probe).lenient().map(why -> RootLock.unsafe(root, why));
    } finally {
      files.delete(probe, false);
    }
  }

  /** Bytes that are free where the root is; very many in an object store. */
  public long freeBytes() throws IOException {
    Path there = existing();
    Optional<File> local = local(there);
    // What Hadoop takes for free on a local disk includes what is kept for root.
    return local.isPresent() ? local.get().getUsableSpace() : files.getStatus(there).getRemaining();
  }

  /** The root, or the nearest folder above it that is there. */
  private Path existing() throws IOException {
    Path there = root;
    while (there.getParent() != null && !files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  private Optional<File> local(Path path) {
    return files.getScheme().equals("file")
        ? Optional.of(new File(path.toUri().getPath()))
        : Optional.empty();
  }

  /** Who is writing. */
  public Optional<RootLock.Holder> holder() throws IOException {
    return RootLock.holder(files, root);
  }

  /** Whether results on the way are there, of a run that is at work or was killed. */
  public boolean hasScratch() throws IOException {
    return files.exists(new Path(scratch));
  }

  /** The tables that are there. */
  public List<TableSpec> tables() throws IOException {
    List<TableSpec> there = new ArrayList<>();
    for (TableSpec table : Tables.ALL) {
      if (files.exists(new Path(guard.path(table), Adoption.LOG))) {
        there.add(table);
      }
    }
    return there;
  }

  /** The newest commit of all tables. */
  public Optional<Newest> newestCommit() throws IOException {
    return tables().stream()
        .map(t -> new Newest(t, Instant.ofEpochMilli(guard.snapshot(t).timestamp())))
        .max(Comparator.comparing(Newest::at));
  }

  /** Whether the next run adds columns to a table of an earlier version, or makes it anew. */
  public boolean isToBeMigrated(TableSpec table) {
    return guard.isStale(table) || guard.migration(table).isPresent();
  }

  /**
   * Fails if a table is not ours or has other columns than are declared.
   *
   * @throws io.stratify.common.StratifyException that says what to do
   */
  public void requireDeclared(TableSpec table) {
    guard.requireWritable(table);
  }
}
