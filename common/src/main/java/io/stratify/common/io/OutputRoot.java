package io.stratify.common.io;

import io.stratify.common.StratifyException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folder below which the tables are, and what is kept there beside them: the lock of who
 * writes, the turn of a run that is done in parts, its notes, and results on the way.
 */
public final class OutputRoot {
  /** What to do where a machine does not see the folder. */
  public static final String SHARE =
      "Give a folder that all machines share, or one of an object store: --set"
          + " output.root=s3a://BUCKET/FOLDER";

  private final SparkSession spark;
  private final Path folder;
  private final FileSystem files;

  private OutputRoot(SparkSession spark, Path folder, FileSystem files) {
    this.spark = spark;
    this.folder = folder;
    this.files = files;
  }

  /**
   * The folder; it need not be there.
   *
   * @throws StratifyException if its file system cannot be reached
   */
  static OutputRoot at(SparkSession spark, String root) {
    Path folder = new Path(root);
    try {
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      boolean local = "file".equals(FileSystem.getDefaultUri(files.getConf()).getScheme());
      Path qualified = files.makeQualified(folder);
      return new OutputRoot(spark, local ? absolute(qualified) : qualified, files);
    } catch (IOException e) {
      throw new StratifyException(
          e,
          "Cannot use the output root %s: %s. %s",
          root,
          SourceReader.firstLine(e),
          StoreAdvice.of(e).orElse("Correct output.root"));
    }
  }

  /** Delta finds a table by no other path; one on the local disk is told without its scheme. */
  private static Path absolute(Path qualified) {
    return "file".equals(qualified.toUri().getScheme())
        ? new Path(qualified.toUri().getPath())
        : qualified;
  }

  /** As an absolute path. */
  public String folder() {
    return folder.toString();
  }

  /** Where a run keeps results on the way; empty while no run is at work. */
  public String scratch() {
    return folder() + "/_scratch";
  }

  /** Deletes what killed runs left of their results on the way; for whoever holds the lock. */
  public void clearScratch() {
    try {
      files.delete(new Path(scratch()), true);
    } catch (IOException e) {
      throw new StratifyException(
          e,
          "Cannot delete %s: %s. Delete it, since it may name customers",
          scratch(),
          e.getMessage());
    }
  }

  /** The state of the folder and its tables, for whoever looks after them. */
  public RootState state() {
    return new RootState(new TableGuard(spark, folder()), files, folder, scratch());
  }

  /** Notes that outlive a run that is killed. */
  public Journal journal() {
    return new Journal(files, new Path(folder, "_journal"));
  }

  /**
   * Keeps other commands from writing below the folder until it is closed.
   *
   * @param work name of the command that is about to write
   * @param run its run
   * @param onlyWriter whether the lock need not be safe against commands that begin at once
   * @throws StratifyException if another command holds the lock, or the folder cannot be written
   */
  public RootLock lock(String work, String run, boolean onlyWriter) {
    requireWritable();
    return RootLock.take(files, folder, work, run, onlyWriter);
  }

  /** Keeps together a run whose jobs are commands of their own; for whoever holds the lock. */
  public RunLease lease() {
    return new RunLease(files, folder);
  }

  /** Creates the folder if need be and proves with a short-lived file that it takes files. */
  void requireWritable() {
    try {
      if (!files.mkdirs(folder)) {
        makeOrTellWhyNot();
      }
      probed(probe -> Optional.empty());
    } catch (IOException | FSError e) { // the latter of a disk that is full
      throw notWritable(e);
    }
  }

  private StratifyException notWritable(Throwable cause) {
    return new StratifyException(
        cause,
        "Cannot write to the output root %s: %s. %s",
        folder(),
        SourceReader.firstLine(cause),
        StoreAdvice.of(cause)
            .orElse("Give a folder that this user may write: --set output.root=FOLDER"));
  }

  /**
   * Makes sure that the machines of a cluster see what is written here; for whoever holds the lock,
   * since it is a job of Spark, and others are to be told at once that somebody is at work.
   *
   * @throws StratifyException if one does not, or the folder cannot be written
   */
  public void requireSeen() {
    try {
      Optional<String> blind = blind();
      if (blind.isPresent()) {
        throw new StratifyException(
            "Cannot use the output root %s: it was written by this machine, and not seen by %s of the"
                + " cluster. %s",
            folder(), blind.get(), SHARE);
      }
    } catch (IOException | FSError e) {
      throw notWritable(e);
    }
  }

  /**
   * Writes a short-lived file into the folder.
   *
   * @return a machine of the cluster that does not see it; as far as executors are there by now
   */
  public Optional<String> blind() throws IOException {
    return spark.sparkContext().isLocal()
        ? Optional.empty()
        : probed(probe -> EveryMachine.blindTo(spark, probe));
  }

  private Optional<String> probed(Function<Path, Optional<String>> look) throws IOException {
    Path probe = new Path(folder, ".stratify-" + UUID.randomUUID());
    boolean gone = false;
    try {
      if (!files.createNewFile(probe)) {
        throw new IOException("the file system refused");
      }
      Optional<String> seen = look.apply(probe);
      gone = files.delete(probe, false);
      if (!gone) {
        throw new IOException("the file system refused");
      }
      return seen;
    } finally {
      if (!gone) {
        discard(probe);
      }
    }
  }

  /** Hadoop only says that it did not make a local folder. */
  private void makeOrTellWhyNot() throws IOException {
    if (!"file".equals(files.getScheme())) {
      throw new IOException("the file system refused");
    }
    Files.createDirectories(java.nio.file.Path.of(folder.toUri().getPath()));
  }

  /** A full disk takes a file, and then nothing that is in it. */
  private void discard(Path probe) {
    try {
      files.delete(probe, false);
    } catch (IOException e) {
      return; // the failure that is told is the one before
    }
  }
}
