package io.stratify.jobs.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table for a terminal: columns as wide as their widest cell, numbers to the right. Characters
 * that would move the cursor or turn the direction of the text are told by their codes.
 */
public final class TextTable {
  /** In the place of a number where there is none. */
  static final String NONE = "none";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table with these column headings. */
  public TextTable(String... header) {
    this.header = Stream.of(header).map(TextTable::printable).toList();
  }

  /** Adds a row; null becomes an empty cell. */
  public TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell == null ? "" : printable(cell.toString()));
    }
    rows.add(row);
    return this;
  }

  private static String printable(String cell) {
    return cell.codePoints()
        .mapToObj(c -> moves(c) ? code(c) : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static String code(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04x", character);
    };
  }

  /** Unicode Standard Annex 9: the marks, embeddings, overrides and isolates of directions. */
  private static boolean moves(int character) {
    return Character.isISOControl(character)
        || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0x200E
        || character == 0x200F
        || character == 0x061C;
  }

  /** The table as lines, indented by two. */
  @Override
  public String toString() {
    int[] width = new int[header.size()];
    boolean[] numeric = new boolean[header.size()];
    for (int c = 0; c < width.length; c++) {
      width[c] = header.get(c).length();
      numeric[c] = !rows.isEmpty();
      for (List<String> row : rows) {
        width[c] = Math.max(width[c], row.get(c).length());
        numeric[c] &= row.get(c).matches("[-+]?[0-9][0-9,.]*( ?%)?|NULL||" + NONE);
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, header, width, numeric);
    List<String> rule = new ArrayList<>();
    for (int w : width) {
      rule.add("-".repeat(w));
    }
    line(text, rule, width, numeric);
    rows.forEach(r -> line(text, r, width, numeric));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] width, boolean[] numeric) {
    StringBuilder line = new StringBuilder("  ");
    for (int c = 0; c < width.length; c++) {
      String pad = " ".repeat(width[c] - cells.get(c).length());
      line.append(numeric[c] ? pad + cells.get(c) : cells.get(c) + pad).append("  ");
    }
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }
}
