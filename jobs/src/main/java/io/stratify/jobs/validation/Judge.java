package io.stratify.jobs.validation;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.config.ValidationConfig;
import io.stratify.common.config.ValidationConfig.Unmeasured;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Gathers the evidence about one segmentation, as the configuration says. */
final class Judge {
  private final SparkSession spark;
  private final StratifyConfig config;
  private final Supplier<Crowds.Source> customers;

  /**
   * A judge.
   *
   * @param customers where they come from; asked for only where there are clusters
   */
  Judge(SparkSession spark, StratifyConfig config, Supplier<Crowds.Source> customers) {
    this.spark = spark;
    this.config = config;
    this.customers = customers;
  }

  /**
   * What is said about a segmentation.
   *
   * @param figures all figures with their verdicts
   * @param proposals rows of {@code segment_proposal}
   */
  record Judged(List<Figure> figures, List<Row> proposals) {}

  /** Everything about one segmentation; nothing about one that is not made of clusters. */
  Judged judge(Segmentation s) {
    if (s.smallestShare() == null) {
      return new Judged(List.of(), List.of());
    }
    ValidationConfig validation = config.validation();
    Gates gates = new Gates(validation.gates(s.lens()), validation.unmeasured() == Unmeasured.FAIL);
    Optional<Subject> subject = Subject.of(spark, s);
    int k = subject.map(Subject::k).orElse(s.segments().size());
    List<Figure> figures = new ArrayList<>(Sizes.of(s, k, gates.limits()));
    if (subject.isEmpty()) {
      return new Judged(figures, List.of());
    }
    long seed = config.segments().seed();
    Crowds crowds = Crowds.of(subject.get(), customers.get(), validation.evidence().sample(), seed);
    figures.addAll(
        new Evidence(subject.get(), validation.evidence(), gates, objective(s.lens()), seed)
            .of(crowds));
    return new Judged(
        figures,
        new Proposals(subject.get(), gates, validation.evidence().minPerSegment())
            .of(crowds.comparable(), figures));
  }

  private Optional<String> objective(String lens) {
    return config.segments().clusters().stream()
        .filter(c -> c.name().equals(lens))
        .findFirst()
        .map(ClusterConfig::policy)
        .flatMap(p -> p.outcome());
  }
}
