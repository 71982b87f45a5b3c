package io.stratify.common.config;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a part of the configuration says, for a person who reads it: {@code key = value}. */
public final class ConfigText {
  /** Where a part stands in the files is not what it says. */
  private static final List<String> PLACES = List.of("path", "origin");

  private ConfigText() {}

  /** The values of a part, with the keys of its own parts before theirs. */
  public static String of(Record part) {
    return entries("", part).collect(Collectors.joining(", "));
  }

  private static Stream<String> entries(String before, Record part) {
    return Stream.of(part.getClass().getRecordComponents())
        .filter(c -> !PLACES.contains(c.getName()))
        .flatMap(
            c -> {
              String key = before + words(c.getName());
              return value(c, part) instanceof Record inner
                  ? entries(key + ".", inner)
                  : Stream.of(key + " = " + text(value(c, part)));
            });
  }

  private static Object value(RecordComponent component, Record part) {
    try {
      return component.getAccessor().invoke(part);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Record record) {
      return "{" + of(record) + "}";
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(ConfigText::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> text(e.getKey()) + " = " + text(e.getValue()))
          .sorted()
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Optional<?> maybe) {
      return maybe.map(ConfigText::text).orElse("none");
    }
    return value instanceof Enum<?> one ? word(one) : String.valueOf(value);
  }

  /** What the configuration calls one of several choices. */
  static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code sameAbove} is the key {@code same-above}. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
