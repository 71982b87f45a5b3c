package io.stratify.jobs.membership;

import io.stratify.jobs.segments.Additive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why one customer is in another segment than before. The margin of the new segment over the old
 * one grew from what it was (old model, old features) to what it is (new model, new features); on
 * the way lies the old model with the new features, so that what the customer did and what the
 * refit did are told apart without a remainder. Where other ids became the same person in between,
 * what changed in the features came with them or from him, and nobody can tell; it is given to
 * identities as a whole.
 *
 * @param measure what the parts are measured in
 * @param customer by what the customer did
 * @param segment by the refit
 * @param identity by ids that were found to be the same person, or no longer
 * @param features the features that changed, or of mixtures count otherwise since others changed;
 *     the largest contribution, or what decided, first
 */
record Shift(
    String measure, double customer, double segment, double identity, List<Feature> features) {
  /** The measure of shifts that are counted. */
  static final String COUNTED = "shift";

  /**
   * One feature.
   *
   * @param before in its unit; NaN where missing
   * @param after in its unit; NaN where missing
   * @param contribution to the margin of the new segment; null where shifts are counted
   */
  record Feature(String feature, double before, double after, Double contribution) {}

  /** What all parts are together. */
  double total() {
    return customer + segment + identity;
  }

  /**
   * The shift of a customer between two models that are sums over features.
   *
   * @param from segment before
   * @param to segment now
   * @param was features of the old model in the snapshot before
   * @param is features of the old model now
   * @param isInNew features of the new model now
   * @param regrouped whether other ids became the same person in between, or ceased to be
   * @return null where one of the models does not have both segments, or where they do not measure
   *     the same
   */
  static Shift of(
      Additive old,
      Additive now,
      String from,
      String to,
      double[] was,
      double[] is,
      double[] isInNew,
      boolean regrouped) {
    if (!has(old, from)
        || !has(old, to)
        || !has(now, from)
        || !has(now, to)
        || !old.measure().equals(now.measure())) {
      return null;
    }
    // Of segments that people merged, the parts that are nearest now: what is compared is the same.
    int part = old.partOf(is, to);
    int other = old.partOf(is, from);
    Evidence before = Evidence.of(old, was, part, other);
    Evidence between = Evidence.of(old, is, part, other);
    Evidence after = Evidence.of(now, isInNew, now.partOf(isInNew, to), now.partOf(isInNew, from));
    List<Feature> features = new ArrayList<>();
    for (int j = 0; j < before.features().length; j++) {
      double contribution = between.features()[j] - before.features()[j];
      double shownBefore = old.shown(was, j);
      double shownNow = old.shown(is, j);
      if (Double.compare(shownBefore, shownNow) != 0 || contribution != 0) {
        features.add(new Feature(old.labels().get(j), shownBefore, shownNow, contribution));
      }
    }
    double own = between.sumWithout(before);
    double refit = after.sumWithout(between);
    features.sort(Comparator.comparingDouble(f -> -Math.abs(f.contribution())));
    return new Shift(now.measure(), regrouped ? 0 : own, refit, regrouped ? own : 0, features);
  }

  /**
   * A shift that is counted as one.
   *
   * @param anyway whether the old model, too, puts the customer somewhere else now
   * @param features names of the features that decide
   */
  static Shift counted(
      boolean anyway, List<String> features, double[] was, double[] is, boolean regrouped) {
    List<Feature> changed = new ArrayList<>();
    for (int j = 0; j < features.size(); j++) {
      if (Double.compare(was[j], is[j]) != 0) {
        changed.add(new Feature(features.get(j), was[j], is[j], null));
      }
    }
    boolean own = anyway && !regrouped;
    boolean identity = anyway && regrouped;
    return new Shift(COUNTED, own ? 1 : 0, anyway ? 0 : 1, identity ? 1 : 0, changed);
  }

  /** The same with the features in another order. */
  Shift inOrderOf(List<String> order) {
    List<Feature> sorted = new ArrayList<>(features);
    sorted.sort(Comparator.comparingInt(f -> order.indexOf(f.feature())));
    return new Shift(measure, customer, segment, identity, sorted);
  }

  private static boolean has(Additive model, String segmentId) {
    return model.segmentIds().contains(segmentId);
  }

  /** What speaks for the new segment against the old one. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Evidence(double[] features, double constant) {
    static Evidence of(Additive model, double[] raw, int part, int other) {
      return new Evidence(model.evidence(raw, part, other), model.constant(part, other));
    }

    /** By how much the margin is more than another; feature by feature where there are as many. */
    double sumWithout(Evidence less) {
      double sum = constant - less.constant;
      int most = Math.max(features.length, less.features.length);
      for (int j = 0; j < most; j++) {
        sum += j < features.length ? features[j] : 0;
        sum -= j < less.features.length ? less.features[j] : 0;
      }
      return sum;
    }
  }
}
