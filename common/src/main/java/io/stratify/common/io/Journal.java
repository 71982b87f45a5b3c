package io.stratify.common.io;

import io.stratify.common.StratifyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Short notes below the output root, one file each, that outlive a run that is killed. The folder
 * is there only while there are notes.
 */
public final class Journal {
  private final FileSystem files;
  private final Path folder;

  Journal(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Keeps a note under a name, of which a colon, which no path may have, becomes an underscore; one
   * that is there is replaced.
   */
  public void put(String name, String note) {
    try (OutputStream out = files.create(new Path(folder, name.replace(':', '_')), true)) {
      out.write(note.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | FSError e) { // the latter of a disk that is full
      throw new StratifyException(
          e, "Cannot write %s/%s: %s. Make it writable", folder, name, e.getMessage());
    }
  }

  /** The notes by their names, in order. One that was cut off is as much as there is of it. */
  public Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>();
    try {
      for (FileStatus file : files.listStatus(folder)) {
        notes.put(file.getPath().getName(), text(file.getPath()));
      }
    } catch (FileNotFoundException e) {
      return notes;
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot read the notes in %s: %s. Make it readable", folder, e.getMessage());
    }
    return notes;
  }

  /** A file that a killed run has left damaged is an empty note. */
  private String text(Path file) {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Deletes notes that are needed no longer. */
  public void remove(Collection<String> names) {
    try {
      for (String name : names) {
        files.delete(new Path(folder, name), false);
      }
      if (files.exists(folder) && files.listStatus(folder).length == 0) {
        files.delete(folder, false);
      }
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot delete the notes in %s: %s. Delete it by hand", folder, e.getMessage());
    }
  }
}
