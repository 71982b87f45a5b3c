package io.stratify.common.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The values below one key; what is asked of it becomes known, what is wrong becomes a problem. */
final class Section {
  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private final Problems problems;
  private final KnownKeys known;

  /** The path in declarations, which differs from the real one below the element of a list. */
  private final String declared;

  private final String path;
  private final ConfigObject values;
  private final ConfigObject defaults;

  private Section(
      Problems problems,
      KnownKeys known,
      String declared,
      String path,
      ConfigObject values,
      ConfigObject defaults) {
    this.problems = problems;
    this.known = known;
    this.declared = declared;
    this.path = path;
    this.values = values;
    this.defaults = defaults;
  }

  /** Everything below {@code stratify}; problems make the reader go on with the defaults. */
  static Section root(
      Problems problems, KnownKeys known, ConfigObject values, ConfigObject defaults) {
    return new Section(problems, known, "", "", values, defaults);
  }

  Section section(String name) {
    ConfigObject below = defaults.get(name) instanceof ConfigObject object ? object : NOTHING;
    String full = join(path, name);
    return new Section(
        problems, known.child(name), join(declared, name), full, object(name, full), below);
  }

  /** Whether the section has a value other than null of this name. */
  boolean has(String name) {
    known.child(name);
    ConfigValue value = values.get(name);
    return value != null && !(Values.isResolved(value) && Values.isNull(value));
  }

  /** The names below a key, whether or not their values are of use. */
  Set<String> names(String name) {
    return section(name).sections().keySet();
  }

  /** The sections below this one, where any name may stand. */
  Map<String, Section> sections() {
    Map<String, Section> sections = new TreeMap<>();
    for (String name : values.keySet()) {
      if (has(name)) {
        sections.put(name, section(name));
      }
    }
    return sections;
  }

  /** The objects of a list. */
  List<Section> elements(String name) {
    KnownKeys element = known.child(name).child(KnownKeys.ELEMENT);
    String declaredPath = join(declared, name) + KnownKeys.ELEMENT;
    List<Section> sections = new ArrayList<>();
    List<ConfigValue> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      String full = join(path, name) + "[" + i + "]";
      object(list.get(i), full)
          .map(o -> new Section(problems, element, declaredPath, full, o, NOTHING))
          .ifPresent(sections::add);
    }
    return sections;
  }

  /** The same section for declarations that stand below another path, as of any input. */
  Section declaredAt(String otherPath) {
    return new Section(problems, known, otherPath, path, values, defaults);
  }

  /** A section of texts below any names; nested names are joined by dots. */
  Map<String, String> texts(String name) {
    known.child(name).allowAny();
    String full = join(path, name);
    Map<String, String> texts = new TreeMap<>();
    FreeForm.flatten(object(name, full))
        .forEach(
            (option, value) -> {
              if (!Values.isResolved(value)) {
                problems.fail(join(full, option));
              } else if (!Values.isNull(value)) {
                Values.text(value)
                    .ifPresentOrElse(
                        text -> texts.put(option, text),
                        () -> refuse(value, join(full, option), "a text, a number or a flag"));
              }
            });
    return texts;
  }

  /** The value of a key that has a default. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("No default for " + key.path()));
  }

  /** The value of a key, else its default, else nothing. */
  <T> Optional<T> find(Key<T> key) {
    known.child(key.name());
    ConfigValue value = values.get(key.name());
    ConfigValue fallback = defaults.get(key.name());
    if (value == null || (fallback == null && !has(key.name()))) {
      return Optional.ofNullable(fallback).flatMap(key.parser());
    }
    boolean resolved = Values.isResolved(value);
    Optional<T> parsed = resolved ? key.parser().apply(value) : Optional.empty();
    if (parsed.isEmpty() && resolved) {
      refuse(value, join(path, key.name()), key.must());
    }
    return parsed.or(() -> Optional.ofNullable(fallback).flatMap(key.parser()));
  }

  /** The value of a key that has no default and that must be given. */
  <T> Optional<T> require(Key<T> key) {
    Optional<T> value = find(key);
    String full = join(path, key.name());
    if (value.isEmpty() && !problems.touches(full)) {
      problems.add(origin(), full + " is missing; it must be " + key.must());
      problems.fail(full);
    }
    return value;
  }

  /** Makes a record of the section; what it refuses becomes problems with a place. */
  <T> Optional<T> build(Supplier<T> record) {
    try {
      return Optional.of(record.get());
    } catch (InvalidConfigException e) {
      e.problems().forEach(this::report);
      return Optional.empty();
    }
  }

  /** The same of an element of a list; without it nothing can be concluded from the list. */
  <T> Optional<T> buildElement(Supplier<T> record) {
    Optional<T> built = build(record);
    if (built.isEmpty()) {
      problems.fail(path);
    }
    return built;
  }

  /** Reports a problem, unless it follows from values that could not be read. */
  void report(ConfigProblem problem) {
    boolean follows =
        problems.touches(real(problem.key()))
            || problem.related().stream().map(this::real).anyMatch(problems::touches);
    if (!follows) {
      String message =
          declared.equals(path) ? problem.message() : problem.message().replace(declared, path);
      problems.add(locate(problem.key()), message);
    }
  }

  Origin origin() {
    return Origin.of(values.origin());
  }

  Origin origin(String name) {
    ConfigValue value = values.get(name);
    return value == null ? origin() : Origin.of(value.origin());
  }

  private ConfigObject object(String name, String full) {
    ConfigValue value = values.get(name);
    return value == null ? NOTHING : object(value, full).orElse(NOTHING);
  }

  private Optional<ConfigObject> object(ConfigValue value, String full) {
    if (!Values.isResolved(value)) {
      problems.fail(full);
    } else if (value instanceof ConfigObject object) {
      return Optional.of(object);
    } else {
      refuse(value, full, "an object { ... }");
    }
    return Optional.empty();
  }

  private List<ConfigValue> list(String name) {
    ConfigValue value = values.containsKey(name) ? values.get(name) : defaults.get(name);
    if (value instanceof ConfigList list) {
      return list;
    }
    String full = join(path, name);
    problems.fail(full);
    if (value != null && Values.isResolved(value)) {
      refuse(value, full, "a list of objects");
    }
    return List.of();
  }

  private void refuse(ConfigValue value, String full, String must) {
    String shown = Values.json(full.substring(full.lastIndexOf('.') + 1), value, Secrets::scalar);
    problems.add(Origin.of(value.origin()), full + " is ", shown, "; it must be " + must);
    problems.fail(full);
  }

  private String real(String key) {
    return key.startsWith(declared) ? path + key.substring(declared.length()) : key;
  }

  /** The place of a key, or of what is nearest above it. */
  private Origin locate(String key) {
    ConfigValue place = values;
    String prefix = declared.isEmpty() ? "" : declared + ".";
    if (key.startsWith(prefix)) {
      for (String name : key.substring(prefix.length()).split("\\.", -1)) {
        if (!(place instanceof ConfigObject object) || object.get(name) == null) {
          break;
        }
        place = object.get(name);
      }
    }
    return Origin.of(place.origin());
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
