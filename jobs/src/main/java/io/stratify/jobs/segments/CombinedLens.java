package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_pop;

import io.stratify.common.config.CombinedConfig;
import io.stratify.common.config.ConfigText;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import io.stratify.jobs.Digits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A lens that crosses two others. Cells of too few customers are folded into the cell whose
 * customers are most like theirs on average.
 */
record CombinedLens(CombinedConfig config, String partConfigurations) implements Lens {
  /** Who is in a cell in which nobody was yet is in the largest segment. */
  private static final String REST = "; cells in which nobody was when it was fitted";

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public String configuration() {
    return config + partConfigurations;
  }

  @Override
  public String parameters() {
    return ConfigText.of(config);
  }

  @Override
  public List<String> parts() {
    return config.of();
  }

  @Override
  public boolean isOutdated(Segmentation champion, Map<String, Segmentation> models) {
    return champion.model() instanceof CombinedModel crossed
        && !(isOf(crossed.first(), models.get(config.of().get(0)))
            && isOf(crossed.second(), models.get(config.of().get(1))));
  }

  private static boolean isOf(Model model, Segmentation part) {
    return part == null || part.isOf(model);
  }

  @Override
  public Optional<String> absent(Input input) {
    List<String> missing =
        config.of().stream().filter(of -> !input.models().containsKey(of)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("there is no lens " + String.join(" and ", missing));
  }

  @Override
  public Fit fit(Input input) {
    Segmentation first = input.models().get(config.of().get(0));
    Segmentation second = input.models().get(config.of().get(1));
    List<Cell> cells = Cell.fold(cells(input.features(), first, second), config.minShare());
    String largest =
        cells.stream().max(Comparator.comparingLong(Cell::customers)).orElseThrow().name();
    Map<String, String> segmentOf = new TreeMap<>();
    List<SegmentInfo> segments = new ArrayList<>();
    for (Cell cell : cells) {
      String id = name() + "." + id(cell.name());
      cell.members().forEach(m -> segmentOf.put(m, id));
      segments.add(
          new SegmentInfo(
              id,
              title(cell.name(), first, second),
              String.join("; ", cell.members()) + (cell.name().equals(largest) ? REST : "")));
    }
    segments.sort(Comparator.comparing(SegmentInfo::id));
    return new Fit(
        new Segmentation(
            Segmentation.idOf(name(), input.asOf()),
            name(),
            input.asOf(),
            "combined",
            segments,
            new CombinedModel(first.model(), second.model(), segmentOf, segmentOf.get(largest)),
            null,
            null,
            input.configHash()));
  }

  /** The cells that have customers, with the means of telling features in standard deviations. */
  private static List<Cell> cells(Dataset<Row> features, Segmentation first, Segmentation second) {
    List<String> names = CustomerFeatures.PROFILED.stream().map(Feature::name).toList();
    List<Column> spread = new ArrayList<>();
    List<Column> means = new ArrayList<>();
    for (String name : names) {
      Column value = CustomerFeatures.number(name);
      spread.add(avg(value).as("mean_" + name));
      spread.add(stddev_pop(value).as("deviation_" + name));
      means.add(avg(value).as(name));
    }
    Row all = features.agg(count(lit(1)), spread.toArray(Column[]::new)).first();
    return features
        .groupBy(CombinedModel.cellOf(first.model(), second.model()).as("cell"))
        .agg(count(lit(1)).as("n"), means.toArray(Column[]::new))
        .orderBy(col("cell"))
        .collectAsList()
        .stream()
        .map(r -> new Cell(r.getString(0), r.getLong(1), like(r, all)))
        .toList();
  }

  private static double[] like(Row cell, Row all) {
    double[] x = new double[cell.size() - 2];
    for (int j = 0; j < x.length; j++) {
      Double deviation = all.getAs(2 + 2 * j);
      Double mean = cell.getAs(2 + j);
      boolean known =
          mean != null && deviation != null && Digits.differ(all.getDouble(1 + 2 * j), deviation);
      x[j] = known ? Digits.nine((mean - all.getDouble(1 + 2 * j)) / deviation) : 0;
    }
    return x;
  }

  /** Ids without the names of the lenses, as in {@code high-x-active}. */
  private static String id(String cell) {
    return CombinedModel.parts(cell).stream()
        .map(p -> p.substring(p.indexOf('.') + 1))
        .collect(Collectors.joining("-x-"));
  }

  private static String title(String cell, Segmentation first, Segmentation second) {
    List<String> parts = CombinedModel.parts(cell);
    return CombinedModel.title(named(first, parts.get(0)), named(second, parts.get(1)));
  }

  private static String named(Segmentation s, String id) {
    return s.segments().stream()
        .filter(i -> i.id().equals(id))
        .map(SegmentInfo::name)
        .findFirst()
        .orElse(id);
  }
}
