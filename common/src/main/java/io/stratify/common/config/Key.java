package io.stratify.common.config;

import com.typesafe.config.ConfigValue;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One key, declared once for the reader that parses it and for the record that validates it.
 *
 * @param path full path without the leading {@code stratify}
 * @param must what its value must be, completing "it must be"
 * @param parser makes the value of what a file says, empty where that is not possible
 * @param valid whether a parsed value is in range
 */
record Key<T>(
    String path, String must, Function<ConfigValue, Optional<T>> parser, Predicate<T> valid) {

  static Key<Integer> wholeNumber(String path, int min) {
    return new Key<>(
        path, "a whole number of at least " + min, Values::wholeNumber, value -> value >= min);
  }

  static Key<Integer> wholeNumber(String path, int min, int max) {
    return new Key<>(
        path,
        "a whole number from " + min + " to " + max,
        Values::wholeNumber,
        value -> value >= min && value <= max);
  }

  static Key<Long> seed(String path) {
    return new Key<>(path, "a whole number", Values::longNumber, value -> true);
  }

  /** A number within bounds that are part of the range. */
  static Key<Double> number(String path, double min, double max) {
    return new Key<>(
        path,
        "a number from " + Values.show(min) + " to " + Values.show(max),
        Values::number,
        value -> value >= min && value <= max);
  }

  static Key<Double> positive(String path) {
    return new Key<>(
        path, "a number above 0", Values::number, value -> value > 0 && Double.isFinite(value));
  }

  static Key<Double> notNegative(String path) {
    return new Key<>(
        path,
        "a number of at least 0",
        Values::number,
        value -> value >= 0 && Double.isFinite(value));
  }

  static Key<Boolean> flag(String path) {
    return new Key<>(path, "true or false", Values::flag, value -> true);
  }

  static Key<String> text(String path, String must) {
    return new Key<>(path, must, Values::text, value -> !value.isBlank());
  }

  /** A SQL expression, which cannot be empty. */
  static Key<String> sql(String path, String must) {
    return new Key<>(
        path, must, value -> Values.text(value).filter(sql -> !sql.isBlank()), sql -> true);
  }

  static Key<String> matching(String path, String must, String pattern) {
    return new Key<>(path, must, Values::text, value -> value.matches(pattern));
  }

  /** A text of which an empty one means that there is none. */
  static Key<Optional<String>> optionalText(String path) {
    return new Key<>(path, "a text", Values::optionalText, value -> true);
  }

  static Key<LocalDate> date(String path) {
    return new Key<>(path, "a date such as 2026-05-01", Values::date, value -> true);
  }

  static Key<Optional<LocalDate>> optionalDate(String path) {
    return new Key<>(
        path, "a date such as 2026-05-01, or empty", Values::optionalDate, value -> true);
  }

  static Key<ZoneId> zone(String path) {
    return new Key<>(path, "a time zone such as UTC or Europe/Paris", Values::zone, value -> true);
  }

  static <E extends Enum<E>> Key<E> oneOf(String path, Class<E> type) {
    List<E> all = List.of(type.getEnumConstants());
    List<String> names = all.stream().map(ConfigText::word).toList();
    return new Key<>(
        path,
        String.join(" or ", names),
        value ->
            Values.text(value)
                .map(text -> names.indexOf(text.toLowerCase(Locale.ROOT)))
                .filter(index -> index >= 0)
                .map(all::get),
        value -> true);
  }

  static <T> Key<List<T>> list(
      String path, String must, Function<ConfigValue, Optional<T>> element, Predicate<T> valid) {
    return new Key<>(
        path,
        must,
        value -> Values.list(value, element),
        values ->
            values.stream().allMatch(valid) && values.stream().distinct().count() == values.size());
  }

  /** The last element of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The sentence that refuses a value. */
  String refusal(String shown) {
    return path + " is " + shown + "; it must be " + must;
  }
}
