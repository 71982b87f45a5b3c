package io.stratify.common.config;

import java.math.BigDecimal;
import java.util.List;

/**
 * The lens of revenue tiers.
 *
 * @param enabled whether the lens is computed
 * @param by what the shares of the tiers are shares of
 * @param tiers from the customers who bring most
 */
public record ValueConfig(boolean enabled, By by, List<Tier> tiers) {
  /** What the shares of the tiers are shares of. */
  public enum By {
    /** Of net revenue: the customers who bring the first half of it. */
    SHARE,
    /** Of the customers with net revenue: the first tenth of them. */
    QUANTILE
  }

  /** Id of the segment of customers without net revenue. */
  public static final String NONE = "none";

  static final Key<By> BY = Key.oneOf("segments.value.by", By.class);

  static final String TIERS = "segments.value.tiers";
  static final Key<Boolean> ENABLED = Key.flag("segments.value.enabled");
  private static final double TOLERANCE = 1e-9;

  /** Checks that the tiers share out all the revenue. */
  public ValueConfig {
    tiers = List.copyOf(tiers);
    BigDecimal sum =
        tiers.stream()
            .map(tier -> BigDecimal.valueOf(tier.share()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    new Checks()
        .that(
            tiers.size() >= 2, TIERS, TIERS + " has " + tiers.size() + "; it must have at least 2")
        .that(
            tiers.size() < 2 || Math.abs(sum.doubleValue() - 1) <= TOLERANCE,
            TIERS,
            TIERS + " has shares that sum to " + sum.toPlainString() + "; they must sum to 1")
        .all(Ids.repeated(TIERS, tiers.stream().map(Tier::id).toList()))
        .that(
            tiers.stream().noneMatch(t -> t.id().equals(NONE)),
            TIERS,
            TIERS + " has the id " + NONE + ", which is that of the customers without net revenue")
        .done();
  }
}
