package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster on loopback, made of the jars that the build collected: a master and
 * two workers, each a process of its own. A worker offers two cores and 2 GB, room for two
 * executors, or for one and a driver.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String MODULE = "org.apache.spark.deploy.";
  private static final Path JARS = Path.of("target", "spark", "jars");
  private static final Path APPLICATION = Path.of("target", "stratify.jar");

  private static final String SHORT_LIVED = String.join(" ", Driver.SHORT_LIVED) + " ";

  private final Path home;
  private final Path folder;
  private final int port = S3Server.freePort();
  private final int page = S3Server.freePort();
  private final List<Process> workers = new ArrayList<>();
  private final List<ProcessHandle> started = new ArrayList<>();
  private final Thread end = new Thread(this::end, "end of the cluster");

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.home = home();
  }

  /** Starts a cluster that keeps its logs and work below a folder. */
  static StandaloneCluster start(Path folder) throws Exception {
    assertThat(APPLICATION).as("made by: mvn -pl common,jobs package").exists();
    StandaloneCluster cluster = new StandaloneCluster(folder);
    Runtime.getRuntime().addShutdownHook(cluster.end);
    try {
      cluster.daemon("master", "--port", "" + cluster.port, "--webui-port", "" + cluster.page);
      cluster.await("the master answers", () -> cluster.state().has("status"));
      for (String name : List.of("worker1", "worker2")) {
        cluster.workers.add(cluster.worker(name));
      }
      cluster.await("two workers", () -> cluster.state().path("aliveworkers").asInt() == 2);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** What an installation of Spark has: its jars, and spark-submit. */
  private static Path home() throws IOException {
    Path home = Path.of("target", "spark-home").toAbsolutePath();
    Path submit = Path.of("bin", "spark-submit");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(
        Path.of("src", "test", "resources", "spark-home").resolve(submit),
        home.resolve(submit),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(home.resolve(submit).toFile().setExecutable(true)).isTrue();
    Files.deleteIfExists(home.resolve("jars"));
    Files.createSymbolicLink(home.resolve("jars"), JARS.toAbsolutePath());
    return home;
  }

  private Process worker(String name) throws IOException {
    return daemon(
        name,
        "--webui-port",
        "0",
        "--cores",
        "2",
        "--memory",
        "2g",
        "--work-dir",
        folder.resolve(name).toString(),
        url());
  }

  private Process daemon(String name, String... arguments) throws IOException {
    String main = name.startsWith("master") ? "master.Master" : "worker.Worker";
    List<String> command = new ArrayList<>(List.of("java", "-Xmx256m"));
    command.addAll(Driver.moduleFlags());
    command.addAll(List.of("-cp", home + "/jars/*", MODULE + main, "--host", "127.0.0.1"));
    command.addAll(Arrays.asList(arguments));
    return process(name, command);
  }

  private Process process(String name, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .redirectError(folder.resolve(name + ".err").toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    started.add(process.toHandle());
    return process;
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  /** Submits a command of Stratify with executors of one core and 1 GB, under a name of its own. */
  Driver submit(String name, String mode, List<String> arguments) throws IOException {
    return submit(name, mode, Driver.moduleFlags(), arguments);
  }

  /** The same with options of one's own for the JVM of the driver. */
  Driver submit(String name, String mode, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(home + "/bin/spark-submit"));
    command.addAll(List.of("--master", url(), "--deploy-mode", mode, "--driver-memory", "1g"));
    command.addAll(List.of("--executor-memory", "1g", "--executor-cores", "1"));
    command.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
    Path events = Files.createDirectories(folder.resolve(name + ".events"));
    command.addAll(List.of("--conf", "spark.eventLog.enabled=true"));
    command.addAll(List.of("--conf", "spark.eventLog.dir=" + events.toUri()));
    command.addAll(
        List.of("--driver-java-options", SHORT_LIVED + "-Xss4m " + String.join(" ", options)));
    command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + SHORT_LIVED + "-Xss4m"));
    command.addAll(List.of("--class", "io.stratify.jobs.cli.Stratify"));
    command.add(APPLICATION.toAbsolutePath().toString());
    command.addAll(arguments);
    return new Driver(
        process(name, command), folder.resolve(name + ".out"), folder.resolve(name + ".err"));
  }

  /** Spark's event log of a submitted command. */
  EventLog events(String name) {
    return new EventLog(folder.resolve(name + ".events"));
  }

  /** What the master says of itself, nothing as long as it does not answer. */
  JsonNode state() {
    ObjectMapper json = new ObjectMapper();
    try {
      return json.readTree(URI.create("http://127.0.0.1:" + page + "/json/").toURL());
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }

  /** The executors that run now, the oldest first. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(StandaloneCluster::executors).toList();
  }

  private static Stream<ProcessHandle> executors(Process worker) {
    return worker
        .children()
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"));
  }

  /** Ends a process as the kernel does where memory is short: without a last word. */
  static void kill(ProcessHandle process) {
    assertThat(process.destroyForcibly()).as("there was a process to kill").isTrue();
  }

  /** Kills the second worker; its executors see that and end. */
  void killAWorker() {
    workers.get(1).descendants().forEach(started::add);
    kill(workers.get(1).toHandle());
  }

  /** Waits until something is so. */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("%s, in time; see %s", what, folder).isLessThan(end);
      Thread.sleep(50);
    }
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  private void end() {
    for (ProcessHandle process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(end);
  }
}
