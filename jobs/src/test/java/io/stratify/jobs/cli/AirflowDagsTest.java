package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be told of the DAGs without Airflow. Where a tool is missing the test is skipped and
 * says so; airflow/tests/test_dags.py loads the DAGs with the real Airflow.
 */
class AirflowDagsTest {
  private static final Path AIRFLOW = Path.of("..", "airflow").toAbsolutePath().normalize();

  /** Kept from build to build, so that the linter is fetched once. */
  private static final Path LINTER = Path.of("target", "airflow-lint").toAbsolutePath();

  @TempDir Path folder;

  private record Ended(int exit, String output) {}

  @Test
  void everyPythonFileCompiles() throws Exception {
    requireTool("python3", "the DAGs were not compiled");
    List<String> command = new ArrayList<>(List.of("python3", "-m", "py_compile"));
    command.addAll(pythonFiles());
    Ended compiled = run(folder, command);
    assertThat(compiled.exit()).as(compiled.output()).isZero();
  }

  @Test
  void ruffFindsNothingToSayOfAirflow3() throws Exception {
    requireTool("node", "the DAGs were not linted");
    requireTool("npm", "the DAGs were not linted");
    for (String file : List.of("package.json", "package-lock.json", "lint.mjs")) {
      Files.createDirectories(LINTER);
      Files.copy(
          AIRFLOW.resolve("tests/lint").resolve(file),
          LINTER.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Ended installed = run(LINTER, List.of("npm", "ci", "--ignore-scripts", "--no-audit"));
    assume(
        installed.exit() == 0,
        "npm cannot fetch the linter, so that the DAGs were not linted: " + installed.output());
    List<String> command = new ArrayList<>(List.of("node", "lint.mjs"));
    command.addAll(pythonFiles());
    Ended linted = run(LINTER, command);
    assertThat(linted.exit()).as(linted.output()).isZero();
    assertThat(linted.output()).contains(": 0 findings");
  }

  private static List<String> pythonFiles() throws IOException {
    try (Stream<Path> files = Files.walk(AIRFLOW)) {
      List<String> found =
          files.map(Path::toString).filter(f -> f.endsWith(".py")).sorted().toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  private static void requireTool(String name, String consequence) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(d -> Files.isExecutable(Path.of(d, name)));
    assume(found, name + " is not on the PATH: " + consequence);
  }

  /** A skipped test shows its reason in reports only; whoever reads the log should see it too. */
  private static void assume(boolean holds, String otherwise) {
    if (!holds) {
      System.err.println("SKIPPED: " + otherwise);
    }
    assumeTrue(holds, otherwise);
  }

  private Ended run(Path where, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().put("PYTHONPYCACHEPREFIX", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
