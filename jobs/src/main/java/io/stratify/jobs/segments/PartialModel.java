package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.common.tables.CustomerFeatures;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

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
    return functions
        .when(anyKnown(known), inner.assignment())
        .otherwise(Model.certain(functions.lit(unknown)));
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
