package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class StratifyTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void theProcessIsOursToEndButInTheMasterOfYarnAndOnDatabricks() {
    assertThat(Stratify.isGuest(NOTHING, NOTHING)).isFalse();
    assertThat(Stratify.isGuest(submitted("yarn", "client"), NOTHING)).isFalse();
    assertThat(Stratify.isGuest(submitted("spark://one:7077", "cluster"), NOTHING)).isFalse();
    assertThat(Stratify.isGuest(submitted("yarn", "cluster"), NOTHING)).isTrue();
    assertThat(Stratify.isGuest(NOTHING, Map.of("DATABRICKS_RUNTIME_VERSION", "16.4"))).isTrue();
  }

  @Test
  void anArgumentThatTheLocaleGarbledIsNotTakenForAnId() {
    Cli.Result garbled = Cli.run(List.of("forget", "--customer", "M\uFFFD\uFFFDller"));
    assertThat(garbled.exit()).isEqualTo(2);
    assertThat(garbled.err()).contains("could not read", "LC_ALL=C.UTF-8");
  }

  /** A command that ends with an error of Java. */
  @Command(name = "burst")
  private static final class Burst implements Callable<Integer> {
    private final Error error;
    @Mixin private CommonOptions options;

    Burst(Error error) {
      this.error = error;
    }

    @Override
    public Integer call() {
      options.load();
      throw error;
    }
  }

  private static String burst(Error error, String... options) {
    StringWriter err = new StringWriter();
    CommandLine cli = Stratify.commandLine();
    cli.addSubcommand(new Burst(error));
    cli.setErr(new PrintWriter(err, true));
    String[] arguments =
        Stream.concat(Stream.of("burst"), Stream.of(options)).toArray(String[]::new);
    assertThat(cli.execute(arguments)).isEqualTo(1);
    return err.toString();
  }

  @Test
  void memoryThatRanOutIsToldWithWhatToDo() {
    assertThat(burst(new OutOfMemoryError("Java heap space")))
        .startsWith(
            "Cannot go on: OutOfMemoryError: Java heap space. The memory of the driver ran out")
        .contains("set STRATIFY_HEAP=")
        .doesNotContain("\tat ");
    assertThat(burst(new OutOfMemoryError("Java heap space"), "--log-format", "json"))
        .startsWith("{\"time\":")
        .contains("\"level\":\"ERROR\"", "STRATIFY_HEAP=")
        .hasLineCount(1);
  }

  @Test
  void anErrorOfJavaIsReportedLikeAnyFailure() {
    assertThat(burst(new NoClassDefFoundError("org/apache/Gone")))
        .startsWith("Unexpected failure: NoClassDefFoundError: org/apache/Gone")
        .doesNotContain("\tat ");
    assertThat(burst(new StackOverflowError(), "-v"))
        .startsWith("Cannot go on: StackOverflowError")
        .contains("STRATIFY_JAVA_OPTS=-Xss16m", "\tat ");
  }

  @Test
  void whatIsWrongIsRefusedAlsoWhereItIsNotNeeded() {
    for (String command : List.of("pipeline", "tables", "config")) {
      assertRefused("unknown key outptu; did you mean output?", command, "--set", "outptu.root=x");
      assertRefused("--as-of is today; it must be a day such as", command, "--as-of", "today");
      assertRefused("--conf is empty; name a file", command, "--conf", "");
    }
    assertRefused("the SQL is empty", "query", " ");
    assertRefused(
        "--from is 2026-13-01; it must be a day such as 2026-05-31",
        "segmentations",
        "migration",
        "--from",
        "2026-13-01");
    for (String bench : List.of("conform", "features", "identity", "segments", "validation")) {
      assertRefused("there is no such folder", "bench", bench, "--json", "/not/there/x.json");
    }
  }

  private static void assertRefused(String why, String... arguments) {
    Cli.Result refused = Cli.run(List.of(arguments));
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains(why);
    assertThat(refused.out()).isEmpty();
  }

  private static Map<String, String> submitted(String master, String mode) {
    return Map.of("spark.master", master, "spark.submit.deployMode", mode);
  }
}
