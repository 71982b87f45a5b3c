package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server on loopback that wants signed requests: S3Proxy, which keeps each bucket in a
 * folder. It is a process of its own, since its libraries are of other versions than Spark's.
 */
record S3Server(Process process, int port, Path folder) implements AutoCloseable {
  static final String KEY = "local-access-key";
  static final String SECRET = "canary-secret-of-the-store";

  /** Where the build wrote the class path of the server. */
  private static final Path CLASS_PATH = Path.of("target", "s3proxy.classpath");

  private static final String QUIET =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%d %m%n</pattern></encoder></appender>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;

  /** Starts a server with these buckets. */
  static S3Server start(Path folder, String... buckets) throws IOException, InterruptedException {
    assertThat(CLASS_PATH).as("made by: mvn -pl common,jobs process-test-resources").exists();
    Path store = folder.resolve("store");
    for (String bucket : buckets) {
      Files.createDirectories(store.resolve(bucket));
    }
    int port = freePort();
    Path settings = folder.resolve("s3proxy.properties");
    Files.writeString(settings, settings(port, store));
    Path logging = Files.writeString(folder.resolve("logback.xml"), QUIET);
    Process process =
        new ProcessBuilder(
                List.of(
                    "java",
                    "-Xmx256m",
                    "-Dlogback.configurationFile=" + logging,
                    "-cp",
                    Files.readString(CLASS_PATH).strip(),
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3Server server = new S3Server(process, port, store);
    server.await();
    return server;
  }

  private static String settings(int port, Path store) {
    return String.join(
        "\n",
        "s3proxy.endpoint=http://127.0.0.1:" + port,
        "s3proxy.authorization=aws-v4",
        "s3proxy.identity=" + KEY,
        "s3proxy.credential=" + SECRET,
        "jclouds.provider=filesystem-nio2",
        "jclouds.identity=unused",
        "jclouds.credential=unused",
        "jclouds.filesystem.basedir=" + store);
  }

  /** A port that nobody listens to. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  private void await() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!answers()) {
      assertThat(process.isAlive() && System.nanoTime() < end)
          .as("the S3 server has started; see %s", folder.resolveSibling("s3proxy.log"))
          .isTrue();
      Thread.sleep(100);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
