package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The disks that a command writes to, for whoever has to find the one that is full. */
final class DiskSpace {
  private static final double MB = 1 << 20;

  private DiskSpace() {}

  /** How much each has left, a line each. */
  static String left(CommonOptions options) {
    StringBuilder text = new StringBuilder();
    options
        .loaded()
        .map(DiskSpace::places)
        .orElse(Map.of())
        .forEach(
            (what, place) -> {
              try {
                double free = Files.getFileStore(existing(Path.of(place))).getUsableSpace() / MB;
                text.append(
                    String.format(Locale.ROOT, "%n  %,.1f MB free in %s (%s)", free, place, what));
              } catch (IOException | InvalidPathException e) {
                text.append(String.format(Locale.ROOT, "%n  cannot tell of %s (%s)", place, what));
              }
            });
    return text.toString();
  }

  /** What is written where, of the folders of this machine. */
  private static Map<String, String> places(LoadedConfig loaded) {
    Map<String, String> places = new LinkedHashMap<>();
    String root = loaded.config().output().root();
    URI uri = new org.apache.hadoop.fs.Path(root).toUri();
    if (uri.getScheme() == null || uri.getScheme().equals("file")) {
      places.put("output.root", uri.getPath());
    }
    String temporary = System.getProperty("java.io.tmpdir");
    String shuffles = System.getenv("SPARK_LOCAL_DIRS");
    if (shuffles == null) {
      shuffles = loaded.config().spark().conf().getOrDefault("spark.local.dir", temporary);
    }
    places.put("shuffles: SPARK_LOCAL_DIRS or spark.local.dir", shuffles.replaceAll(",.*", ""));
    places.put("java.io.tmpdir", temporary);
    return places;
  }

  private static Path existing(Path path) {
    Path found = path.toAbsolutePath();
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }
}
