package io.stratify.common.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From HOCON values to Java values, and from both to text for people. */
final class Values {
  private Values() {}

  /** The text of a scalar as it was written, so that a number keeps its leading zeros. */
  static Optional<String> text(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> Optional.of(value.atKey("v").getString("v"));
      case OBJECT, LIST, NULL -> Optional.empty();
    };
  }

  /** A number of days, weeks, months or years, at least one. */
  static Optional<Period> period(ConfigValue value) {
    return text(value).flatMap(Periods::of);
  }

  static Optional<Optional<String>> optionalText(ConfigValue value) {
    Optional<String> text = isNull(value) ? Optional.of("") : text(value);
    return text.isEmpty() ? Optional.empty() : Optional.of(text.filter(t -> !t.isBlank()));
  }

  static Optional<Integer> wholeNumber(ConfigValue value) {
    return parsed(value, text -> new BigDecimal(text).intValueExact());
  }

  static Optional<Long> longNumber(ConfigValue value) {
    return parsed(value, text -> new BigDecimal(text).longValueExact());
  }

  static Optional<Double> number(ConfigValue value) {
    return parsed(value, text -> new BigDecimal(text).doubleValue());
  }

  static Optional<Boolean> flag(ConfigValue value) {
    return text(value)
        .flatMap(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on" -> Optional.of(true);
                  case "false", "no", "off" -> Optional.of(false);
                  default -> Optional.empty();
                });
  }

  static Optional<LocalDate> date(ConfigValue value) {
    return parsed(value, LocalDate::parse);
  }

  static Optional<Optional<LocalDate>> optionalDate(ConfigValue value) {
    if (optionalText(value).equals(Optional.of(Optional.empty()))) {
      return Optional.of(Optional.empty());
    }
    Optional<LocalDate> date = date(value);
    return date.isEmpty() ? Optional.empty() : Optional.of(date);
  }

  static Optional<ZoneId> zone(ConfigValue value) {
    return parsed(value, ZoneId::of);
  }

  static <T> Optional<List<T>> list(ConfigValue value, Function<ConfigValue, Optional<T>> element) {
    if (!(value instanceof ConfigList list)) {
      return Optional.empty();
    }
    List<T> elements = new ArrayList<>();
    for (ConfigValue item : list) {
      element.apply(item).ifPresent(elements::add);
    }
    return elements.size() == list.size() ? Optional.of(elements) : Optional.empty();
  }

  static boolean isNull(ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL;
  }

  /** Whether every substitution in a value is resolved; an object is judged without its values. */
  static boolean isResolved(ConfigValue value) {
    try {
      if (value instanceof ConfigObject object) {
        // An object that a substitution still decides refuses to be looked into.
        object.forEach((name, below) -> {});
      } else if (value instanceof ConfigList list) {
        return list.stream().allMatch(Values::isResolved);
      }
      value.valueType();
      return true;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  /** JSON on one line with sorted keys; the caller renders the scalars, e.g. to mask them. */
  static String json(
      String name, ConfigValue value, BiFunction<String, ConfigValue, String> scalar) {
    if (value instanceof ConfigList list) {
      return list.stream()
          .map(item -> json(name, item, scalar))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof ConfigObject object) {
      return object.keySet().stream()
          .sorted()
          .map(
              key ->
                  ConfigUtil.quoteString(key)
                      + ": "
                      + json(name + "." + key, object.get(key), scalar))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return isNull(value) ? "null" : scalar.apply(name, value);
  }

  /** The value of a record's field as a file would say it. */
  static String show(Object value) {
    if (value instanceof String text) {
      return ConfigUtil.quoteString(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Values::show).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }

  private static <T> Optional<T> parsed(ConfigValue value, Function<String, T> parser) {
    try {
      return text(value).map(String::trim).map(parser);
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
