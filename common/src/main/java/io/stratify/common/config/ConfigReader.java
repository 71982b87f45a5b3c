package io.stratify.common.config;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the records of the sections; every key that it asks for is known thereby. */
final class ConfigReader {
  private final Section root;
  private final Problems problems;

  ConfigReader(Section root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /** The whole configuration, unless there are problems. */
  Optional<StratifyConfig> read() {
    var asOf = root.get(StratifyConfig.AS_OF);
    var output = output(root.section("output"));
    var sources = sources(root.section("sources"));
    var inputs = inputs(root.section("inputs"));
    var conform = conform(root.section("conform"));
    var features = features(root.section("features"));
    var segments = SegmentsReader.read(root.section("segments"));
    var validation = validation(root.section("validation"));
    var demo = demo(root.section("demo"));
    var spark = spark(root.section("spark"));
    if (problems.any()) {
      return Optional.empty();
    }
    return Optional.of(
        new StratifyConfig(
            asOf,
            output.orElseThrow(),
            sources,
            inputs,
            conform.orElseThrow(),
            features.orElseThrow(),
            segments.orElseThrow(),
            validation.orElseThrow(),
            demo.orElseThrow(),
            spark.orElseThrow()));
  }

  private static Optional<OutputConfig> output(Section s) {
    String folder = s.get(OutputConfig.ROOT);
    return s.build(() -> new OutputConfig(folder));
  }

  private static Map<String, SourceConfig> sources(Section sources) {
    Map<String, SourceConfig> read = new TreeMap<>();
    sources
        .sections()
        .forEach((name, s) -> source(name, s).ifPresent(source -> read.put(name, source)));
    return read;
  }

  private static Optional<SourceConfig> source(String name, Section s) {
    var format = s.find(SourceConfig.format(name)).orElse("");
    var path = s.find(SourceConfig.path(name)).flatMap(given -> given);
    var table = s.find(SourceConfig.table(name)).flatMap(given -> given);
    var query = s.find(SourceConfig.query(name)).flatMap(given -> given);
    var options = s.texts("options");
    String origin = s.origin().toString();
    return s.build(() -> new SourceConfig(name, format, path, table, query, options, origin));
  }

  private Map<String, InputConfig> inputs(Section inputs) {
    Map<String, InputConfig> read = new LinkedHashMap<>();
    Map<String, InputLinks.Input> links = new LinkedHashMap<>();
    for (TableSpec table : Inputs.ALL) {
      if (inputs.has(table.name())) {
        Section s = inputs.section(table.name());
        String source = s.find(InputConfig.source(table.name())).orElse("");
        var columns = columns(table, s.section("columns"));
        links.put(table.name(), new InputLinks.Input(source, columns.keySet()));
        input(table.name(), source, columns, s).ifPresent(i -> read.put(table.name(), i));
      }
    }
    InputLinks.problems(root.names("sources"), links).forEach(inputs::report);
    return read;
  }

  private static Optional<InputConfig> input(
      String table, String source, Map<String, SqlExpression> columns, Section s) {
    var where = s.find(InputConfig.where(table)).flatMap(given -> given);
    var deduplicate = s.find(InputConfig.deduplicate(table)).orElse(Deduplicate.EXACT);
    String origin = s.origin().toString();
    return s.build(() -> new InputConfig(table, source, where, deduplicate, columns, origin));
  }

  private static Map<String, SqlExpression> columns(TableSpec table, Section s) {
    Map<String, SqlExpression> columns = new LinkedHashMap<>();
    for (ColumnSpec column : table.columns()) {
      Optional<String> sql = s.find(InputConfig.column(table.name(), column.name()));
      String origin = s.origin(column.name()).toString();
      sql.ifPresent(text -> columns.put(column.name(), new SqlExpression(text, origin)));
    }
    return columns;
  }

  private static Optional<ConformConfig> conform(Section s) {
    var zone = s.get(ConformConfig.TIME_ZONE);
    double quarantine = s.get(ConformConfig.MAX_QUARANTINE_SHARE);
    return s.build(() -> new ConformConfig(zone, quarantine));
  }

  private static Optional<FeaturesConfig> features(Section s) {
    int window = s.get(FeaturesConfig.TREND_WINDOW_DAYS);
    return s.build(() -> new FeaturesConfig(window));
  }

  private static Optional<ValidationConfig> validation(Section s) {
    int min = s.get(ValidationConfig.MIN_SEGMENTS);
    int max = s.get(ValidationConfig.MAX_SEGMENTS);
    double share = s.get(ValidationConfig.MIN_SHARE);
    boolean provisional = s.get(ValidationConfig.PUBLISH_PROVISIONAL);
    return s.build(() -> new ValidationConfig(min, max, share, provisional));
  }

  private static Optional<DemoConfig> demo(Section s) {
    int customers = s.get(DemoConfig.CUSTOMERS);
    int months = s.get(DemoConfig.MONTHS);
    var end = s.get(DemoConfig.END);
    long seed = s.get(DemoConfig.SEED);
    return s.build(() -> new DemoConfig(customers, months, end, seed));
  }

  private static Optional<SparkConfig> spark(Section s) {
    String master = s.get(SparkConfig.MASTER);
    int partitions = s.get(SparkConfig.SHUFFLE_PARTITIONS);
    var conf = s.texts("conf");
    return s.build(() -> new SparkConfig(master, partitions, conf));
  }
}
