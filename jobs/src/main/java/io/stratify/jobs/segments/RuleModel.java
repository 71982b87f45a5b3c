package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Conditions over features; the first that holds counts.
 *
 * @param conditions in their order
 * @param other segment of those for whom none holds; null where one holds for everybody
 * @param features columns that the conditions look at
 */
public record RuleModel(
    @JsonProperty("conditions") List<Condition> conditions,
    @JsonProperty("other") String other,
    @JsonProperty("features") List<String> features)
    implements Model {

  /**
   * One condition.
   *
   * @param segmentId segment of those for whom it holds
   * @param sql the condition; one that is null does not hold
   */
  public record Condition(
      @JsonProperty("segmentId") String segmentId, @JsonProperty("sql") String sql)
      implements Serializable {}

  @Override
  public Model renamed(Map<String, String> ids) {
    return new RuleModel(
        conditions.stream()
            .map(c -> new Condition(ids.getOrDefault(c.segmentId(), c.segmentId()), c.sql()))
            .toList(),
        other == null ? null : ids.getOrDefault(other, other),
        features);
  }

  @Override
  public Column assignment() {
    Column id = null;
    for (Condition c : conditions) {
      Column holds = functions.expr(c.sql());
      Column segment = functions.lit(c.segmentId());
      id = id == null ? functions.when(holds, segment) : id.when(holds, segment);
    }
    // Without another segment it is proven that one condition always holds.
    return Model.certain(
        id.otherwise(
            other == null
                ? functions.raise_error(functions.lit("no rule of the lens holds"))
                : functions.lit(other)));
  }
}
