package io.stratify.jobs.membership;

import io.stratify.jobs.FeatureText;
import io.stratify.jobs.segments.Additive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Why one customer is in a segment of a model that is a sum over features.
 *
 * @param segmentId the segment
 * @param runnerUpId the nearest other one; null where there is none
 * @param measure what margin and contributions are measured in
 * @param margin sum of the contributions of all features and of the constant of the model; null
 *     without a runner-up
 * @param top the features that say most for the segment
 * @param rest contribution of all others, and the constant; null without a runner-up
 * @param sentence the same for people
 */
record Reason(
    String segmentId,
    String runnerUpId,
    String measure,
    Double margin,
    List<Feature> top,
    Double rest,
    String sentence) {
  /** More than three reasons are not read: what comes after adds up in the rest. */
  private static final int TOP = 3;

  /** Of what the first feature contributes: one that contributes less is not named. */
  private static final double LEAST_SHARE = 0.05;

  /**
   * One feature.
   *
   * @param value in its unit; NaN where missing
   * @param counted the value that counts: what stands for a missing one
   * @param typical what is typical for the segment
   * @param typicalOfRunnerUp what is typical for the runner-up
   * @param contribution to the margin
   */
  record Feature(
      String feature,
      double value,
      double counted,
      double typical,
      double typicalOfRunnerUp,
      double contribution) {
    /** A feature whose value counts as it is. */
    Feature(
        String feature,
        double value,
        double typical,
        double typicalOfRunnerUp,
        double contribution) {
      this(feature, value, value, typical, typicalOfRunnerUp, contribution);
    }

    Row row() {
      return RowFactory.create(
          feature, FeatureText.orNull(value), typical, typicalOfRunnerUp, contribution);
    }

    String text() {
      return String.format(
          java.util.Locale.ROOT,
          "%s is %s (%s is typical here, %s there)",
          feature,
          Double.isNaN(value)
              ? FeatureText.UNKNOWN + " and counts as " + FeatureText.number(counted)
              : FeatureText.number(value),
          FeatureText.number(typical),
          FeatureText.number(typicalOfRunnerUp));
    }
  }

  /** The reason for a customer's segment. {@code names}: readable names by id. */
  static Reason of(Additive model, Map<String, String> names, double[] raw) {
    Additive.Standing s = model.standing(raw);
    String id = model.segmentIds().get(s.part());
    String name = names.getOrDefault(id, id);
    if (s.runnerUp() < 0) {
      return new Reason(
          id, null, model.measure(), null, List.of(), null, name + ": there is no other segment");
    }
    double[] evidence = model.evidence(raw, s.part(), s.runnerUp());
    List<Feature> top = top(model, raw, s, evidence);
    double margin = model.constant(s.part(), s.runnerUp());
    for (double e : evidence) {
      margin += e;
    }
    double said = top.stream().mapToDouble(Feature::contribution).sum();
    String other = model.segmentIds().get(s.runnerUp());
    String sentence = sentence(name, names.getOrDefault(other, other), top, margin);
    return new Reason(id, other, model.measure(), margin, top, margin - said, sentence);
  }

  /**
   * Those that say most, and of them none that says next to nothing beside the first. A mixture
   * also weighs how features go together: what speaks for a segment by that alone, with a value
   * that is nearer to what is typical for the other one, would contradict itself.
   */
  private static List<Feature> top(
      Additive model, double[] raw, Additive.Standing s, double[] evidence) {
    boolean[] nearer = model.nearer(raw, s.part(), s.runnerUp());
    double[] here = model.typical(s.part());
    double[] there = model.typical(s.runnerUp());
    List<Feature> speaking =
        IntStream.range(0, evidence.length)
            .filter(j -> evidence[j] > 0 && nearer[j])
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -evidence[j]))
            .limit(TOP)
            .map(
                j ->
                    new Feature(
                        model.labels().get(j),
                        model.shown(raw, j),
                        model.counted(raw, j),
                        here[j],
                        there[j],
                        evidence[j]))
            .toList();
    return speaking.stream()
        .filter(f -> f.contribution() >= LEAST_SHARE * speaking.get(0).contribution())
        .toList();
  }

  private static String sentence(String name, String other, List<Feature> top, double margin) {
    if (top.isEmpty()) {
      return margin > 0
          ? name
              + " rather than "
              + other
              + ": more customers are there, or they are spread in such a way"
          : name + ", as near as " + other;
    }
    List<String> parts = new ArrayList<>();
    top.forEach(f -> parts.add(f.text()));
    return name + " rather than " + other + ": " + String.join(", ", parts);
  }

  Row row() {
    return RowFactory.create(
        segmentId,
        runnerUpId,
        measure,
        margin,
        top.stream().map(Feature::row).toArray(),
        rest,
        sentence);
  }
}
