package io.stratify.jobs.segments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stratify.common.tables.CustomerFeatures;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Tiers of net money.
 *
 * @param tiers from the highest to the lowest
 * @param none segment of customers without net revenue
 */
public record TierModel(@JsonProperty("tiers") List<Tier> tiers, @JsonProperty("none") String none)
    implements Model {

  /**
   * One tier.
   *
   * @param segmentId segment
   * @param atLeast net money from which a customer is in the tier; null if nobody is
   */
  public record Tier(
      @JsonProperty("segmentId") String segmentId, @JsonProperty("atLeast") BigDecimal atLeast)
      implements Serializable {}

  @Override
  public Model renamed(Map<String, String> ids) {
    return new TierModel(
        tiers.stream()
            .map(t -> new Tier(ids.getOrDefault(t.segmentId(), t.segmentId()), t.atLeast()))
            .toList(),
        ids.getOrDefault(none, none));
  }

  @Override
  public List<String> features() {
    return List.of(CustomerFeatures.MONETARY_NET.name());
  }

  @Override
  public Column assignment() {
    Column net = CustomerFeatures.MONETARY_NET.col();
    Column id = functions.when(net.isNull().or(net.leq(0)), functions.lit(none));
    for (Tier tier : tiers) {
      if (tier.atLeast() != null) {
        id = id.when(net.geq(functions.lit(tier.atLeast())), functions.lit(tier.segmentId()));
      }
    }
    return Model.certain(id.otherwise(functions.lit(tiers.get(tiers.size() - 1).segmentId())));
  }
}
