package io.stratify.jobs.validation;

import io.stratify.common.StratifyException;
import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerFeaturesPast;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.jobs.segments.Promotions;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.segments.Segmentation;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gathers the evidence about a segmentation again, on the customers now published. */
public final class Revalidation {
  private static final String JOB = "validate";

  private final Lake lake;
  private final StratifyConfig config;

  /** On the tables below one root. */
  public Revalidation(Lake lake, StratifyConfig config) {
    this.lake = lake;
    this.config = config;
  }

  /**
   * What was found.
   *
   * @param segmentation the segmentation
   * @param snapshot whose customers it was judged on
   * @param figures rows of {@code segmentation_validation}, without their slice
   * @param failed gates that failed
   */
  public record Found(
      Segmentation segmentation, Snapshot snapshot, List<Row> figures, long failed) {}

  /**
   * Judges a segmentation; writes nothing.
   *
   * @throws StratifyException if there is none of this id, it has no clusters, its model is
   *     damaged, or nothing has been published
   */
  public Found of(String id) {
    Segmentation s =
        Segmentation.fromRow(
            new Promotions(lake)
                .find(id)
                .orElseThrow(
                    () ->
                        new StratifyException(
                            "Cannot validate %s: there is no such segmentation. See ./stratify"
                                + " segmentations list",
                            id)));
    if (Subject.of(lake.spark(), s).isEmpty()) {
      throw new StratifyException(
          "Cannot validate %s: lens %s is made of %s, and only clusters have evidence for and"
              + " against them",
          id, s.lens(), s.algorithm());
    }
    List<String> gone =
        s.missingFeatures(config.features().custom().stream().map(CustomFeature::name).toList());
    if (!gone.isEmpty()) {
      throw new StratifyException(
          "Cannot validate %s: its features no longer exist: %s. Put them back into"
              + " features.custom",
          id, String.join(", ", gone));
    }
    Snapshot current =
        new Registry(lake)
            .current()
            .orElseThrow(
                () ->
                    new StratifyException(
                        "Cannot validate %s: nothing has been published in %s yet. Run ./stratify"
                            + " run first",
                        id, lake.root()));
    List<Figure> figures =
        new Judge(lake.spark(), config, () -> customers(current)).judge(s).figures();
    List<Row> rows =
        lake.spark()
            .createDataFrame(
                figures.stream().map(f -> f.row(s)).toList(),
                SegmentationValidation.TABLE.bodySchema())
            .collectAsList();
    return new Found(s, current, rows, figures.stream().filter(Figure::failed).count());
  }

  private Crowds.Source customers(Snapshot current) {
    Dataset<Row> features = lake.read(CustomerFeatures.TABLE, current, JOB);
    return new Crowds.Source(
        features,
        features.count(),
        current.asOf(),
        lake.readIfThere(CustomerFeaturesPast.TABLE, JOB),
        lake.readIfThere(CustomerOutcome.TABLE, JOB));
  }
}
