package io.stratify.jobs.endtoend;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was below a folder at some moment.
 *
 * @param folders paths below it
 * @param files paths below it, and where the content of each is kept
 */
record DiskState(List<Path> folders, Map<Path, Path> files) {
  /** Makes a folder of the same content. */
  Path restore(Path folder) throws IOException {
    for (Path below : folders) {
      Files.createDirectories(folder.resolve(below.toString()));
    }
    for (Map.Entry<Path, Path> file : files.entrySet()) {
      Files.copy(file.getValue(), folder.resolve(file.getKey().toString()));
    }
    return folder;
  }

  /** The contents of the files of many states, each kept once. */
  static final class Store {
    private final Path folder;
    private final Map<List<Object>, Path> kept = new HashMap<>();

    Store(Path folder) throws IOException {
      this.folder = Files.createDirectories(folder);
    }

    /** Keeps what is below a folder now. */
    DiskState keep(Path root) throws IOException {
      DiskState state = new DiskState(new ArrayList<>(), new TreeMap<>());
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes found) {
              state.folders.add(root.relativize(path));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes found)
                throws IOException {
              List<Object> version =
                  List.of(path, found.size(), found.lastModifiedTime(), found.fileKey());
              if (!kept.containsKey(version)) {
                Path copy = folder.resolve(String.valueOf(kept.size()));
                kept.put(version, Files.copy(path, copy));
              }
              state.files.put(root.relativize(path), kept.get(version));
              return FileVisitResult.CONTINUE;
            }
          });
      return state;
    }
  }
}
