package io.stratify.jobs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line in this JVM, as the launcher would in its own. */
public final class Cli {
  /**
   * What came of a command.
   *
   * @param exit exit code
   * @param out what it printed as its answer
   * @param err what it said on the way
   */
  public record Result(int exit, String out, String err) {
    @Override
    public String toString() {
      return "exit " + exit + "\n--- out\n" + out + "--- err\n" + err;
    }
  }

  private Cli() {}

  /** Runs one command. */
  public static Result run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine cli = Stratify.commandLine();
    cli.setOut(new PrintWriter(out, true));
    cli.setErr(new PrintWriter(err, true));
    int exit = cli.execute(arguments.toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }
}
