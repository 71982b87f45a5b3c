package io.stratify.jobs.segments;

import java.io.Serializable;
import java.util.List;

/**
 * A model whose preference for one part over another is a sum over features and a constant, so that
 * what decided for a customer can be said exactly. Its parts are counted from 0; several of them
 * may make one segment, after people merged some.
 */
public interface Additive extends Serializable {
  /** Columns of {@code customer_features} (or names of {@code features.custom}) that it reads. */
  List<String> features();

  /** What each of the features is called in a reason; that one is missing is a feature too. */
  List<String> labels();

  /** Id of the segment of each part. */
  List<String> segmentIds();

  /** Where a customer stands. {@code raw}: the features in their units, NaN where missing. */
  Standing standing(double[] raw);

  /**
   * What each feature says for a part against another; the sum and {@link #constant} are the
   * margin, positive where the customer belongs to the first rather than to the other.
   */
  double[] evidence(double[] raw, int part, int other);

  /** Whether each feature has a value nearer to what is typical for a part than for another. */
  boolean[] nearer(double[] raw, int part, int other);

  /** What speaks for a part against another whatever the customer is like. */
  double constant(int part, int other);

  /** The part of a segment that is nearest to a customer; -1 where the segment is not there. */
  int partOf(double[] raw, String segmentId);

  /** What is typical for a part: one value per feature, in its unit. */
  double[] typical(int part);

  /** The value of a feature as a reason shows it; NaN where missing. */
  double shown(double[] raw, int feature);

  /** The value that counts for a feature, in its unit: what stands for one that is missing. */
  double counted(double[] raw, int feature);

  /** What margins and evidence are measured in. */
  String measure();

  /**
   * Where a customer stands in a model.
   *
   * @param part the part he belongs to
   * @param runnerUp the nearest part of another segment; -1 where there is none
   * @param confidence from 0 to 1
   * @param distance to the typical customer of the part
   * @param outlier whether he is further away than is usual in the part
   */
  record Standing(int part, int runnerUp, double confidence, double distance, boolean outlier) {}
}
