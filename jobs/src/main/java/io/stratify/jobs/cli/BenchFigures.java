package io.stratify.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.StratifyException;
import io.stratify.jobs.bench.Step;
import io.stratify.jobs.serving.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** What the benchmarks have in common: how they say, print and keep what they measured. */
final class BenchFigures {
  private BenchFigures() {}

  /** Refuses sizes that are too small to time; {@code what} is the name of the option, too. */
  static void requireEnough(long size, long fewest, String what) {
    if (size < fewest) {
      throw new UsageException(
          text(
              "Cannot measure %d %s: too few to time. Give --%s %d or more",
              size, what, what, fewest));
    }
  }

  /**
   * Refuses a file for the figures that could not be written, before anything is measured.
   *
   * @param file may be null: then nothing is kept
   */
  static void requireWritable(Path file) {
    if (file == null) {
      return;
    }
    Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    String why =
        !Files.isDirectory(folder)
            ? "there is no such folder"
            : Files.isDirectory(file)
                ? "this is a directory"
                : Files.isWritable(Files.exists(file) ? file : folder)
                    ? ""
                    : "this user may not write there";
    if (!why.isEmpty()) {
      throw new UsageException(
          text("Cannot write the figures to %s: %s. Give another --json FILE", file, why));
    }
  }

  /** Says each step before it is timed. */
  static Consumer<String> progress(CommandSpec spec, String phase, long customers) {
    PrintWriter err = spec.commandLine().getErr();
    return step -> {
      err.println(text("%s with %,d customers: %s", phase, customers, step));
      err.flush();
    };
  }

  /** The steps; {@code ratio} is the format of ratios and bounds. */
  static TextTable table(List<Step> steps, String ratio) {
    TextTable table = new TextTable("step", "seconds", "ratio", "bound", "against", "result");
    for (Step s : steps) {
      boolean first = s.against().isEmpty();
      table.row(
          s.name(),
          text("%.1f", s.seconds()),
          first ? "" : text(ratio, s.ratio()),
          first ? "" : text(ratio, s.bound()),
          s.against(),
          s.said());
    }
    return table;
  }

  /** The beginning of the figures of a benchmark: its name and the machine. */
  static ObjectNode of(String bench) {
    return new ObjectMapper()
        .createObjectNode()
        .put("bench", bench)
        .put("heap_mb", heapMb())
        .put("cores", Runtime.getRuntime().availableProcessors());
  }

  /** Adds a step to the figures. */
  static ObjectNode add(ArrayNode steps, Step s) {
    ObjectNode node = steps.addObject().put("step", s.name()).put("seconds", s.seconds());
    if (!s.against().isEmpty()) {
      node.put("against", s.against()).put("ratio", s.ratio()).put("bound", s.bound());
    }
    return node;
  }

  static void write(ObjectNode figures, Path file) {
    try {
      Files.writeString(file, figures.toPrettyString() + System.lineSeparator());
    } catch (IOException e) {
      throw new StratifyException(
          e, "Cannot write the figures to %s: %s. Give another --json FILE", file, e.getMessage());
    }
  }

  static long heapMb() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
