package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output, in UTF-8 whatever the locale. A {@code PrintWriter} goes on where it cannot
 * write; this one knows why it could not.
 */
final class Answer extends PrintWriter {
  private final Kept bytes;

  private Answer(Kept bytes) {
    super(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    this.bytes = bytes;
  }

  /** An answer that is written to a stream. */
  static Answer to(OutputStream out) {
    return new Answer(new Kept(out));
  }

  /**
   * Writes what is left.
   *
   * @throws StratifyException if the answer could not be written; but a reader that has seen enough
   *     of it, as {@code head}, may close its pipe
   */
  void requireWritten() {
    flush();
    bytes.failure.ifPresent(
        e -> {
          throw new StratifyException(
              e,
              "Cannot write the answer to standard output: %s. What the command had to do besides is"
                  + " done",
              e.getMessage());
        });
  }

  /** Bytes on their way, and what went wrong first. */
  private static final class Kept extends FilterOutputStream {
    private Optional<IOException> failure = Optional.empty();

    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      try {
        out.write(b, off, len);
      } catch (IOException e) {
        if (failure.isEmpty() && !isClosedPipe(e)) {
          failure = Optional.of(e);
        }
        throw e;
      }
    }

    private static boolean isClosedPipe(IOException e) {
      return String.valueOf(e.getMessage()).matches("(?i).*\\bpipe\\b.*");
    }
  }
}
