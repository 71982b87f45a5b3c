package io.stratify.common.config;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything a run can be told.
 *
 * @param asOf the day the run describes, if the configuration says it
 * @param output where Stratify keeps its tables
 * @param catalog where readers find tables by name
 * @param log how a command tells what it does
 * @param sources raw data by source name
 * @param inputs what feeds the canonical tables, by table name
 * @param conform how inputs become canonical tables
 * @param consent whose data may be used
 * @param erasure how erased customers are remembered
 * @param history how customer days are kept up to date
 * @param features how facts become features
 * @param segments how customers are divided
 * @param validation when a segmentation may be published
 * @param demo the synthetic warehouse
 * @param spark the session
 */
public record StratifyConfig(
    Optional<LocalDate> asOf,
    OutputConfig output,
    CatalogConfig catalog,
    LogConfig log,
    Map<String, SourceConfig> sources,
    Map<String, InputConfig> inputs,
    ConformConfig conform,
    ConsentConfig consent,
    ErasureConfig erasure,
    HistoryConfig history,
    FeaturesConfig features,
    SegmentsConfig segments,
    ValidationConfig validation,
    DemoConfig demo,
    SparkConfig spark) {

  static final Key<Optional<LocalDate>> AS_OF = Key.optionalDate("as-of");

  /** Checks that the inputs fit the sources and each other. */
  public StratifyConfig {
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    Map<String, InputLinks.Input> links = new LinkedHashMap<>();
    inputs.forEach(
        (table, input) ->
            links.put(
                table,
                new InputLinks.Input(
                    input.source(), input.columns().keySet(), input.currency().isPresent())));
    Checks checks =
        new Checks().all(InputLinks.problems(sources.keySet(), links, conform.currency().rates()));
    for (InputConfig input : inputs.values()) {
      input.rules().forEach(rule -> checks.all(InputLinks.references(rule, links.keySet())));
    }
    checks.all(GatedSearch.problems(segments.clusters(), validation, inputs.keySet())).done();
  }
}
