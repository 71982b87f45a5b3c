package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.StratifyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what a benchmark measured. */
final class BenchFigures {
  private BenchFigures() {}

  static void write(ObjectNode figures, Path file) {
    try {
      Files.writeString(file, figures.toPrettyString() + System.lineSeparator());
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot write the figures to %s: %s. Give another --json FILE", file, e.getMessage());
    }
  }
}
