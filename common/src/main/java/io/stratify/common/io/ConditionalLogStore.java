package io.stratify.common.io;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 for any number of drivers. Delta's own looks whether a commit is there and then
 * writes it, which two drivers may do at once, and one of the commits is lost. This one lets the
 * store decide, where the file system can ask it to.
 */
public final class ConditionalLogStore extends S3SingleDriverLogStore {
  /** Made by Delta. */
  public ConditionalLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    NewFile commit = new NewFile(files, path);
    if (overwrite || !commit.conditional()) {
      super.write(path, actions, overwrite, hadoop);
      return;
    }
    // A store that overlooks the condition is at least asked first, as Delta does.
    if (files.exists(path) || !commit.write(lines(actions))) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  private static byte[] lines(Iterator<String> actions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      bytes.write((actions.next() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
