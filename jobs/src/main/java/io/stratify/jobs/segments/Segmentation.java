package io.stratify.jobs.segments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stratify.common.StratifyException;
import io.stratify.common.config.RefitConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.SegmentationTable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * One fitted version of a lens.
 *
 * @param id lens and as-of date of the fit; a number more where that date was fitted otherwise
 *     before
 * @param lens lens
 * @param fittedAsOf as-of date of the fit
 * @param algorithm rules, tiers, combined, kmeans, gaussian-mixture or bisecting-kmeans
 * @param segments its segments
 * @param model how a customer finds its segment
 * @param silhouette macro-averaged silhouette; null but for clusters
 * @param smallestShare share of customers in the smallest segment at the fit; null but for clusters
 * @param configHash hash of the configuration that it was fitted with
 * @param made what it was made from; null where nobody said
 */
public record Segmentation(
    String id,
    String lens,
    LocalDate fittedAsOf,
    String algorithm,
    List<SegmentInfo> segments,
    Model model,
    Double silhouette,
    Double smallestShare,
    String configHash,
    Provenance made) {

  /** A segmentation of which nobody said what it was made from. */
  public Segmentation(
      String id,
      String lens,
      LocalDate fittedAsOf,
      String algorithm,
      List<SegmentInfo> segments,
      Model model,
      Double silhouette,
      Double smallestShare,
      String configHash) {
    this(
        id,
        lens,
        fittedAsOf,
        algorithm,
        segments,
        model,
        silhouette,
        smallestShare,
        configHash,
        null);
  }

  /** A segmentation that is published already. */
  public static final String CHAMPION = "champion";

  /** A segmentation fitted by this run. */
  public static final String CHALLENGER = "challenger";

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Saved(List<SegmentInfo> segments, Model model) {}

  /** Id of the segmentation of a lens fitted as of a date. */
  public static String idOf(String lens, LocalDate asOf) {
    return lens + "-" + compact(asOf);
  }

  /** The same segmentation with other segments and their model. */
  public Segmentation with(List<SegmentInfo> others, Model other) {
    return copy(id, others, other, made);
  }

  /** The same segmentation with what it was made from. */
  Segmentation with(Provenance provenance) {
    return copy(id, segments, model, provenance);
  }

  /** The same segmentation with an id that none of these has, but where it is that one. */
  Segmentation distinctFrom(Collection<Segmentation> others) {
    String own = id;
    for (int n = 2; isTaken(own, others); n++) {
      own = id + "-" + n;
    }
    return copy(own, segments, model, made);
  }

  private boolean isTaken(String wanted, Collection<Segmentation> others) {
    return others.stream().anyMatch(o -> o.id.equals(wanted) && !o.json().equals(json()));
  }

  private Segmentation copy(
      String own, List<SegmentInfo> others, Model other, Provenance provenance) {
    return new Segmentation(
        own,
        lens,
        fittedAsOf,
        algorithm,
        others,
        other,
        silhouette,
        smallestShare,
        configHash,
        provenance);
  }

  /** The date as eight digits. */
  static String compact(LocalDate date) {
    return date.toString().replace("-", "");
  }

  /** The features of its model that are neither columns nor features of the configuration. */
  public List<String> missingFeatures(Collection<String> custom) {
    return model.features().stream()
        .distinct()
        .filter(
            f ->
                CustomerFeatures.TABLE.column(f).isEmpty()
                    && CustomerFeatures.keyed(f).isEmpty()
                    && !custom.contains(f))
        .toList();
  }

  /** Whether it has to be fitted again: too old, or made with another configuration. */
  boolean isDue(LocalDate asOf, RefitConfig refit, String hash) {
    return !refit.never(lens) && (!configHash.equals(hash) || refit.isDue(lens, fittedAsOf, asOf));
  }

  /** The row of {@code segmentation}, without its slice. */
  Row toRow(String status) {
    return RowFactory.create(
        id,
        lens,
        status,
        Date.valueOf(fittedAsOf),
        algorithm,
        segments.size(),
        silhouette,
        smallestShare,
        configHash,
        json(),
        model.features(),
        made == null ? null : made.parameters(),
        made == null ? null : made.dataVersions());
  }

  /** Whether a model is its own, or equal to it. */
  boolean isOf(Model other) {
    return JSON.<JsonNode>valueToTree(model).equals(JSON.<JsonNode>valueToTree(other));
  }

  /** What it divides customers by: its segments and their model. */
  private String json() {
    try {
      return JSON.writeValueAsString(new Saved(segments, model));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a model that has no JSON", e);
    }
  }

  /**
   * Reads back a row of {@code segmentation}.
   *
   * @throws StratifyException if the model is damaged
   */
  public static Segmentation fromRow(Row row) {
    String id = row.getAs(SegmentationTable.SEGMENTATION_ID.name());
    String json = row.getAs(SegmentationTable.MODEL.name());
    try {
      Saved saved = JSON.readValue(json, Saved.class);
      return new Segmentation(
          id,
          row.getAs(SegmentationTable.LENS.name()),
          row.<Date>getAs(SegmentationTable.FITTED_AS_OF.name()).toLocalDate(),
          row.getAs(SegmentationTable.ALGORITHM.name()),
          Objects.requireNonNull(saved.segments(), "segments"),
          Objects.requireNonNull(saved.model(), "model"),
          row.getAs(SegmentationTable.SILHOUETTE.name()),
          row.getAs(SegmentationTable.SMALLEST_SHARE.name()),
          row.getAs(SegmentationTable.CONFIG_HASH.name()),
          provenance(row));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new StratifyException(
          e,
          "Cannot read segmentation %s: its model is damaged (%s). Refit it with %s",
          id,
          e.getMessage(),
          RefitConfig.anew(row.getAs(SegmentationTable.LENS.name())));
    }
  }

  /** Ids of the segmentations that a run fitted, by its rows of the registry. */
  public static Set<String> fitted(Dataset<Row> registry) {
    return registry
        .where(SegmentationTable.STATUS.col().equalTo(CHALLENGER))
        .select(SegmentationTable.SEGMENTATION_ID.col())
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .collect(Collectors.toSet());
  }

  private static Provenance provenance(Row row) {
    int versions = row.fieldIndex(SegmentationTable.DATA_VERSIONS.name());
    return row.isNullAt(versions)
        ? null
        : new Provenance(SegmentationTable.PARAMETERS.text(row), row.getJavaMap(versions));
  }
}
