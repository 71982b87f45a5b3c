package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ConfigLoader;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.ConditionalLogStore;
import io.stratify.common.io.Lake;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Publication;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and tables on a real S3 server, and what happens when it, or its user, fails. */
class S3EndToEndTest {
  private static final Path OVERLAY = Path.of("..", "conf", "s3.conf");

  @TempDir static Path folder;
  private static S3Server server;
  private static FaultyLink link;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(folder, "lake", "wrong-secret", "brief", "plain");
    link = new FaultyLink(server.port());
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    Shop.open(folder);
    Configuration hadoop = hadoop();
    overlay(link.endpoint()).forEach(hadoop::set);
    bucket("brief", "retry.limit", "2", "retry.interval", "50ms", "attempts.maximum", "1");
    for (String bucket : List.of("lake", "brief")) {
      for (String file : List.of("customers.csv", "orders.csv")) {
        var to = new org.apache.hadoop.fs.Path("s3a://" + bucket + "/" + file);
        FileSystem files = to.getFileSystem(hadoop);
        files.copyFromLocalFile(new org.apache.hadoop.fs.Path(folder + "/" + file), to);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    link.close();
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @AfterEach
  void repair() {
    link.repair();
  }

  private static Configuration hadoop() {
    return SharedSpark.session().sparkContext().hadoopConfiguration();
  }

  /** What {@code conf/s3.conf} sets, as Hadoop names it. */
  private static Map<String, String> overlay(String endpoint) {
    String prefix = "spark.hadoop.";
    Map<String, String> settings = new HashMap<>();
    ConfigLoader.load(List.of(OVERLAY), Map.of())
        .config()
        .spark()
        .conf()
        .forEach((key, value) -> settings.put(key.replace(prefix, ""), value));
    settings.put("fs.s3a.endpoint", endpoint);
    return settings;
  }

  /** Settings of one bucket, before its first use. */
  private static void bucket(String name, String... settings) {
    for (int i = 0; i < settings.length; i += 2) {
      hadoop().set("fs.s3a.bucket." + name + "." + settings[i], settings[i + 1]);
    }
  }

  /** Arguments of a run of the shop that is in a bucket. */
  private static List<String> arguments(String bucket, String... more) throws IOException {
    String local = Files.readString(folder.resolve("shop.conf"));
    Path conf = folder.resolve(bucket + ".conf");
    Files.writeString(conf, local.replace(folder.toString(), "s3a://" + bucket));
    List<String> arguments = new ArrayList<>(List.of("run", "--conf", conf.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Cli.Result run(String bucket, String... more) throws IOException {
    return saysNoSecret(Cli.run(arguments(bucket, more)));
  }

  private static Cli.Result saysNoSecret(Cli.Result result) {
    assertThat(result.out() + result.err()).doesNotContain(S3Server.SECRET);
    return result;
  }

  private static void awaitFile(String path) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(server.folder().resolve(path))) {
      assertThat(System.nanoTime()).as("%s is there in time", path).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** The as-of dates published below a root. */
  private static List<String> published(String root) {
    return SharedSpark.session()
        .read()
        .format("delta")
        .load(root + "/" + Publication.TABLE.name())
        .orderBy("as_of")
        .collectAsList()
        .stream()
        .map(r -> r.getAs("as_of").toString())
        .toList();
  }

  @Test
  void aRunIsPublishedASecondDriverIsRefusedAndAStoreThatIsAwayForAWhileIsWaitedFor()
      throws Exception {
    Driver first =
        Driver.start(
            folder,
            Map.of(
                "AWS_ACCESS_KEY_ID", S3Server.KEY,
                "AWS_SECRET_ACCESS_KEY", S3Server.SECRET,
                "AWS_ENDPOINT_URL_S3", server.endpoint()),
            arguments("lake", "--conf", OVERLAY.toString(), "--as-of", "2026-01-01"));
    awaitFile("lake/out/_lock");
    Cli.Result second = run("lake", "--as-of", "2026-02-01");
    assertThat(second.exit()).as(second.toString()).isEqualTo(1);
    assertThat(second.err())
        .contains(
            "Cannot run: \"run\" of run ", "is writing below s3a://lake/out. Nothing was done");
    Cli.Result done = saysNoSecret(first.await());
    assertThat(done.exit()).as(done.toString()).isZero();
    assertThat(published("s3a://lake/out")).containsExactly("2026-01-01");

    CompletableFuture<Void> outage = outageOf(Duration.ofSeconds(3), "lake/out/_lock");
    Cli.Result next = run("lake", "--as-of", "2026-02-01");
    outage.get(1, TimeUnit.MINUTES);
    assertThat(next.exit()).as(next.toString()).isZero();
    assertThat(link.refused()).as("requests answered 500").isPositive();
    assertThat(published("s3a://lake/out")).containsExactly("2026-01-01", "2026-02-01");
    assertTables();
  }

  private static CompletableFuture<Void> outageOf(Duration length, String whenThereIs) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            awaitFile(whenThereIs);
            Thread.sleep(1500);
            link.breakDown();
            Thread.sleep(length.toMillis());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          } finally {
            link.repair();
          }
        });
  }

  private static void assertTables() {
    assertThat(
            SharedSpark.session()
                .read()
                .format("delta")
                .load("s3a://lake/out/" + CustomerSegment.TABLE.name())
                .where("as_of = '2026-02-01' AND lens = 'behaviour'")
                .groupBy("segment_id")
                .count()
                .collectAsList())
        .extracting(r -> r.getLong(1))
        .containsExactly(4L, 4L, 4L);
    // The server keeps objects as files: a reader of the disk sees the same tables.
    new Outcome(server.folder().resolve("lake/out")).assertNoTableIsBroken();
  }

  @Test
  void ofManyWhoTakeTheLockOrCommitOneVersionAtOnceOneDoes() throws Exception {
    Lake lake = lake("s3a://lake/race");
    assertThat(
            ofEight(
                i -> {
                  try {
                    lake.output().lock("run", lake.stamp().runId(), false);
                    return true;
                  } catch (StratifyException e) {
                    return false;
                  }
                }))
        .isEqualTo(1);
    var commit = new org.apache.hadoop.fs.Path("s3a://lake/race/_delta_log/00000000.json");
    assertThat(
            ofEight(
                i -> {
                  try {
                    new ConditionalLogStore(hadoop())
                        .write(commit, List.of("{\"txn\":" + i + "}").iterator(), false, hadoop());
                    return true;
                  } catch (java.nio.file.FileAlreadyExistsException e) {
                    return false;
                  }
                }))
        .isEqualTo(1);
  }

  /** How many of eight who do something at once succeed. */
  private static long ofEight(Attempt attempt) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int who = i;
      all.add(() -> attempt.succeeds(who));
    }
    long succeeded = 0;
    for (Future<Boolean> one : pool.invokeAll(all)) {
      succeeded += one.get() ? 1 : 0;
    }
    pool.shutdown();
    return succeeded;
  }

  private interface Attempt {
    boolean succeeds(int who) throws IOException;
  }

  private static Lake lake(String root) {
    return new Lake(SharedSpark.session(), root, new CommitStamp("r1", "hash", "test"));
  }

  @Test
  void withoutConditionalWritesNobodyGetsTheLockUnlessOneCommandAtATimeIsPromised()
      throws IOException {
    bucket("plain", "create.conditional.enabled", "false");
    assertThatThrownBy(() -> lake("s3a://plain/out").output().lock("run", "r0", false))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith("Cannot run: of two commands below s3a://plain/out each could take")
        .hasMessageContaining("fs.s3a.create.conditional.enabled is false")
        .hasMessageContaining("set output.only-writer = true");
    lake("s3a://plain/out").output().lock("run", "r0", true).close();
    assertThat(server.folder().resolve("plain/out/_lock")).doesNotExist();
  }

  @Test
  void aWrongSecretIsSaidAndNotShown() throws IOException {
    bucket(
        "wrong-secret",
        "aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "access.key",
        S3Server.KEY,
        "secret.key",
        "canary-of-a-wrong-secret");
    Cli.Result result = run("wrong-secret", "--as-of", "2026-01-01");
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("Cannot write to the output root s3a://wrong-secret/out: ")
        .contains("correct AWS_SECRET_ACCESS_KEY")
        .doesNotContain("canary-of-a-wrong-secret");
  }

  @Test
  void aBucketThatIsNotThereIsSaid() throws IOException {
    Cli.Result result = run("nowhere", "--as-of", "2026-01-01");
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("Cannot write to the output root s3a://nowhere/out: ")
        .contains("There is no such bucket at this endpoint: make it, or correct the path");
  }

  @Test
  void aStoreThatIsGoneFromTheStartEndsTheRunInTime() throws IOException {
    String nobody = "http://127.0.0.1:" + S3Server.freePort();
    bucket(
        "gone",
        "endpoint",
        nobody,
        "retry.limit",
        "2",
        "retry.interval",
        "50ms",
        "attempts.maximum",
        "1");
    Instant start = Instant.now();
    Cli.Result result = run("gone", "--as-of", "2026-01-01");
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("Cannot write to the output root s3a://gone/out: ")
        .contains("The store did not answer as it should", "correct AWS_ENDPOINT_URL_S3");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aStoreThatGoesInTheMiddleOfARunEndsItInTimeAndWhatWasPublishedStays() throws Exception {
    Cli.Result first = run("brief", "--as-of", "2026-01-01");
    assertThat(first.exit()).as(first.toString()).isZero();
    Outcome outcome = new Outcome(server.folder().resolve("brief/out"));
    Map<String, List<String>> seen = outcome.seenByReaders();
    CompletableFuture<Void> outage =
        CompletableFuture.runAsync(
            () -> {
              try {
                awaitFile("brief/out/_lock");
                Thread.sleep(1500);
                link.breakDown();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Instant start = Instant.now();
    Cli.Result result = run("brief", "--as-of", "2026-02-01");
    outage.get(1, TimeUnit.MINUTES);
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .contains("The store did not answer as it should")
        .contains("Cannot delete s3a://brief/out/_lock");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
    assertThat(outcome.seenByReaders()).isEqualTo(seen);

    link.repair();
    // A command of another process would take it over; this one is alive, so it is as on a new
    // host.
    FileSystem.get(java.net.URI.create("s3a://brief/"), hadoop())
        .delete(new org.apache.hadoop.fs.Path("s3a://brief/out/_lock"), false);
    Cli.Result next = run("brief", "--as-of", "2026-02-01");
    assertThat(next.exit()).as(next.toString()).isZero();
    assertThat(published("s3a://brief/out")).containsExactly("2026-01-01", "2026-02-01");
    outcome.assertNoTableIsBroken();
  }
}
