package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A driver in a process of its own that stops before and after each commit, so that it can be
 * killed there, or what a kill would leave on the disk be kept.
 */
final class Doomed implements AutoCloseable {
  private final ServerSocket door;
  private final Process process;
  private final Socket socket;
  private final BufferedReader in;
  private final AtomicInteger command = new AtomicInteger(-1);

  private Doomed(ServerSocket door, Process process) throws IOException {
    this.door = door;
    this.process = process;
    this.socket = door.accept();
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Where a driver has stopped.
   *
   * @param command number of its command, from 0
   * @param text begin, before or after a commit, or end with the exit code
   */
  record Stop(int command, String text) {
    /** The same with the number that its command has elsewhere. */
    Stop of(List<Integer> numbers) {
      return new Stop(numbers.get(command), text);
    }

    boolean isCommit() {
      return text.startsWith("before ") || text.startsWith("after ");
    }

    /** Whether it is before or after the commit of a table. */
    boolean is(String when, String table) {
      return text.startsWith(when + " " + table + " ");
    }
  }

  /** Starts a driver that runs commands one after the other. */
  static Doomed start(Path folder, List<List<String>> commands) throws IOException {
    Path file = folder.resolve("commands.txt");
    Files.write(file, commands.stream().map(c -> String.join("\t", c)).toList());
    ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    door.setSoTimeout((int) TimeUnit.MINUTES.toMillis(2));
    List<String> java = new ArrayList<>(Driver.java());
    java.add("-Dspark.delta.logStore.file.impl=" + StoppingLogStore.class.getName());
    java.add("-D" + StoppingLogStore.PORT + "=" + door.getLocalPort());
    java.addAll(List.of(DoomedMain.class.getName(), file.toString()));
    Process process =
        new ProcessBuilder(java)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("doomed.log").toFile())
            .start();
    return new Doomed(door, process);
  }

  /** The next place where it stops; it is waiting there. */
  Stop next() throws IOException {
    String text = in.readLine();
    assertThat(text).as("the driver runs").isNotNull();
    if (text.equals("begin")) {
      command.incrementAndGet();
    }
    return new Stop(command.get(), text);
  }

  /** The number of the command at work, from 0. */
  int command() {
    return command.get();
  }

  /** Lets it go on. */
  void go() throws IOException {
    socket.getOutputStream().write('\n');
    socket.getOutputStream().flush();
  }

  /** What is on the disk below a root; no thread of the driver moves meanwhile. */
  DiskState frozen(DiskState.Store store, Path root) throws IOException, InterruptedException {
    signal("STOP");
    try {
      return store.keep(root);
    } finally {
      signal("CONT");
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** Kills it with SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the driver is dead").isTrue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    socket.close();
    door.close();
  }
}
