package io.stratify.jobs.serving;

import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.Quarantine;
import io.stratify.common.tables.Reconciliation;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentKpi;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What a run found, for a terminal: segments, quarantine, books, where the tables are. */
public final class Summary {
  private static final double NOTICEABLE = 0.2;
  private static final int TRAITS = 3;

  private final Lake lake;
  private final Snapshot snapshot;

  /** The summary of a published snapshot. */
  public Summary(Lake lake, Snapshot snapshot) {
    this.lake = lake;
    this.snapshot = snapshot;
  }

  /** The whole summary. */
  public String text() {
    return segments() + books() + quarantine() + whereAndHow();
  }

  /** One table per lens, the largest revenue first. */
  public String segments() {
    List<Row> segments = rows(Segment.TABLE);
    Map<String, String> traits = traits(segments);
    Map<String, Row> kpis = new HashMap<>();
    rows(SegmentKpi.TABLE).forEach(r -> kpis.put(r.getAs("segment_id"), r));
    Map<String, List<Row>> lenses =
        segments.stream().collect(Collectors.groupingBy(r -> r.<String>getAs("lens")));
    StringBuilder text = new StringBuilder();
    lenses.keySet().stream()
        .sorted(Comparator.reverseOrder())
        .forEach(lens -> text.append(lens(lens, lenses.get(lens), kpis, traits)));
    return text.toString();
  }

  private String lens(
      String lens, List<Row> segments, Map<String, Row> kpis, Map<String, String> traits) {
    TextTable table =
        new TextTable(
            "segment", "customers", "share", "revenue", "of all", "order", "repeat", "sets apart");
    List<Row> ordered = new ArrayList<>(segments);
    ordered.sort(
        Comparator.comparing((Row r) -> revenue(kpis.get(r.<String>getAs("segment_id"))))
            .reversed());
    for (Row s : ordered) {
      String id = s.getAs("segment_id");
      Row kpi = kpis.get(id);
      table.row(
          s.<String>getAs("name"),
          String.format(Locale.ROOT, "%,d", s.<Long>getAs("customers")),
          percent(s.getAs("share")),
          kpi != null && kpi.isNullAt(kpi.fieldIndex(SegmentKpi.REVENUE.name()))
              ? TextTable.NONE
              : String.format(Locale.ROOT, "%,.0f", revenue(kpi)),
          kpi == null ? "" : percent(kpi.getAs("revenue_share")),
          kpi == null ? "" : number(kpi.getAs("average_order")),
          kpi == null ? "" : percent(kpi.getAs("repeat_rate")),
          traits.getOrDefault(id, ""));
    }
    boolean provisional = ordered.stream().anyMatch(r -> r.<Boolean>getAs("provisional"));
    return String.format(
        Locale.ROOT,
        "%nLens %s as of %s%s%n%s",
        lens,
        snapshot.asOf(),
        provisional
            ? " (provisional: it failed a gate, and none that passed has taken its place)"
            : "",
        table);
  }

  private static BigDecimal revenue(Row kpi) {
    BigDecimal revenue = kpi == null ? null : kpi.getAs(SegmentKpi.REVENUE.name());
    return revenue == null ? BigDecimal.ZERO : revenue;
  }

  /**
   * The features that differ most from all customers, with their mean in the segment. What is known
   * of less than half of its customers does not describe it.
   */
  private Map<String, String> traits(List<Row> segments) {
    Map<String, Long> sizes = new HashMap<>();
    segments.forEach(r -> sizes.put(r.getAs("segment_id"), r.getAs("customers")));
    Map<String, List<Row>> profiles =
        rows(SegmentProfile.TABLE).stream()
            .filter(r -> difference(r) >= NOTICEABLE)
            .filter(
                r ->
                    2 * r.<Long>getAs("customers")
                        >= sizes.getOrDefault(r.<String>getAs("segment_id"), 0L))
            .collect(Collectors.groupingBy(r -> r.<String>getAs("segment_id")));
    Map<String, String> traits = new HashMap<>();
    profiles.forEach(
        (id, rows) ->
            traits.put(
                id,
                rows.stream()
                    .sorted(Comparator.comparingDouble(r -> -difference(r)))
                    .limit(TRAITS)
                    .map(Summary::trait)
                    .collect(Collectors.joining(", "))));
    return traits;
  }

  private static double difference(Row profile) {
    Double d = profile.getAs("standardised_difference");
    return d == null ? 0 : Math.abs(d);
  }

  private static String trait(Row r) {
    return String.format(
        Locale.ROOT,
        "%s %s (%+.1f sd)",
        r.<String>getAs("feature"),
        number(r.getAs("mean")),
        r.<Double>getAs("standardised_difference"));
  }

  /** The books of every input. */
  public String books() {
    TextTable table =
        new TextTable(
            "input",
            "read",
            "conformed",
            "quarantined",
            "duplicates",
            "superseded",
            "merged",
            "withheld",
            "balance");
    for (Row r : rows(Reconciliation.TABLE)) {
      table.row(
          r.<String>getAs("input"),
          count(r, "rows_read"),
          count(r, "rows_conformed"),
          count(r, "rows_quarantined"),
          count(r, "rows_duplicate"),
          count(r, "rows_superseded"),
          count(r, "rows_merged"),
          count(r, "rows_withheld"),
          r.<Boolean>getAs("balanced") ? "yes" : "NO");
    }
    return String.format(Locale.ROOT, "%nBooks%n%s", table);
  }

  /** Quarantined rows by input and rule. */
  public String quarantine() {
    if (!lake.exists(Quarantine.TABLE)) {
      return "";
    }
    List<Row> rows =
        lake.readSlice(Quarantine.TABLE, snapshot)
            .groupBy("input", "rule")
            .agg(functions.count(functions.lit(1)).as("n"))
            .orderBy(functions.col("n").desc(), functions.col("input"), functions.col("rule"))
            .collectAsList();
    if (rows.isEmpty()) {
      return String.format(Locale.ROOT, "%nQuarantine: empty%n");
    }
    TextTable table = new TextTable("input", "rule", "rows");
    rows.forEach(r -> table.row(r.getString(0), r.getString(1), count(r, "n")));
    return String.format(
        Locale.ROOT,
        "%nQuarantine (SELECT input, rule, row FROM quarantine shows the rows)%n%s",
        table);
  }

  private String whereAndHow() {
    String path = lake.path(Segment.TABLE);
    String written =
        Tables.ALL.stream()
            .filter(lake::exists)
            .map(TableSpec::name)
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        """

        Tables (Delta) in %s
          %s

        Query them
          ./stratify query --set output.root=%s "SELECT * FROM current_segment"
          spark-sql --packages io.delta:delta-spark_2.12:3.3.3 \\
            --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension \\
            --conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog \\
            -e 'SELECT * FROM delta.`%s`'
          Java:   spark.read().format("delta").load("%s").show();
          Python: spark.read.format("delta").load("%s").show()
          ./stratify views --set output.root=%s prints the current_* views for your catalog
        """,
        lake.root(),
        written,
        lake.root(),
        path,
        path,
        path,
        lake.root());
  }

  private List<Row> rows(TableSpec table) {
    return lake.readSlice(table, snapshot).collectAsList();
  }

  private static String count(Row r, String column) {
    return String.format(Locale.ROOT, "%,d", r.<Long>getAs(column));
  }

  private static String percent(Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(Double value) {
    if (value == null) {
      return "";
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
  }
}
