package io.stratify.common.config;

import java.util.List;

/**
 * A rectangle of the grid of R and F scores.
 *
 * @param id id that stays
 * @param name name for people
 * @param r recency scores it covers
 * @param f frequency scores it covers
 */
public record RfmSegment(String id, String name, List<Integer> r, List<Integer> f) {
  static final String PATH = RfmConfig.GRID + "[]";
  static final Key<String> ID =
      Key.matching(PATH + ".id", "lower-case letters, digits and hyphens", "[a-z0-9-]+");
  static final Key<String> NAME = Key.text(PATH + ".name", "a name for people");
  static final Key<List<Integer>> R = scores(PATH + ".r");
  static final Key<List<Integer>> F = scores(PATH + ".f");

  /** Checks the id and that the scores are quintiles, each listed once. */
  public RfmSegment {
    r = List.copyOf(r);
    f = List.copyOf(f);
    new Checks().check(ID, id).check(NAME, name).check(R, r).check(F, f).done();
  }

  private static Key<List<Integer>> scores(String path) {
    Key<List<Integer>> key =
        Key.list(
            path,
            "a list of different whole numbers from 1 to " + RfmConfig.SCORES,
            Values::wholeNumber,
            score -> score >= 1 && score <= RfmConfig.SCORES);
    return new Key<>(path, key.must(), key.parser(), key.valid().and(scores -> !scores.isEmpty()));
  }
}
