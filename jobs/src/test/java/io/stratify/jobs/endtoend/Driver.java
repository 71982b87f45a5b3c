package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.cli.Cli;
import io.stratify.jobs.cli.Stratify;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in a JVM of its own, as the launcher starts it. */
record Driver(Process process, Path out, Path err) {
  static Driver start(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(java());
    command.add(Stratify.class.getName());
    command.addAll(arguments);
    Driver driver = new Driver(null, folder.resolve("driver.out"), folder.resolve("driver.err"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(driver.out.toFile())
            .redirectError(driver.err.toFile());
    builder.environment().putAll(environment);
    return new Driver(builder.start(), driver.out, driver.err);
  }

  /** A run of a minute ends before a second compiler has paid. */
  static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** How to start a JVM like this one; the name of a class is still to come. */
  static List<String> java() {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(moduleFlags());
    command.addAll(List.of("-Xmx1g", "-Xss4m", "-Duser.timezone=America/New_York"));
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /** What Spark needs of the module system, as this JVM was given it. */
  static List<String> moduleFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-opens") || a.startsWith("-Djdk."))
        .toList();
  }

  Cli.Result await() throws IOException, InterruptedException {
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("the driver has ended").isTrue();
    return new Cli.Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
