package io.stratify.common.config;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    var catalog = catalog(root.section("catalog"));
    var log = log(root.section("log"));
    var sources = sources(root.section("sources"));
    var inputs = inputs(root.section("inputs"));
    var conform = conform(root.section("conform"));
    var consent = consent(root.section("consent"));
    var erasure = erasure(root.section("erasure"));
    var history = history(root.section("history"));
    var features = FeaturesReader.read(root.section("features"));
    var segments = SegmentsReader.read(root.section("segments"));
    var validation =
        ValidationReader.read(
            root.section("validation"), SegmentsReader.clusters(root.section("segments")));
    var demo = demo(root.section("demo"));
    var spark = spark(root.section("spark"));
    if (segments.isPresent() && validation.isPresent()) {
      GatedSearch.problems(segments.get().clusters(), validation.get(), inputs.keySet())
          .forEach(root::report);
    }
    if (problems.any()) {
      return Optional.empty();
    }
    return Optional.of(
        new StratifyConfig(
            asOf,
            output.orElseThrow(),
            catalog.orElseThrow(),
            log.orElseThrow(),
            sources,
            inputs,
            conform.orElseThrow(),
            consent.orElseThrow(),
            erasure.orElseThrow(),
            history.orElseThrow(),
            features.orElseThrow(),
            segments.orElseThrow(),
            validation.orElseThrow(),
            demo.orElseThrow(),
            spark.orElseThrow()));
  }

  private static Optional<OutputConfig> output(Section s) {
    String folder = s.get(OutputConfig.ROOT);
    int days = s.get(OutputConfig.RETENTION_DAYS);
    int mb = s.get(OutputConfig.FILE_MB);
    Boolean onlyWriter = s.get(OutputConfig.ONLY_WRITER);
    return s.build(() -> new OutputConfig(folder, days, mb, onlyWriter));
  }

  private static Optional<CatalogConfig> catalog(Section s) {
    var kind = s.get(CatalogConfig.KIND);
    String database = s.get(CatalogConfig.DATABASE);
    String folder = s.get(CatalogConfig.FOLDER);
    return s.build(() -> new CatalogConfig(kind, database, folder));
  }

  private static Optional<LogConfig> log(Section s) {
    var format = s.get(LogConfig.FORMAT);
    return s.build(() -> new LogConfig(format));
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
        var rows = s.has("rows") ? rows(table, s) : List.<Map<String, String>>of();
        String source =
            rows.isEmpty()
                ? s.find(InputConfig.source(table.name())).orElse("")
                : InputConfig.CONFIGURATION;
        var columns =
            rows.isEmpty() ? columns(table, s.section("columns")) : columnsOf(table, rows, s);
        boolean converted = sql(s, InputConfig.currency(table.name())).isPresent();
        links.put(table.name(), new InputLinks.Input(source, columns.keySet(), converted));
        input(table.name(), source, rows, columns, s).ifPresent(i -> read.put(table.name(), i));
      }
    }
    var rates = root.section("conform").section("currency").get(CurrencyConfig.RATES);
    InputLinks.problems(root.names("sources"), links, rates).forEach(root::report);
    InputLinks.problems(read).forEach(inputs::report);
    return read;
  }

  private Optional<InputConfig> input(
      String table,
      String source,
      List<Map<String, String>> rows,
      Map<String, SqlExpression> columns,
      Section s) {
    var where = sql(s, InputConfig.where(table));
    var identity = identity(table, s);
    var zone = s.find(InputConfig.timeZone(table));
    var currency = sql(s, InputConfig.currency(table));
    List<QualityRule> rules =
        s.has("rules")
            ? s.elements("rules").stream()
                .flatMap(r -> ruleOnInputs(r.declaredAt(QualityRule.PATH)).stream())
                .toList()
            : List.of();
    String origin = s.origin().toString();
    return s.build(
        () ->
            new InputConfig(
                table, source, where, identity, zone, currency, rules, rows, columns, origin));
  }

  private static RowIdentity identity(String table, Section s) {
    var deduplicate = s.find(InputConfig.deduplicate(table)).orElse(Deduplicate.EXACT);
    List<String> key = s.find(InputConfig.rowKey(table)).orElse(List.of());
    return new RowIdentity(deduplicate, key, sql(s, InputConfig.latestBy(table)));
  }

  private static Optional<SqlExpression> sql(Section s, Key<String> key) {
    return s.find(key)
        .filter(text -> !text.isBlank())
        .map(text -> new SqlExpression(text, s.origin(key.name()).toString()));
  }

  private Optional<QualityRule> ruleOnInputs(Section s) {
    Section inputs = root.section("inputs");
    Set<String> configured =
        Inputs.ALL.stream().map(TableSpec::name).filter(inputs::has).collect(Collectors.toSet());
    Optional<QualityRule> rule = rule(s);
    rule.ifPresent(r -> InputLinks.references(r, configured).forEach(s::report));
    return rule;
  }

  private static Optional<QualityRule> rule(Section s) {
    var kind = s.require(QualityRule.RULE);
    var action = s.find(QualityRule.ACTION).orElse(RuleAction.WARN);
    var one = s.find(QualityRule.COLUMN);
    var several = s.find(QualityRule.COLUMNS);
    if (one.isPresent() && several.isPresent()) {
      s.report(QualityRule.BOTH);
    }
    List<String> columns = several.or(() -> one.map(List::of)).orElse(List.of());
    List<String> values = s.find(QualityRule.VALUES).orElse(List.of());
    var min = s.find(QualityRule.MIN);
    var max = s.find(QualityRule.MAX);
    var pattern = s.find(QualityRule.PATTERN);
    var sql = s.find(QualityRule.SQL);
    var input = s.find(QualityRule.INPUT);
    var days = s.find(QualityRule.DAYS);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    QualityRule.foreign(kind.get(), s::has).forEach(s::report);
    var text =
        switch (kind.get()) {
          case MATCHES -> pattern;
          case HOLDS -> sql;
          case REFERENCES -> input;
          default -> Optional.<String>empty();
        };
    String origin = s.origin().toString();
    return s.build(
        () -> new QualityRule(kind.get(), action, columns, values, min, max, text, days, origin));
  }

  /** Rows of a table that people write into the configuration: texts by canonical column. */
  private static List<Map<String, String>> rows(TableSpec table, Section s) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Section element : s.elements("rows")) {
      Map<String, String> row = new LinkedHashMap<>();
      for (ColumnSpec column : table.columns()) {
        element
            .find(Key.text("inputs." + table + ".rows[]." + column, "a text, a number or a flag"))
            .ifPresent(text -> row.put(column.name(), text));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, SqlExpression> columnsOf(
      TableSpec table, List<Map<String, String>> rows, Section s) {
    Map<String, SqlExpression> columns = new LinkedHashMap<>();
    for (ColumnSpec column : table.columns()) {
      if (column.required() || rows.stream().anyMatch(r -> r.containsKey(column.name()))) {
        columns.put(
            column.name(), new SqlExpression("`" + column + "`", s.origin("rows").toString()));
      }
    }
    return columns;
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
    int person = s.get(ConformConfig.MAX_PERSON);
    var currency = currency(s.section("currency"));
    return currency.flatMap(c -> s.build(() -> new ConformConfig(zone, quarantine, person, c)));
  }

  private static Optional<CurrencyConfig> currency(Section s) {
    var base = s.get(CurrencyConfig.BASE);
    var rates = s.get(CurrencyConfig.RATES);
    var code = expression(s, CurrencyConfig.CODE);
    var rate = expression(s, CurrencyConfig.RATE);
    var from = expression(s, CurrencyConfig.VALID_FROM);
    return s.build(() -> new CurrencyConfig(base, rates, code, rate, from));
  }

  private static SqlExpression expression(Section s, Key<String> key) {
    return new SqlExpression(s.get(key), s.origin(key.name()).toString());
  }

  private static Optional<ConsentConfig> consent(Section s) {
    String purpose = s.get(ConsentConfig.PURPOSE);
    var undecided = s.get(ConsentConfig.WITHOUT_DECISION);
    var untold = s.get(ConsentConfig.WITHOUT_TABLE);
    boolean past = s.get(ConsentConfig.PAST_SNAPSHOTS);
    return s.build(() -> new ConsentConfig(purpose, undecided, untold, past));
  }

  private static Optional<ErasureConfig> erasure(Section s) {
    var secret = s.get(ErasureConfig.SECRET);
    return s.build(() -> new ErasureConfig(secret));
  }

  private static Optional<HistoryConfig> history(Section s) {
    int days = s.get(HistoryConfig.RE_READ_DAYS);
    return s.build(() -> new HistoryConfig(days));
  }

  private static Optional<DemoConfig> demo(Section s) {
    int customers = s.get(DemoConfig.CUSTOMERS);
    int months = s.get(DemoConfig.MONTHS);
    var end = s.get(DemoConfig.END);
    long seed = s.get(DemoConfig.SEED);
    var world = s.get(DemoConfig.WORLD);
    return s.build(() -> new DemoConfig(customers, months, end, seed, world));
  }

  private static Optional<SparkConfig> spark(Section s) {
    String master = s.get(SparkConfig.MASTER);
    int partitions = s.get(SparkConfig.SHUFFLE_PARTITIONS);
    var conf = s.texts("conf");
    return s.build(() -> new SparkConfig(master, partitions, conf));
  }
}
