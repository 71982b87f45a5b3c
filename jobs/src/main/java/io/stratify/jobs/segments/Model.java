package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A fitted way of dividing customers. It needs nothing but the features of one customer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GridModel.class, name = "rules"),
  @JsonSubTypes.Type(value = RuleModel.class, name = "conditions"),
  @JsonSubTypes.Type(value = TierModel.class, name = "tiers"),
  @JsonSubTypes.Type(value = CentreModel.class, name = "kmeans"),
  @JsonSubTypes.Type(value = MixtureModel.class, name = "mixture"),
  @JsonSubTypes.Type(value = PartialModel.class, name = "partial"),
  @JsonSubTypes.Type(value = CombinedModel.class, name = "combined")
})
public sealed interface Model
    permits GridModel, RuleModel, TierModel, ClusterModel, PartialModel, CombinedModel {
  /**
   * The segment of a row of {@code customer_features}: a struct of {@code segment_id}, {@code
   * runner_up_id} and {@code confidence}.
   */
  Column assignment();

  /** The features that it looks at, each once or more. */
  List<String> features();

  /** An assignment that is certain. */
  static Column certain(Column segmentId) {
    return functions.struct(
        segmentId.as("segment_id"),
        functions.lit(null).cast("string").as("runner_up_id"),
        functions.lit(1.0).as("confidence"));
  }
}
