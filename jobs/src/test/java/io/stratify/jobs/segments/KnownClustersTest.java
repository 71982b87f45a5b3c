package io.stratify.jobs.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stratify.common.config.ClusterConfig;
import io.stratify.common.spark.SparkSuite;
import io.stratify.jobs.Defaults;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Public sets of points whose clusters are known; the number of clusters is given. */
class KnownClustersTest extends SparkSuite {
  private static final Logger LOG = LoggerFactory.getLogger(KnownClustersTest.class);

  @ParameterizedTest
  @CsvSource({
    "s1, 15, kmeans, 2, 0.98",
    "s2, 15, kmeans, 2, 0.92",
    "a1, 20, kmeans, 2, 0.95",
    "r15, 15, kmeans, 2, 0.99",
    "iris, 3, gaussian-mixture, 8, 0.88"
  })
  void theKnownClustersAreFound(String set, int k, String algorithm, int restarts, double atLeast) {
    List<double[]> rows = points(set);
    int[] truth = read(set + ".labels0.gz").stream().mapToInt(r -> (int) r[0] - 1).toArray();
    ClusterConfig config = config(k, algorithm, restarts);
    Preparation preparation =
        new PreparationLearner(config.preparation(), why -> {})
            .learn(
                IntStream.range(0, rows.get(0).length).mapToObj(j -> "x" + j).toList(),
                new Sample(rows, true));
    Points points = Points.all(rows, preparation);
    Fitted found = new Search(spark(), config, 42, c -> Double.NaN).fitAll(points, k).get(0);
    assertThat(found.usable()).as("%s", found.discarded()).isTrue();
    double agreement = RandIndex.adjusted(truth, found.labels());
    LOG.info("{} by {}: adjusted Rand index {}", set, algorithm, agreement);
    assertThat(agreement).isGreaterThanOrEqualTo(atLeast);
  }

  private static ClusterConfig config(int k, String algorithm, int restarts) {
    String lens = "segments.behaviour.";
    return Defaults.config(
            Map.of(
                lens + "k-min",
                String.valueOf(k),
                lens + "k-max",
                String.valueOf(k),
                lens + "min-share",
                "0.01",
                lens + "algorithms",
                "[" + algorithm + "]",
                lens + "restarts",
                String.valueOf(restarts),
                lens + "winsorise",
                "0",
                lens + "skewed",
                "none",
                lens + "scaling",
                "none",
                lens + "policy.resamples",
                "1"))
        .segments()
        .behaviour();
  }

  private static List<double[]> points(String set) {
    return read(set + ".data.gz");
  }

  private static List<double[]> read(String file) {
    Path path =
        Path.of(System.getenv().getOrDefault("STRATIFY_DATA", "../../shared/data"))
            .resolve("clustering_ground_truth")
            .resolve(file);
    assumeTrue(
        Files.exists(path),
        () ->
            path.normalize()
                + " is missing: get the benchmark suite for clustering algorithms"
                + " (doi 10.5281/zenodo.7088171), and set STRATIFY_DATA to the folder above"
                + " clustering_ground_truth");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank())
          .map(
              line ->
                  Arrays.stream(line.strip().split("\\s+"))
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
