package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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
public sealed interface Model extends Serializable
    permits GridModel, RuleModel, TierModel, ClusterModel, PartialModel, CombinedModel {
  /** Field of an assignment: the segment. */
  String SEGMENT_ID = "segment_id";

  /** Shape of a membership. */
  StructType MEMBERSHIP =
      new StructType()
          .add(SEGMENT_ID, DataTypes.StringType)
          .add("runner_up_id", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType)
          .add("distance", DataTypes.DoubleType)
          .add("outlier", DataTypes.BooleanType);

  /**
   * The segment of a row of {@code customer_features}: a struct of {@code segment_id}, {@code
   * runner_up_id} and {@code confidence}.
   */
  Column assignment();

  /** Columns of {@code customer_features} that decide, each once or more. */
  List<String> features();

  /**
   * An assignment with the distance to the typical customer and whether it is unusually far. Rules
   * and tiers know neither.
   */
  default Column membership() {
    Column assigned = assignment();
    return functions.struct(
        assigned.getField(SEGMENT_ID).as(SEGMENT_ID),
        assigned.getField("runner_up_id").as("runner_up_id"),
        assigned.getField("confidence").as("confidence"),
        functions.lit(null).cast(DataTypes.DoubleType).as("distance"),
        functions.lit(false).as("outlier"));
  }

  /**
   * The same model with other ids of segments; an id that is not in the map stays. Two segments may
   * become one.
   */
  Model renamed(Map<String, String> ids);

  /**
   * The same model without a segment, whose customers go where they are nearest; empty where they
   * would be nowhere.
   */
  default Optional<Model> without(String segmentId) {
    return Optional.empty();
  }

  /** What weighs features against each other, where something does. */
  default Optional<Additive> additive() {
    return Optional.empty();
  }

  /** An assignment that is certain. */
  static Column certain(Column segmentId) {
    return functions.struct(
        segmentId.as(SEGMENT_ID),
        functions.lit(null).cast("string").as("runner_up_id"),
        functions.lit(1.0).as("confidence"));
  }
}
