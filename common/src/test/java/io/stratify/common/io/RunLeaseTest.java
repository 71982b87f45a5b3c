package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLeaseTest {
  private static final String DATE = "2026-01-01";
  private static final RunLease.Part FIRST = new RunLease.Part("daily.r1", DATE, true, false);
  private static final RunLease.Part MIDDLE = new RunLease.Part("daily.r1", DATE, false, false);
  private static final RunLease.Part LAST = new RunLease.Part("daily.r1", DATE, false, true);
  private static final RunLease.Part OTHER = new RunLease.Part("refit.r1", DATE, true, false);

  private static final RunLease.Part FIRST_OF_NEXT =
      new RunLease.Part("daily.r2", DATE, true, false);

  @TempDir Path root;
  private RunLease lease;

  @BeforeEach
  void open() throws IOException {
    lease =
        new RunLease(
            FileSystem.newInstance(root.toUri(), new Configuration()),
            new org.apache.hadoop.fs.Path(root.toUri()));
  }

  @Test
  void betweenItsPartsARunKeepsItsTurn() {
    work(FIRST);
    assertThatThrownBy(() -> lease.enter(OTHER, "conform", Instant.now()))
        .isInstanceOf(StratifyException.class)
        .hasMessageStartingWith(
            "Cannot conform: run daily.r1 as of 2026-01-01 is between two of its jobs (the last one"
                + " at ")
        .hasMessageContaining(
            "Nothing was done. Wait until it has published, or for 2 hours; to give that run up now,"
                + " delete ")
        .hasMessageEndingWith("/_run");
    assertThatThrownBy(() -> lease.yieldOrEnd("forget", Instant.now()))
        .hasMessageStartingWith("Cannot forget: run daily.r1 as of 2026-01-01 is between");
    work(MIDDLE);
    work(MIDDLE);
    work(LAST);
    assertThat(root.resolve(RunLease.FILE)).doesNotExist();
    lease.yieldOrEnd("forget", Instant.now());
    work(OTHER);
  }

  @Test
  void whoIsIdleForTooLongLosesItAndCannotGoOn() {
    work(FIRST);
    Instant later = Instant.now().plus(RunLease.PATIENCE).plusSeconds(60);
    lease.enter(OTHER, "conform", later);
    lease.leave(OTHER);
    assertThatThrownBy(() -> lease.enter(MIDDLE, "history", later))
        .hasMessage(
            "Cannot history as a part of run daily.r1: run refit.r1 has begun since. The tables are"
                + " no longer as it left them. Nothing was done. Begin the run again with its first"
                + " job");
    lease.yieldOrEnd("run", later.plus(RunLease.PATIENCE));
    assertThat(root.resolve(RunLease.FILE)).doesNotExist();
  }

  @Test
  void aPartThatNoFirstPartCameBeforeIsRefused() {
    assertThatThrownBy(() -> lease.enter(LAST, "publish", Instant.now()))
        .hasMessageStartingWith(
            "Cannot publish as a part of run daily.r1: it was not begun, has ended, or another"
                + " command has written since.");
  }

  @Test
  void aPartThatFailedCanBeTriedAgainAndARunBegunAnew() {
    work(FIRST);
    lease.enter(MIDDLE, "history", Instant.now());
    lease.enter(MIDDLE, "history", Instant.now());
    work(FIRST);
    work(MIDDLE);
  }

  @Test
  void allPartsAreOfOneDate() {
    work(FIRST);
    assertThatThrownBy(
            () ->
                lease.enter(
                    new RunLease.Part("daily.r1", "2026-01-02", false, false),
                    "history",
                    Instant.now()))
        .hasMessage(
            "Cannot history as a part of run daily.r1: its as-of date is 2026-01-01, not"
                + " 2026-01-02. Nothing was done. Give all commands of a run the same --as-of");
  }

  @Test
  void aDiskThatIsFullLeavesTheTurnAsItWas() throws IOException {
    work(FIRST);
    FileSystem disk = FileSystem.newInstance(root.toUri(), new Configuration());
    FileSystem full =
        new FilterFileSystem(disk) {
          @Override
          public FSDataOutputStream create(
              org.apache.hadoop.fs.Path path,
              FsPermission permission,
              boolean overwrite,
              int buffer,
              short replication,
              long block,
              Progressable progress)
              throws IOException {
            super.create(path, permission, overwrite, buffer, replication, block, progress).close();
            throw new IOException("No space left on device");
          }
        };
    RunLease there = new RunLease(full, new org.apache.hadoop.fs.Path(root.toUri()));
    there.enter(MIDDLE, "history", Instant.now());
    there.keep(MIDDLE);
    assertThat(lease.run()).contains("daily.r1");
    work(MIDDLE);
    Instant later = Instant.now().plus(RunLease.PATIENCE).plusSeconds(60);
    assertThatThrownBy(() -> there.enter(FIRST_OF_NEXT, "conform", later))
        .hasMessageContaining("No space left on device");
  }

  @Test
  void theTimeOfTheTurnIsThatOfTheLastPart() throws IOException {
    work(FIRST);
    Path file = root.resolve(RunLease.FILE);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    lease.keep(MIDDLE);
    assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  void theTurnOfAPartAtWorkIsRenewedUntilItEnds() throws Exception {
    work(FIRST);
    lease.enter(MIDDLE, "history", Instant.now());
    Path file = root.resolve(RunLease.FILE);
    FileTime longAgo = FileTime.from(Instant.now().minus(RunLease.PATIENCE));
    Files.setLastModifiedTime(file, longAgo);
    boolean renewed =
        lease.renewed(
            MIDDLE,
            Duration.ofMillis(20),
            () -> {
              Instant patient = Instant.now().plusSeconds(20);
              while (lease.reserved(Instant.now()).isEmpty() && Instant.now().isBefore(patient)) {
                Thread.onSpinWait();
              }
              return lease.reserved(Instant.now()).isPresent();
            });
    assertThat(renewed).isTrue();
    Files.setLastModifiedTime(file, longAgo);
    Thread.sleep(200);
    assertThat(lease.reserved(Instant.now())).isEmpty();
  }

  @Test
  void aFileThatSaysNothingIsNobodys() throws IOException {
    Files.createFile(root.resolve(RunLease.FILE));
    lease.enter(FIRST, "conform", Instant.now());
  }

  private void work(RunLease.Part part) {
    lease.enter(part, "work", Instant.now());
    lease.leave(part);
  }
}
