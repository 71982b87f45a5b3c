package io.stratify.jobs.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The ids of the customers to forget, as they were given. */
final class Wishes {
  /** What is around an id is not part of it, here as in the sources. */
  private static final Pattern BLANKS =
      Pattern.compile("^[ \\t\\r\\n\\u00a0]+|[ \\t\\r\\n\\u00a0]+$");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Wishes() {}

  /**
   * The ids, each with the words that say where it was given, for a message that must not repeat
   * it.
   *
   * @param file one id per line; null where none was given
   * @throws UsageException if there is no id, one is blank, or the file cannot be read
   */
  static Map<String, String> read(List<String> customers, Path file) {
    Map<String, String> wishes = new LinkedHashMap<>();
    for (int i = 0; i < customers.size(); i++) {
      String id = stripped(customers.get(i));
      if (id.isEmpty()) {
        throw new UsageException(
            "Cannot forget: --customer number " + (i + 1) + " is blank. Give the id of a customer");
      }
      wishes.putIfAbsent(id, "--customer number " + (i + 1));
    }
    if (file != null) {
      addLines(wishes, file);
    }
    if (wishes.isEmpty()) {
      throw new UsageException(
          file == null
              ? "Cannot forget: no customer is given. Give --customer ID, or --file FILE with one id"
                  + " per line"
              : "Cannot forget: there is no id in " + file + ". Write one id per line");
    }
    return wishes;
  }

  private static void addLines(Map<String, String> wishes, Path file) {
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String id = stripped(lines.get(i));
      if (!id.isEmpty() && !id.startsWith("#")) {
        wishes.putIfAbsent(id, "line " + (i + 1) + " of " + file);
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.replaceFirst("^" + BYTE_ORDER_MARK, "").lines().toList();
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "Cannot read " + file + ": it is not UTF-8. Nothing was done. Save it in UTF-8");
    } catch (IOException e) {
      throw new UsageException(
          "Cannot read "
              + file
              + ": "
              + (Files.exists(file) ? reason(e) : "there is no such file")
              + ". Nothing was done. Give a file with one id per line");
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String stripped(String text) {
    return BLANKS.matcher(text).replaceAll("");
  }
}
