package io.stratify.common.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Knows secrets by their names, and hides them wherever they turn up. */
final class Secrets {
  static final String MASK = "******";

  /** Shorter texts are too likely to be part of something else. */
  private static final int SHORTEST = 4;

  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "credential",
          "authorization",
          "accesskey",
          "privatekey",
          "accountkey",
          "encryptionkey",
          "apikey",
          "authkey",
          "sharedkey",
          "masterkey",
          "storagekey",
          "signingkey",
          "consumerkey");
  private static final Set<String> WORDS = Set.of("sas", "pwd", "pass");

  /** The same as a regular expression that is looked for in a text, regardless of case. */
  static final String NAMES =
      "(?:password|passwd|passphrase|secret|token|credential|authorization"
          + "|\\bpwd|\\bsas|\\bsig|(?<![a-z])pass(?![a-z])"
          + "|(?:access|private|account|encryption|api|auth|shared|master|storage|signing|consumer)"
          + "[-_.]?key)";

  private static final Map<Pattern, String> IN_TEXT =
      Map.of(
          Pattern.compile("(://[^/\\s:@\"']*:)[^\\s\"']*@"),
          "$1" + MASK + "@",
          Pattern.compile("(thin:[^/\\s:@\"']+/)[^\\s\"']*@"),
          "$1" + MASK + "@",
          Pattern.compile(
              "(?i)("
                  + NAMES
                  + "[\\w.-]*\\s*[=:]\\s*)"
                  + "(?:\"[^\"]*\"|'[^']*'|(?:(?:bearer|basic)\\s+)?[^&;,\\s)\"']+)"),
          "$1" + MASK,
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*"),
          MASK);

  private final List<String> literals;

  /** Hides these texts as well as whatever looks like a secret. */
  Secrets(Collection<String> literals) {
    this.literals =
        literals.stream()
            .filter(text -> text.length() >= SHORTEST)
            .flatMap(text -> Stream.of(text, quoted(text)))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** As it stands within quotes. */
  private static String quoted(String text) {
    String quoted = ConfigUtil.quoteString(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The secrets among some settings, and other texts that are known to be secret. */
  static Secrets of(Collection<Leaf> leaves, Collection<String> others) {
    Set<String> literals = new LinkedHashSet<>(others);
    for (Leaf leaf : leaves) {
      if (isSecret(leaf.name())) {
        Values.text(leaf.value()).ifPresent(literals::add);
        if (leaf.value() instanceof ConfigList list) {
          list.forEach(item -> Values.text(item).ifPresent(literals::add));
        }
      }
    }
    return new Secrets(literals);
  }

  /** Whether the name of a key, an option or a variable says that its value is secret. */
  static boolean isSecret(String name) {
    String words = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    String letters = words.replaceAll("[^a-z0-9]", "");
    return PARTS.stream().anyMatch(letters::contains)
        || Arrays.stream(words.split("[^a-z0-9]+", -1)).anyMatch(WORDS::contains);
  }

  static String mask(String name, String text) {
    return isSecret(name) && !text.isEmpty() ? MASK : mask(text);
  }

  /** Hides what is secret within a text: passwords of URLs, parameters, private keys. */
  static String mask(String text) {
    String masked = text;
    for (Map.Entry<Pattern, String> pattern : IN_TEXT.entrySet()) {
      masked = pattern.getKey().matcher(masked).replaceAll(pattern.getValue());
    }
    return masked;
  }

  /** A scalar as JSON, masked. */
  static String scalar(String name, ConfigValue value) {
    return json(value, mask(name, Values.text(value).orElseThrow()));
  }

  /** Masks a text and hides the known secrets in it. */
  String hide(String text) {
    String hidden = text;
    for (String literal : literals) {
      hidden = hidden.replace(literal, MASK);
    }
    return mask(hidden);
  }

  String hide(String name, String text) {
    return isSecret(name) ? mask(name, text) : hide(text);
  }

  /** A scalar as JSON, with every known secret hidden. */
  String hidden(String name, ConfigValue value) {
    return json(value, hide(name, Values.text(value).orElseThrow()));
  }

  private static String json(ConfigValue value, String masked) {
    boolean bare =
        value.valueType() != ConfigValueType.STRING
            && masked.equals(Values.text(value).orElseThrow());
    return bare ? masked : ConfigUtil.quoteString(masked);
  }
}
