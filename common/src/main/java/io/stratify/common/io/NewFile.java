package io.stratify.common.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * A file of an object store that is written on a condition which the store itself checks at the end
 * of the upload: of many who try at once, one succeeds.
 *
 * @param files file system
 * @param path of the file
 */
record NewFile(FileSystem files, Path path) {
  private static final String IF_ABSENT =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
  private static final String IF_SAME =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE_ETAG;

  /** The store may say that two writers were in each other's way, and that one should try again. */
  private static final int ATTEMPTS = 3;

  /** Whether the file system asks its store for conditions (S3A: {@code If-None-Match}). */
  boolean conditional() throws IOException {
    return files.hasPathCapability(path, IF_ABSENT);
  }

  /** Whether a file is there only once it is written as a whole, as in S3. */
  static boolean isObjectStore(FileSystem files) {
    return files.getUri().getScheme().startsWith("s3");
  }

  /**
   * Why of two who write this file, which is there, each could think to have been first; nothing
   * where the file system is no object store, or where a second attempt to write it fails.
   */
  Optional<String> lenient() throws IOException {
    if (!isObjectStore(files)) {
      return Optional.empty();
    }
    if (!conditional()) {
      return Optional.of(
          "fs.s3a.create.conditional.enabled is false, or Hadoop is older than 3.4.2");
    }
    byte[] proof = ("a proof of " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    return write(proof) ? Optional.of("its store overlooks If-None-Match") : Optional.empty();
  }

  /**
   * Writes the file if it is not there.
   *
   * @param content that nobody else would write, so that one's own file can be told after a retry
   * @return whether it is there now with this content; false where somebody else has it
   */
  boolean write(byte[] content) throws IOException {
    return write(content, IF_ABSENT, "true");
  }

  /**
   * Replaces the file if it is still the one of a status.
   *
   * @return false where somebody else has replaced it
   */
  boolean replace(FileStatus seen, byte[] content) throws IOException {
    if (!(seen instanceof EtagSource source) || source.getEtag() == null) {
      throw new IOException(path + " has no ETag");
    }
    return write(content, IF_SAME, source.getEtag());
  }

  private boolean write(byte[] content, String condition, String value) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (OutputStream out = open(condition, value)) {
        out.write(content);
      } catch (IOException e) {
        // Not only the file of somebody else is in the way: so is one's own, of which the answer
        // was lost, when the client sends it again.
        Optional<byte[]> found = found(e);
        if (found.isEmpty() && attempt < ATTEMPTS) {
          continue;
        }
        return Arrays.equals(found.orElseThrow(() -> e), content);
      }
      return true;
    }
  }

  private OutputStream open(String condition, String value) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
    builder.create();
    builder.must(condition, value);
    return builder.build();
  }

  /** What is there after a failure; nothing where nothing is there. */
  private Optional<byte[]> found(IOException failure) throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }
}
