package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar for spark-submit on a Spark standalone cluster. The tables are those of a run in this
 * JVM. The worker that is killed last does not come back.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  @TempDir static Path folder;
  private static StandaloneCluster cluster;
  private static final Map<String, List<String>> WANTED = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.start(folder.resolve("cluster"));
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void inClusterModeTheTablesAreThoseOfALocalRunAndTheDriverIsFinished() throws Exception {
    Shop shop = Shop.open(folder.resolve("remote"));
    Driver driver = cluster.submit("remote", "cluster", shop.arguments());
    Map<String, List<String>> wanted = wanted();
    Cli.Result result = driver.await();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err()).as("the log of spark-submit").contains("is FINISHED");
    assertThat(ofDriver("stderr")).contains("publish ");
    assertThat(ofDriver("stdout")).contains("Lens behaviour as of 2026-01-01");
    assertThat(shop.outcome().seenOfAnyRun()).isEqualTo(wanted);
    assertThat(cluster.events("remote").found("\"spark.jobGroup.id\":\"\\S+ (\\w+)\""))
        .as("the jobs that Spark's event log tells apart")
        .contains("conform", "history", "features", "segments", "validation", "membership");
  }

  @Test
  @Order(2)
  void inClusterModeAnyOtherExitCodeIsAFailedDriverAndSparkSubmitEndsWithZero() throws Exception {
    List<String> run = Shop.open(folder.resolve("refused")).arguments();
    Cli.Result result = cluster.submit("refused", "cluster", List.of(), run).await();
    assertThat(result.err()).as("the log of spark-submit").contains("is FAILED");
    assertThat(result.exit()).isZero();
    assertThat(ofDriver("stderr"))
        .contains("Cannot start Spark: this JVM was started without the options that Spark needs")
        .contains(
            "--driver-java-options \"-XX:+IgnoreUnrecognizedVMOptions --add-opens=java.base/");
  }

  @Test
  @Order(3)
  void inClientModeTheExitCodeIsThatOfTheCommand() throws Exception {
    Cli.Result result = cluster.submit("usage", "client", List.of("run")).await();
    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.err()).contains("The as-of date is missing.");
  }

  @Test
  @Order(4)
  void killedExecutorsAndThenAKilledWorkerDoNotChangeTheTables() throws Exception {
    Shop shop = Shop.open(folder.resolve("killed"));
    Driver driver = cluster.submit("killed", "client", shop.arguments());
    cluster.await("orders are read", () -> completed("killed", "rows read for orders"));
    StandaloneCluster.kill(cluster.executors().get(0));
    cluster.await("conform is done", () -> said(driver, "conform "));
    StandaloneCluster.kill(cluster.executors().get(0));
    cluster.await("history is done", () -> said(driver, "history "));
    cluster.killAWorker();
    Cli.Result result = driver.await();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(shop.outcome().seenOfAnyRun()).isEqualTo(wanted());
    assertThat(
            cluster.events("killed").found("ListenerExecutorRemoved.*\"Executor ID\":\"(\\d+)\""))
        .as("executors that the driver lost")
        .hasSizeGreaterThanOrEqualTo(3);
  }

  private static boolean completed(String name, String accumulator) throws IOException {
    String stage = "(\"Event\":\"SparkListenerStageCompleted\").*\"" + accumulator + "\"";
    return !cluster.events(name).found(stage).isEmpty();
  }

  /** What a run in this JVM gives. */
  private static Map<String, List<String>> wanted() {
    if (WANTED.isEmpty()) {
      Shop local = Shop.open(folder.resolve("local"));
      Cli.Result result = local.run();
      assertThat(result.exit()).as(result.toString()).isZero();
      WANTED.putAll(local.outcome().seenOfAnyRun());
    }
    return WANTED;
  }

  private static boolean said(Driver driver, String start) {
    return text(driver.err()).lines().anyMatch(l -> l.startsWith(start));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the drivers in the cluster said on their workers until now. */
  private static String ofDriver(String stream) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cluster"))) {
      return files
          .filter(f -> f.endsWith(stream) && f.getParent().toString().contains("/driver-"))
          .map(ClusterIT::text)
          .collect(Collectors.joining());
    }
  }
}
