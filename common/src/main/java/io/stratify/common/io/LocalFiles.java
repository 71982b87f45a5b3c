package io.stratify.common.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's file system of the local disk, without its processes: where Hadoop has no native
 * library, it starts {@code chmod}, {@code ls} and {@code readlink}, some eight for each commit to
 * a Delta table. This one asks the JVM.
 */
public final class LocalFiles extends LocalFileSystem {
  /** As Hadoop's {@code FileSystem} has it. */
  public LocalFiles() {
    super(new Raw());
  }

  /** As Hadoop's {@code FileContext} has it. */
  public static final class Context extends ChecksumFs {
    /** Made by Hadoop. */
    public Context(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(new RawContext(uri, conf));
    }
  }

  private static final class RawContext extends DelegateToFileSystem {
    RawContext(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(uri, new Raw(), conf, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String name) {
      return true; // any name that the disk takes
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(org.apache.hadoop.fs.Path path, FsPermission permission)
        throws IOException {
      if (permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Files.setPosixFilePermissions(onDisk(path), PosixFilePermissions.fromString(symbols));
    }

    @Override
    public FileStatus getFileLinkStatus(org.apache.hadoop.fs.Path path) throws IOException {
      return Files.isSymbolicLink(onDisk(path))
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
      try {
        PosixFileAttributes found = Files.readAttributes(onDisk(path), PosixFileAttributes.class);
        return new FileStatus(
            found.size(),
            found.isDirectory(),
            1,
            getDefaultBlockSize(path),
            found.lastModifiedTime().toMillis(),
            found.lastAccessTime().toMillis(),
            FsPermission.valueOf("-" + PosixFilePermissions.toString(found.permissions())),
            found.owner().getName(),
            found.group().getName(),
            makeQualified(path));
      } catch (NoSuchFileException e) {
        FileNotFoundException missing =
            new FileNotFoundException("File " + path + " does not exist");
        missing.initCause(e);
        throw missing;
      }
    }

    private Path onDisk(org.apache.hadoop.fs.Path path) {
      return pathToFile(path).toPath();
    }
  }
}
