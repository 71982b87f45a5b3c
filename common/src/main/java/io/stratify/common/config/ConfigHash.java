package io.stratify.common.config;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells whether two runs had the same settings, as far as those can change a result. */
final class ConfigHash {
  private static final int LENGTH = 16;

  /**
   * Beginnings of keys: where a run writes, who is told, which day it describes and the session
   * that it uses say nothing about how it is configured.
   */
  private static final List<String> LEFT_OUT =
      List.of("as-of", "output.", "catalog.", "log.", "spark.");

  private ConfigHash() {}

  static String of(List<Leaf> leaves, Secrets secrets) {
    return of(leaves, secrets, key -> LEFT_OUT.stream().noneMatch(key::startsWith));
  }

  /** The same of some of the keys. */
  static String of(List<Leaf> leaves, Secrets secrets, Predicate<String> which) {
    String text =
        leaves.stream()
            .filter(leaf -> which.test(leaf.key()))
            .filter(leaf -> !Secrets.isSecret(leaf.name()))
            .map(leaf -> leaf.key() + "=" + canonical(leaf, secrets) + "\n")
            .collect(Collectors.joining());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash the configuration: no SHA-256", e);
    }
  }

  private static String canonical(Leaf leaf, Secrets secrets) {
    return Values.json(leaf.name(), leaf.value(), (name, value) -> scalar(name, value, secrets));
  }

  /** The number 3 is the same as 3.0 and as the text "3", which is what the environment gives. */
  private static String scalar(String name, ConfigValue value, Secrets secrets) {
    String text = secrets.hide(name, Values.text(value).orElseThrow());
    try {
      return new BigDecimal(text).stripTrailingZeros().toString();
    } catch (NumberFormatException e) {
      return ConfigUtil.quoteString(text);
    }
  }
}
