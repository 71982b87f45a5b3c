package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or may only be read: a real one, in memory. */
class FullDiskTest {
  @TempDir static Path folder;
  private static Path disk;
  private static boolean mounted;

  @BeforeAll
  static void mount() throws Exception {
    disk = Files.createDirectories(folder.resolve("disk"));
    mounted = done("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
    assumeTrue(mounted, "Not tested: this user may not mount a disk in memory (mount -t tmpfs)");
  }

  @AfterAll
  static void unmount() throws Exception {
    if (mounted) {
      done("umount", "-l", disk.toString());
    }
  }

  private static boolean done(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static long free() throws IOException {
    return Files.getFileStore(disk).getUsableSpace();
  }

  /** Fills the disk up to some bytes. */
  private static Path fill(long left) throws IOException {
    Path ballast = disk.resolve("ballast");
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (long more = free() - left; more >= page.length; more -= page.length) {
        out.write(page);
      }
    }
    return ballast;
  }

  @Test
  void aRunOnAFullDiskSaysSoAndPublishesNothingAndGoesThroughOnceThereIsRoom() throws Exception {
    Shop shop = Shop.open(folder);
    Path root = disk.resolve("out");
    String[] here = {
      "--set", "output.root=" + root, "--set", "segments.behaviour.refit-every=always"
    };
    long empty = free();
    Cli.Result first = shop.run(here);
    assertThat(first.exit()).as(first.toString()).isZero();
    long size = empty - free();
    Outcome outcome = new Outcome(root);
    Map<String, List<String>> seen = outcome.seenByReaders();
    Map<String, List<String>> hashes = TableHashes.of(outcome);
    for (long left : List.of(0L, size / 16, size / 8)) {
      Path ballast = fill(left);
      Cli.Result full = shop.run(here);
      assertThat(full.exit()).as(full.toString()).isEqualTo(1);
      assertThat(full.err())
          .as("with %d bytes left", left)
          .contains("No space left on device", "The disk is full: free some space and run again")
          .contains("MB free in " + root + " (output.root)")
          .doesNotContain("Unexpected failure");
      assertThat(outcome.seenByReaders()).isEqualTo(seen);
      Files.delete(ballast);
    }
    Cli.Result again = shop.run(here);
    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(again.err()).contains("2026-01-01 revision 2");
    assertThat(TableHashes.of(outcome)).isEqualTo(hashes);
    outcome.assertNoTableIsBroken();
  }

  @Test
  void aDiskThatMayOnlyBeReadIsSaidBeforeAnyWork() throws Exception {
    Shop shop = Shop.open(folder.resolve("read-only"));
    assumeTrue(done("mount", "-o", "remount,ro", disk.toString()), "Not tested: no remount");
    try {
      Cli.Result refused = shop.run("--set", "output.root=" + disk.resolve("other"));
      assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err())
          .startsWith("Cannot write to the output root " + disk.resolve("other") + ": ")
          .contains("That file system is mounted read-only: mount it for writing")
          .doesNotContain("conform");
    } finally {
      assertThat(done("mount", "-o", "remount,rw", disk.toString())).isTrue();
    }
  }

  @Test
  void aFullDiskForTemporaryFilesIsSaid() throws Exception {
    Shop shop = Shop.open(folder.resolve("temporary"));
    Path temporary = Files.createDirectories(disk.resolve("temporary"));
    Path ballast = fill(0);
    try {
      Map<String, String> environment =
          Map.of(
              "SPARK_LOCAL_DIRS",
              temporary.toString(),
              "JAVA_TOOL_OPTIONS",
              "-Djava.io.tmpdir=" + temporary);
      Cli.Result full =
          Driver.start(shop.folder(), environment, new ArrayList<>(shop.arguments())).await();
      assertThat(full.exit()).as(full.toString()).isEqualTo(1);
      assertThat(full.err())
          .contains("The disk is full: free some space and run again")
          .contains("0.0 MB free in " + temporary)
          .doesNotContain("Unexpected failure");
      assertThat(shop.outcome().root().resolve("publication")).doesNotExist();
    } finally {
      Files.delete(ballast);
    }
  }
}
