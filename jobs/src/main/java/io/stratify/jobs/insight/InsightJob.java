package io.stratify.jobs.insight;

import io.stratify.common.Counted;
import io.stratify.common.config.ClusterConfig;
import io.stratify.common.config.SegmentsConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentKpi;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Digits;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.FeatureKeys;
import io.stratify.jobs.segments.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Profiles the segments and says what they are worth. */
public final class InsightJob implements Job {

  record InsightResult(int segments, long figures) implements JobResult {
    @Override
    public String sentence() {
      return Counted.of(figures, "figure")
          + " on "
          + Counted.of(segments, "segment")
          + " with customers";
    }
  }

  @Override
  public String name() {
    return "insight";
  }

  @Override
  public String description() {
    return "Profile the segments and compute what they are worth";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(CustomerFeatures.TABLE, CustomerSegment.TABLE, Segment.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(SegmentProfile.TABLE, SegmentKpi.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    Dataset<Row> features = context.readSnapshot(CustomerFeatures.TABLE, this);
    context.describe("profile segments");
    List<String> profiled =
        profiled(FeatureKeys.expand(features, ofClusters(context.config().segments())));
    Row all = SegmentFigures.overall(features, profiled).first();
    long customers = all.<Long>getAs("customers");
    List<Row> segments =
        new ArrayList<>(
            SegmentFigures.perSegment(
                    context.readSnapshot(CustomerSegment.TABLE, this),
                    features,
                    profiled,
                    Sample.drawn(
                        customers,
                        context.config().segments().sample(),
                        context.config().segments().seed()))
                .collectAsList());
    segments.sort(Comparator.comparing(r -> r.<String>getAs("segment_id")));
    List<Row> profiles = new ArrayList<>();
    List<Row> kpis = new ArrayList<>();
    for (Row segment : segments) {
      kpis.add(kpi(segment, all));
      for (String feature : profiled) {
        profiles.add(profile(segment, all, feature));
      }
    }
    Map<TableSpec, Long> written =
        context.writeAll(
            Map.of(
                SegmentProfile.TABLE,
                context.rows(SegmentProfile.TABLE, profiles),
                SegmentKpi.TABLE,
                context.rows(SegmentKpi.TABLE, kpis)),
            this);
    return new InsightResult(
        segments.size(), written.values().stream().mapToLong(Long::longValue).sum());
  }

  private static List<String> ofClusters(SegmentsConfig config) {
    return config.clusters().stream()
        .filter(ClusterConfig::enabled)
        .flatMap(lens -> lens.features().stream())
        .toList();
  }

  /** A few telling features, and those that the lenses of clusters were told to use. */
  private static List<String> profiled(List<String> lens) {
    return Stream.concat(CustomerFeatures.PROFILED.stream().map(Feature::name), lens.stream())
        .distinct()
        .toList();
  }

  private static Row kpi(Row s, Row all) {
    BigDecimal revenue = s.getAs(SegmentFigures.REVENUE);
    return RowFactory.create(
        s.<String>getAs("segment_id"),
        s.<String>getAs("lens"),
        s.<Long>getAs("customers"),
        revenue,
        share(revenue, all.<BigDecimal>getAs(SegmentFigures.REVENUE)),
        ratio(s.<Double>getAs(SegmentFigures.ORDER_VALUE), s.<Long>getAs(SegmentFigures.ORDERS)),
        ratio(s.<Long>getAs(SegmentFigures.REPEATERS), s.<Long>getAs(SegmentFigures.BUYERS)));
  }

  /** Of a loss nobody has a share: who brings money would have a negative one. */
  static Double share(BigDecimal revenue, BigDecimal all) {
    return all == null || all.signum() <= 0 ? null : ratio(revenue, all);
  }

  private static Double ratio(Number part, Number whole) {
    return part == null || whole == null || whole.doubleValue() == 0
        ? null
        : rounded(part.doubleValue() / whole.doubleValue());
  }

  private static Row profile(Row s, Row all, String feature) {
    Double mean = s.getAs("mean_" + feature);
    Double allMean = all.getAs("mean_" + feature);
    Double deviation = all.getAs("deviation_" + feature);
    boolean comparable = mean != null && deviation != null && Digits.differ(allMean, deviation);
    List<Double> quantiles =
        s.isNullAt(s.fieldIndex("q_" + feature)) ? null : s.getList(s.fieldIndex("q_" + feature));
    return RowFactory.create(
        s.<String>getAs("segment_id"),
        feature,
        s.<String>getAs("lens"),
        s.<Long>getAs("n_" + feature),
        rounded(mean),
        quantile(quantiles, 1),
        quantile(quantiles, 0),
        quantile(quantiles, 2),
        comparable ? rounded((mean - allMean) / deviation) : null);
  }

  private static Double quantile(List<Double> quantiles, int i) {
    return quantiles == null ? null : rounded(quantiles.get(i));
  }

  /** Six decimals, and of large values no more digits than mean something. */
  private static Double rounded(Double value) {
    return value == null ? null : Digits.nine(Math.rint(value * 1e6) / 1e6);
  }
}
