package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Two models crossed.
 *
 * @param first one of them
 * @param second the other
 * @param cells segment by the two segments of a cell
 * @param other segment of cells that were empty when it was fitted
 */
public record CombinedModel(
    @JsonProperty("first") Model first,
    @JsonProperty("second") Model second,
    @JsonProperty("cells") Map<String, String> cells,
    @JsonProperty("other") String other)
    implements Model {
  private static final String CROSS = " x ";

  /** Keeps the cells in a fixed order. */
  public CombinedModel {
    cells = new TreeMap<>(cells);
  }

  /** The two segments of a cell. */
  public static List<String> parts(String cell) {
    return List.of(cell.split(CROSS, -1));
  }

  /** The name of a cell by those of its segments; of the second one the first letter is small. */
  public static String title(String first, String second) {
    boolean abbreviation = second.length() > 1 && Character.isUpperCase(second.charAt(1));
    return first
        + ", "
        + (abbreviation || second.isEmpty()
            ? second
            : second.substring(0, 1).toLowerCase(Locale.ROOT) + second.substring(1));
  }

  /** The cell of a customer. */
  static Column cellOf(Model first, Model second) {
    return functions.concat(
        first.assignment().getField(SEGMENT_ID),
        functions.lit(CROSS),
        second.assignment().getField(SEGMENT_ID));
  }

  /** Whether a cell is in a segment of this model and in one of another. */
  boolean sharesCell(String segment, CombinedModel other, String segmentOfOther) {
    return cells.entrySet().stream()
        .anyMatch(
            cell ->
                cell.getValue().equals(segment)
                    && segmentOfOther.equals(other.cells().get(cell.getKey())));
  }

  @Override
  public Column assignment() {
    List<Column> entries = new ArrayList<>();
    cells.forEach(
        (cell, segment) -> {
          entries.add(functions.lit(cell));
          entries.add(functions.lit(segment));
        });
    Column found = functions.map(entries.toArray(Column[]::new)).apply(cellOf(first, second));
    return functions.struct(
        functions.coalesce(found, functions.lit(other)).as("segment_id"),
        functions.lit(null).cast("string").as("runner_up_id"),
        functions
            .least(
                first.assignment().getField("confidence"),
                second.assignment().getField("confidence"))
            .as("confidence"));
  }

  @Override
  public Model renamed(Map<String, String> ids) {
    Map<String, String> others = new TreeMap<>(cells);
    others.replaceAll((cell, id) -> ids.getOrDefault(id, id));
    return new CombinedModel(first, second, others, ids.getOrDefault(other, other));
  }

  @Override
  public List<String> features() {
    List<String> all = new ArrayList<>(first.features());
    all.addAll(second.features());
    return all;
  }
}
