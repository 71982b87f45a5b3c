package io.stratify.common.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What cannot be right among the options of a source, whatever the data. */
final class SourceOptions {
  private static final List<String> PINS = List.of("versionAsOf", "timestampAsOf");
  private static final List<String> PARTITIONS =
      List.of("partitionColumn", "lowerBound", "upperBound", "numPartitions");

  private SourceOptions() {}

  static Optional<String> find(Map<String, String> options, String option) {
    return options.entrySet().stream()
        .filter(o -> o.getKey().equalsIgnoreCase(option))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  static List<ConfigProblem> problems(
      String key, String format, List<String> given, Map<String, String> options) {
    Checks checks = new Checks();
    String at = key + ".options";
    if (!options.isEmpty()) {
      checks.that(
          !given.contains("query"),
          at,
          at + " are for path and table; a query takes none. Give them to the sources it reads");
    }
    lossless(checks, at, options);
    pinned(checks, at, format, given, options);
    if (format.equalsIgnoreCase("jdbc")) {
      partitioned(checks, at, options);
    }
    return checks.problems();
  }

  /** Rows may not be lost without a trace, so what makes Spark skip them is refused. */
  private static void lossless(Checks checks, String at, Map<String, String> options) {
    checks.that(
        find(options, "mode").filter("DROPMALFORMED"::equalsIgnoreCase).isEmpty(),
        at + ".mode",
        at
            + ".mode is DROPMALFORMED, which loses rows without a trace; leave it out and malformed"
            + " records are quarantined, or give FAILFAST to stop at the first");
    for (String skip : List.of("ignoreCorruptFiles", "ignoreMissingFiles")) {
      checks.that(
          find(options, skip).filter("true"::equalsIgnoreCase).isEmpty(),
          at + "." + skip,
          at + "." + skip + " is true, which loses rows without a trace; it must be left out");
    }
    checks.that(
        find(options, "columnNameOfCorruptRecord").isEmpty(),
        at + ".columnNameOfCorruptRecord",
        at + ".columnNameOfCorruptRecord is set by Stratify; it must be left out");
  }

  /** Other formats ignore a pin without a word. */
  private static void pinned(
      Checks checks, String at, String format, List<String> given, Map<String, String> options) {
    List<String> pins = PINS.stream().filter(p -> find(options, p).isPresent()).toList();
    boolean delta = format.equalsIgnoreCase("delta") || given.contains("table");
    checks
        .that(pins.size() < 2, at, at + " has versionAsOf and timestampAsOf; it must have one")
        .that(
            delta || pins.isEmpty(),
            at,
            at + " has " + String.join(" and ", pins) + ", which only format delta knows");
    find(options, "versionAsOf")
        .ifPresent(
            v ->
                checks.that(
                    v.matches("\\d{1,18}"),
                    at + ".versionAsOf",
                    at + ".versionAsOf is " + v + "; it must be a whole number"));
  }

  private static void partitioned(Checks checks, String at, Map<String, String> options) {
    List<String> absent = PARTITIONS.stream().filter(p -> find(options, p).isEmpty()).toList();
    boolean wanted = PARTITIONS.subList(0, 3).stream().anyMatch(p -> find(options, p).isPresent());
    checks
        .that(
            !wanted || absent.isEmpty(),
            at,
            at
                + " has no "
                + String.join(", ", absent)
                + "; a partitioned read needs "
                + String.join(", ", PARTITIONS))
        .that(
            !wanted || find(options, "query").isEmpty(),
            at,
            at
                + " has query and partitionColumn; give the query as a table:"
                + " dbtable = \"(SELECT ...) AS t\"")
        .that(
            find(options, "query").isEmpty() || find(options, "dbtable").isEmpty(),
            at,
            at + " has dbtable and query; it must have one of them")
        .that(
            find(options, "url").isPresent(),
            at,
            at + " has no url; it must be that of the database, such as jdbc:postgresql://HOST/DB");
  }
}
