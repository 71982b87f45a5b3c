package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.common.tables.CustomerFeatures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A model of those of whom something is known, and a segment of all others.
 *
 * @param known features of which one has to have a value
 * @param inner divides those who have one
 * @param unknown segment of those who have none
 */
public record PartialModel(
    @JsonProperty("known") List<String> known,
    @JsonProperty("inner") ClusterModel inner,
    @JsonProperty("unknown") String unknown)
    implements Model {

  @Override
  public Column assignment() {
    return membership();
  }

  @Override
  public Column membership() {
    return functions
        .when(isKnown(), inner.membership())
        .otherwise(
            functions.struct(
                functions.lit(unknown).as(SEGMENT_ID),
                functions.lit(null).cast(DataTypes.StringType).as("runner_up_id"),
                functions.lit(1.0).as("confidence"),
                functions.lit(null).cast(DataTypes.DoubleType).as("distance"),
                functions.lit(false).as("outlier")));
  }

  /** The same model with other clusters. */
  PartialModel with(ClusterModel clusters) {
    return new PartialModel(known, clusters, unknown);
  }

  /** Whether it is the clusters that divide a customer. */
  public Column isKnown() {
    return anyKnown(known);
  }

  @Override
  public Model renamed(Map<String, String> ids) {
    return new PartialModel(known, inner.renamed(ids), ids.getOrDefault(unknown, unknown));
  }

  /** Of the clusters any but the last can go; what is not known stays. */
  @Override
  public Optional<Model> without(String segmentId) {
    return segmentId.equals(unknown)
        ? Optional.empty()
        : inner.without(segmentId).map(m -> with((ClusterModel) m));
  }

  @Override
  public Optional<Additive> additive() {
    return Optional.of(inner);
  }

  @Override
  public List<String> features() {
    return known;
  }

  /** Whether a customer has a value of one of some features. */
  static Column anyKnown(List<String> features) {
    return functions
        .coalesce(features.stream().map(CustomerFeatures::number).toArray(Column[]::new))
        .isNotNull();
  }
}
