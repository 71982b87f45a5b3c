package io.stratify.jobs.endtoend;

import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the commands of a file, one a line with tabs between its words, in one JVM. */
final class DoomedMain {
  private DoomedMain() {}

  /** Takes the file. */
  public static void main(String[] args) throws IOException {
    SharedSpark.session();
    for (String command : Files.readAllLines(Path.of(args[0]))) {
      StoppingLogStore.say("begin");
      Cli.Result result = Cli.run(List.of(command.split("\t", -1)));
      System.out.println(command + ": " + result);
      StoppingLogStore.say("end " + result.exit());
    }
    System.exit(0);
  }
}
