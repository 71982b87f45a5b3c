package io.stratify.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConfigLoader;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.RootLock;
import io.stratify.common.spark.SparkSuite;
import io.stratify.jobs.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest extends SparkSuite {
  @TempDir Path folder;

  private Map<String, Finding> findings(Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(sets);
    LoadedConfig loaded = ConfigLoader.load(List.of(), all);
    return new Doctor(loaded::hide)
        .machine().data(loaded, lake()).findings().stream()
            .collect(Collectors.toMap(Finding::check, f -> f));
  }

  private Lake lake() {
    return new Lake(spark(), folder.toString(), new CommitStamp("r", "h", "0"));
  }

  @Test
  void oneBrokenSourceDoesNotHideTheOthers() throws IOException {
    Files.writeString(folder.resolve("people.csv"), "id\na\n");
    Map<String, String> sets = new HashMap<>();
    for (String name : List.of("people", "gone", "lost")) {
      sets.put("sources." + name + ".format", "csv");
      sets.put("sources." + name + ".path", folder + "/" + name + ".csv");
      sets.put("sources." + name + ".options.header", "true");
    }
    sets.put("inputs.customers.source", "people");
    sets.put("inputs.customers.columns.customer_id", "id");
    sets.put("inputs.orders.source", "people");
    sets.put("inputs.orders.columns.order_id", "nmber");
    sets.put("inputs.orders.columns.customer_id", "id");
    sets.put("inputs.orders.columns.ordered_at", "id");
    sets.put("inputs.orders.columns.amount", "1");
    sets.put("inputs.products.source", "lost");
    sets.put("inputs.products.columns.product_id", "id");
    sets.put("segments.behaviour.features", "[recency_dais, frequency]");
    Map<String, Finding> found = findings(sets);
    assertThat(found.get("source people").verdict()).isEqualTo(Verdict.OK);
    assertThat(found.get("source lost").verdict()).isEqualTo(Verdict.FAILS);
    assertThat(found.get("source lost").found()).contains("does not exist", "Correct sources.lost");
    assertThat(found.get("source gone").verdict()).as("no run opens it").isEqualTo(Verdict.LOOK);
    assertThat(found.get("source gone").found()).startsWith("no input uses it, and it cannot be");
    assertThat(found.get("input customers").verdict()).isEqualTo(Verdict.OK);
    assertThat(found.get("input orders").found())
        .contains("Correct these expressions", "orders.order_id = nmber");
    assertThat(found.get("output root").verdict()).isEqualTo(Verdict.OK);
    assertThat(found.get("jobs").found()).contains("recency_dais");
    assertThat(found.get("erasure").found()).startsWith("not in use");
    assertThat(folder.toFile().list()).as("nothing stays").containsExactly("people.csv");
  }

  @Test
  void aRunAtWorkIsInTheWayAndWhatAKilledOneLeftIsNot() throws IOException {
    Files.writeString(
        folder.resolve("_lock"), "{\"command\":\"run\",\"run\":\"r0\",\"host\":\"x\",\"pid\":1}");
    Map<String, Finding> found = findings(Map.of());
    assertThat(found.get("lock").verdict()).isEqualTo(Verdict.FAILS);
    assertThat(found.get("lock").found())
        .contains("\"run\" of run r0 (process 1 on x) is writing", "if it was killed, delete");
    Files.delete(folder.resolve("_lock"));
    Files.writeString(folder.resolve("_run"), "{\"run\":\"daily.r1\",\"as_of\":\"2026-01-01\"}");
    found = findings(Map.of());
    assertThat(found.get("lock").verdict()).isEqualTo(Verdict.FAILS);
    assertThat(found.get("lock").found())
        .startsWith("run daily.r1 as of 2026-01-01 is between two of its jobs")
        .endsWith("delete " + folder + "/_run");
    Files.delete(folder.resolve("_run"));
    lake().output().journal().put("r0-1", "{}");
    Files.createDirectories(folder.resolve("_scratch"));
    found = findings(Map.of());
    assertThat(found.get("lock").verdict()).isEqualTo(Verdict.OK);
    assertThat(found.get("leftovers").verdict()).isEqualTo(Verdict.LOOK);
    assertThat(found.get("inputs").found()).contains("none are mapped");
  }

  @Test
  void aKilledPartOfARunLeavesTheTurnToItsRun() throws IOException {
    Path file = folder.resolve("_lock");
    RootLock lock = lake().output().lock("conform", "daily.r1", false);
    String owner = Files.readString(file);
    Files.writeString(file, owner.replaceFirst("\"pid\":[0-9]+", "\"pid\":999999999"));
    lock.close(); // which leaves what is no longer its own
    assertThat(findings(Map.of()).get("lock").verdict()).isEqualTo(Verdict.LOOK);
    assertThat(findings(Map.of()).get("lock").found())
        .contains("of run daily.r1", "was killed. Nothing to do: the next command takes its lock");
    Files.writeString(folder.resolve("_run"), "{\"run\":\"daily.r1\",\"as_of\":\"2026-01-01\"}");
    assertThat(findings(Map.of()).get("lock").verdict()).isEqualTo(Verdict.FAILS);
    assertThat(findings(Map.of()).get("lock").found()).endsWith("delete " + folder + "/_run");
  }

  @Test
  void aFolderWithOtherFilesIsInTheWayOfATable() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("segment")).resolve("notes.txt"), "x");
    Finding tables = findings(Map.of()).get("tables");
    assertThat(tables.verdict()).isEqualTo(Verdict.FAILS);
    assertThat(tables.found()).contains(folder + "/segment");
  }

  @Test
  void aForeignNameInTheCatalogIsInTheWay() {
    Map<String, String> sets = Map.of("catalog.kind", "hive", "catalog.database", "examined");
    assertThat(findings(sets).get("catalog").found())
        .isEqualTo("names of database examined are free, or ours");
    assertThat(spark().catalog().databaseExists("examined")).as("it only looks").isFalse();
    spark().sql("CREATE DATABASE examined");
    try {
      spark().sql("CREATE VIEW examined.current_segment AS SELECT 1 AS one");
      assertThat(findings(sets).get("catalog").verdict()).isEqualTo(Verdict.FAILS);
      assertThat(findings(sets).get("catalog").found())
          .contains("examined.current_segment is there");
    } finally {
      spark().sql("DROP DATABASE examined CASCADE");
    }
    assertThat(findings(Map.of())).doesNotContainKey("catalog");
  }

  @Test
  void aTableOfAnotherVersionIsNotInTheWay() {
    spark()
        .sql(
            "CREATE TABLE delta.`"
                + folder
                + "/customer_outcome` USING delta TBLPROPERTIES ('stratify.table' ="
                + " 'customer_outcome') AS SELECT 'c1' AS customer_id");
    assertThat(findings(Map.of()).get("tables").verdict()).isEqualTo(Verdict.LOOK);
    assertThat(findings(Map.of()).get("tables").found())
        .isEqualTo(
            "an earlier version wrote customer_outcome. Nothing to do: the next run adds their"
                + " columns, or makes them anew");
  }

  @Test
  void aTableOfSomebodyElseAndACommitOfTheFutureFail() {
    spark().range(1).write().format("delta").save(folder + "/segment");
    RootChecks root = new RootChecks(lake().output());
    assertThat(findings(Map.of()).get("tables").found()).contains("was not made by Stratify");
    assertThat(clock(root, Instant.now()).verdict()).isEqualTo(Verdict.OK);
    Finding.Answer behind = clock(root, Instant.now().minusSeconds(3600));
    assertThat(behind.verdict()).isEqualTo(Verdict.FAILS);
    assertThat(behind.found()).contains("the newest commit of segment is of", "Set the clock");
  }

  private static Finding.Answer clock(RootChecks root, Instant now) {
    try {
      return root.clock(now);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theFreeSpaceIsThatOfTheDiskOfTheRootBeforeItIsMade() throws IOException {
    Lake lake = new Lake(spark(), folder + "/not/yet", new CommitStamp("r", "h", "0"));
    assertThat(lake.output().state().freeBytes())
        .isCloseTo(folder.toFile().getUsableSpace(), Percentage.withPercentage(5));
    assertThat(lake.output().state().probe()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRootThatIsAFileFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Lake lake = new Lake(spark(), file + "/out", new CommitStamp("r", "h", "0"));
    LoadedConfig loaded = ConfigLoader.load(List.of(), Map.of());
    Finding root = new Doctor(loaded::hide).data(loaded, lake).findings().get(1);
    assertThat(root.check()).isEqualTo("output root");
    assertThat(root.verdict()).isEqualTo(Verdict.FAILS);
  }

  @Test
  void versionsThatStratifyIsNotMadeForAreTold() {
    assertThat(MachineChecks.java(17, "17.0.1").verdict()).isEqualTo(Verdict.OK);
    assertThat(MachineChecks.java(11, "11.0.1").found()).contains("Install a JDK 17");
    assertThat(MachineChecks.java(21, "21").verdict()).isEqualTo(Verdict.LOOK);
    assertThat(MachineChecks.versions("4.0.0", "4.0.0", "2.13.1").verdict())
        .isEqualTo(Verdict.FAILS);
    assertThat(MachineChecks.memory(512L << 20).verdict()).isEqualTo(Verdict.LOOK);
  }
}
