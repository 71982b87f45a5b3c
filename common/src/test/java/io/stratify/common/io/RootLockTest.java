package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootLockTest {
  @TempDir Path root;

  @Test
  void asLongAsOneHasItNobodyElseGetsIt() throws IOException {
    RootLock lock = take("run");
    assertThatThrownBy(() -> take("forget"))
        .isInstanceOf(StratifyException.class)
        .hasMessageMatching(
            "Cannot forget: \"run\" of run r1 \\(process \\d+ on \\S+\\) is writing below \\S+\\."
                + " Nothing was done\\. Wait until it has ended; if it was killed, delete"
                + " \\S+/_lock");
    lock.close();
    take("forget").close();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void theLockOfADeadProcessOfThisMachineIsTakenOver() throws IOException {
    Process ended = new ProcessBuilder("true").start();
    assertThat(ended.onExit().join().exitValue()).isZero();
    take("demo");
    String mine = Files.readString(root.resolve(RootLock.FILE));
    Files.writeString(
        root.resolve(RootLock.FILE), mine.replaceFirst("\"pid\":\\d+", "\"pid\":" + ended.pid()));
    take("run").close();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void thatOfADeadProcessWhoseNumberAnotherOneHasNowIsToo() throws IOException {
    RootLock mine = take("run");
    String written = Files.readString(root.resolve(RootLock.FILE));
    mine.close();
    assertThat(written).matches(".*\"started\":\\d+.*");
    // As in a container that was started again: the same host, the same number, another process.
    Files.writeString(
        root.resolve(RootLock.FILE), written.replaceAll("\"started\":\\d+", "\"started\":1000"));
    take("run").close();
    assertThat(root).isEmptyDirectory();
    Files.writeString(root.resolve(RootLock.FILE), written);
    assertThatThrownBy(() -> take("run")).hasMessageContaining("is writing below");
  }

  @Test
  void thatOfALivingProcessThatDoesNotSayWhenItBeganIsNot() throws IOException {
    RootLock mine = take("demo");
    String written = Files.readString(root.resolve(RootLock.FILE));
    mine.close();
    // As where the system does not tell: "started" is -1.
    String silent = written.replaceAll("\"started\":\\d+", "\"started\":-1");
    assertThat(silent).isNotEqualTo(written);
    Files.writeString(root.resolve(RootLock.FILE), silent);
    assertThatThrownBy(() -> take("run")).hasMessageContaining("\"demo\" of run r1");
  }

  @Test
  void thatOfAnotherContainerOfTheSameNameIsNot() throws IOException {
    held(1L << 40, InetAddress.getLocalHost().getHostName());
    assertThatThrownBy(() -> take("run")).hasMessageStartingWith("Cannot run: \"demo\" of run r0");
  }

  @Test
  void norIsThatOfAnotherMachineOfTheSameName() throws IOException {
    take("demo");
    String mine = Files.readString(root.resolve(RootLock.FILE));
    String dead = mine.replaceFirst("\"started\":\\d+", "\"started\":1000");
    assertThat(dead).containsPattern("\"machine\":\"[^\"]+\"");
    Files.writeString(
        root.resolve(RootLock.FILE),
        dead.replaceFirst("\"machine\":\"[^\"]*", "\"machine\":\"another"));
    assertThatThrownBy(() -> take("run")).hasMessageContaining("\"demo\" of run r1");
    Files.writeString(
        root.resolve(RootLock.FILE), dead.replaceFirst("\"machine\":\"[^\"]*\",", ""));
    take("run").close(); // as an earlier version left it
  }

  @Test
  void thatOfAnotherMachineIsNot() throws IOException {
    held(1L << 40, "elsewhere");
    assertThatThrownBy(() -> take("run"))
        .hasMessageStartingWith(
            "Cannot run: \"demo\" of run r0 (process 1099511627776 on elsewhere)");
    assertThat(root.resolve(RootLock.FILE)).exists();
  }

  @Test
  void aFileThatSaysNothingHoldsToo() throws IOException {
    Files.createFile(root.resolve(RootLock.FILE));
    assertThatThrownBy(() -> take("run"))
        .hasMessageStartingWith("Cannot run: \"another command\" of run unknown");
  }

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    assertThat(takenByManyAtOnce()).isEqualTo(1);
  }

  @Test
  void ofManyAtOnceOneTakesThatOfADeadProcessOver() throws Exception {
    RootLock mine = take("run");
    String written = Files.readString(root.resolve(RootLock.FILE));
    mine.close();
    for (int i = 0; i < 20; i++) {
      Files.writeString(
          root.resolve(RootLock.FILE), written.replaceAll("\"started\":\\d+", "\"started\":1000"));
      assertThat(takenByManyAtOnce()).isEqualTo(1);
    }
  }

  @Test
  void aLockThatSomebodyElseHoldsByNowIsNotGivenBack() throws IOException {
    RootLock first = take("run");
    Files.delete(root.resolve(RootLock.FILE)); // by hand, as the message says
    RootLock second = take("forget");
    first.close();
    assertThatThrownBy(() -> take("run")).hasMessageContaining("\"forget\" of run r1");
    second.close();
    assertThat(root).isEmptyDirectory();
  }

  private int takenByManyAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    Callable<Boolean> one =
        () -> {
          try {
            take("run");
            return true;
          } catch (StratifyException e) {
            return false;
          }
        };
    int taken = 0;
    for (Future<Boolean> got : pool.invokeAll(Collections.nCopies(64, one))) {
      taken += got.get() ? 1 : 0;
    }
    pool.shutdown();
    return taken;
  }

  @Test
  void aStoreThatOverlooksTheConditionIsRefusedUnlessOneCommandAtATimeIsPromised()
      throws IOException {
    FileSystem overlooking = new OverlookingFiles();
    overlooking.initialize(root.toUri(), new Configuration());
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root.toString());
    assertThatThrownBy(() -> RootLock.take(overlooking, folder, "run", "r1", false))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("each could take the lock, since its store overlooks If-None-Match")
        .hasMessageContaining("set output.only-writer = true");
    assertThat(root.resolve(RootLock.FILE)).doesNotExist();
    assertThat(new RootState(null, overlooking, folder, "").unsafe().orElse("safe"))
        .startsWith("of two commands below " + folder + " each could take the lock");
    assertThat(root).as("looking leaves nothing").isEmptyDirectory();
    RootLock.take(overlooking, folder, "run", "r1", true).close();
  }

  private void held(long pid, String host) throws IOException {
    Files.writeString(
        root.resolve(RootLock.FILE),
        String.format(
            Locale.ROOT,
            "{\"command\":\"demo\",\"run\":\"r0\",\"host\":\"%s\",\"pid\":%d}",
            host,
            pid));
  }

  private RootLock take(String work) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root.toUri());
    return RootLock.take(
        FileSystem.newInstance(root.toUri(), new Configuration()), folder, work, "r1", false);
  }
}
