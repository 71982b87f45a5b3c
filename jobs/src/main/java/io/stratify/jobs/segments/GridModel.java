package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.common.tables.CustomerFeatures;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Rules over the R and F scores.
 *
 * @param cells the segments with their scores; every cell of the 5 x 5 grid is in exactly one
 * @param noOrders segment of customers without an order, who have no scores
 */
public record GridModel(
    @JsonProperty("cells") List<Cell> cells, @JsonProperty("noOrders") String noOrders)
    implements Model {

  /**
   * One segment of the grid.
   *
   * @param segmentId segment
   * @param r its recency scores
   * @param f its frequency scores
   */
  public record Cell(
      @JsonProperty("segmentId") String segmentId,
      @JsonProperty("r") List<Integer> r,
      @JsonProperty("f") List<Integer> f)
      implements Serializable {}

  @Override
  public Model renamed(Map<String, String> ids) {
    return new GridModel(
        cells.stream()
            .map(c -> new Cell(ids.getOrDefault(c.segmentId(), c.segmentId()), c.r(), c.f()))
            .toList(),
        ids.getOrDefault(noOrders, noOrders));
  }

  @Override
  public List<String> features() {
    return List.of(CustomerFeatures.R_SCORE.name(), CustomerFeatures.F_SCORE.name());
  }

  @Override
  public Column assignment() {
    Column id = functions.when(CustomerFeatures.R_SCORE.col().isNull(), functions.lit(noOrders));
    for (Cell cell : cells) {
      id =
          id.when(
              CustomerFeatures.R_SCORE
                  .col()
                  .isin(cell.r().toArray())
                  .and(CustomerFeatures.F_SCORE.col().isin(cell.f().toArray())),
              functions.lit(cell.segmentId()));
    }
    return Model.certain(id);
  }
}
