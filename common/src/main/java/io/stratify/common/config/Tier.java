package io.stratify.common.config;

/**
 * A part of the customers, from those who bring most down.
 *
 * @param id id that stays
 * @param name name for people
 * @param share share of net revenue that its customers bring, or of the customers themselves where
 *     tiers go by quantile
 */
public record Tier(String id, String name, double share) {
  static final String PATH = ValueConfig.TIERS + "[]";
  static final Key<String> ID =
      Key.matching(PATH + ".id", "lower-case letters, digits and hyphens", "[a-z0-9-]+");
  static final Key<String> NAME = Key.text(PATH + ".name", "a name for people");
  static final Key<Double> SHARE = Key.positive(PATH + ".share");

  /** Checks each value. */
  public Tier {
    new Checks().check(ID, id).check(NAME, name).check(SHARE, share).done();
  }
}
