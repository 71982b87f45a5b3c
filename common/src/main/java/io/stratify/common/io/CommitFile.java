package io.stratify.common.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a commit of a Delta table says about itself: reading its file is far cheaper than to ask for
 * the history of the table.
 *
 * @param info the commit's {@code commitInfo}, missing where Delta has deleted the file
 */
record CommitFile(JsonNode info) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of one version. */
  static CommitFile read(FileSystem files, Path log, long version) throws IOException {
    Path commit = new Path(log, String.format(Locale.ROOT, "%020d.json", version));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(commit), StandardCharsets.UTF_8))) {
      return new CommitFile(
          lines
              .lines()
              .map(CommitFile::parse)
              .map(n -> n.get("commitInfo"))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(MissingNode.getInstance()));
    } catch (FileNotFoundException e) {
      return new CommitFile(MissingNode.getInstance());
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException("not JSON: " + line, e);
    }
  }

  /** Whether the commit has just this stamp. */
  boolean isStamped(String stamp) {
    return info.path("userMetadata").asText().equals(stamp);
  }

  /** A metric of the commit, as Delta counted it; 0 where it did not. */
  long metric(String name) {
    return info.path("operationMetrics").path(name).asLong();
  }

  /** The rows that the commit added, where it or its stamp says so. */
  OptionalLong rows() {
    JsonNode counted = info.path("operationMetrics").path("numOutputRows");
    JsonNode known = counted.isMissingNode() ? stamp().path("rows") : counted;
    return known.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(known.asLong());
  }

  /**
   * The rows of the table, or of the slice of a snapshot in it, after this commit; empty where the
   * commit wrote something else and so does not tell.
   */
  OptionalLong rowsOf(TableSpec table, Optional<Snapshot> slice) {
    boolean write = "WRITE".equals(info.path("operation").asText());
    boolean whole = table.slice() == Slice.WHOLE || table.slice() == Slice.AS_OF_DATES;
    return write && (whole || slice.filter(s -> isOf(table, s)).isPresent())
        ? rows()
        : OptionalLong.empty();
  }

  private boolean isOf(TableSpec table, Snapshot snapshot) {
    JsonNode stamp = stamp();
    return stamp.path("as_of").asText().equals(snapshot.asOf().toString())
        && (table.slice() == Slice.AS_OF
            || (table.slice() == Slice.PUBLISHED
                && stamp.path("revision").asInt() == snapshot.revision()));
  }

  private JsonNode stamp() {
    return CommitStamp.parse(info.path("userMetadata").asText(null));
  }
}
