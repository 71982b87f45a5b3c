package io.stratify.common.config;

import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value was written.
 *
 * @param source a file as the user named it, an option of the command line or {@link #ENVIRONMENT}
 * @param line line of the file, 0 where there is none
 */
record Origin(String source, int line) {
  static final String SET = "--set";
  static final String ENVIRONMENT = "environment";
  private static final String OPTION = "--";
  private static final String MERGE = "merge of ";
  private static final Pattern DESCRIPTION =
      Pattern.compile("(.*?)(?: @ \\S+)?(?:: (\\d+)(?:-\\d+)?)?");

  /** Reads the library's description; of merged origins the first has the last word. */
  static Origin of(ConfigOrigin origin) {
    String text = origin.description();
    while (text.startsWith(MERGE)) {
      text = text.substring(MERGE.length());
      int end = text.indexOf(',');
      text = end < 0 ? text : text.substring(0, end);
    }
    Matcher matcher = DESCRIPTION.matcher(text);
    if (!matcher.matches()) {
      return new Origin(text, 0);
    }
    boolean hasLine = matcher.group(2) != null && !matcher.group(1).startsWith(OPTION);
    return new Origin(matcher.group(1), hasLine ? Integer.parseInt(matcher.group(2)) : 0);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
