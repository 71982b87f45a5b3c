package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ConfigException;
import io.stratify.common.io.StoreAdvice;
import io.stratify.jobs.Failures;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.features.FeaturesJob;
import io.stratify.jobs.history.HistoryJob;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command line of Stratify. */
@Command(
    name = "stratify",
    description = "Customer segments from warehouse tables, on Apache Spark and Delta Lake.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      PipelineCommand.class,
      TablesCommand.class,
      ConfigCommand.class,
      ViewsCommand.class,
      CatalogCommand.class,
      QueryCommand.class,
      SegmentationsCommand.class,
      ValidateCommand.class,
      BenchCommand.class,
      ForgetCommand.class,
      RunsCommand.class,
      HistoryOfCommand.class,
      DoctorCommand.class,
      MaintainCommand.class
    },
    footerHeading = "%nExit codes%n",
    footer = {
      "  0  done",
      "  1  failed; the message says why and what to do",
      "  2  bad usage or configuration",
      "  3  done, but a gate failed: a lens kept its champion, or has none yet and is provisional",
      "     or left out",
      "  4  done, but the measures of a lens say that it should be refitted"
    })
public final class Stratify implements Runnable {
  /** What Java makes of bytes that mean nothing in the encoding of the locale. */
  private static final char UNREADABLE = '\uFFFD';

  @CommandLine.Spec private CommandSpec spec;

  /**
   * Runs a command and exits with its code.
   *
   * @throws SparkUserAppException with the code, where the process is not ours to end
   */
  public static void main(String[] args) throws SparkUserAppException {
    logQuietly();
    CommandLine cli = commandLine();
    boolean guest = isGuest(System.getProperties(), System.getenv());
    // A host may show what is printed elsewhere; our own process knows when nobody gets it.
    cli.setOut(Answer.to(guest ? System.out : new FileOutputStream(FileDescriptor.out)));
    cli.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    if (!guest) {
      Thread.setDefaultUncaughtExceptionHandler((thread, e) -> died(cli, thread, e));
    }
    int code = cli.execute(args);
    cli.getOut().flush();
    if (!guest) {
      System.exit(code);
    }
    if (code != ExitCodes.DONE) {
      throw new SparkUserAppException(code);
    }
  }

  /** Without one of its threads Spark may wait for ever. */
  private static void died(CommandLine cli, Thread thread, Throwable e) {
    CommandLine command = Optional.ofNullable(cli.getParseResult()).map(Stratify::last).orElse(cli);
    try {
      String trace = ExceptionUtils.getStackTrace(e).stripTrailing();
      log(command).error("Thread " + thread.getName() + " died: " + trace);
    } finally {
      if (e instanceof VirtualMachineError) {
        end();
      }
    }
  }

  /** A thread that ends the process while it ends already would wait for itself. */
  private static void end() {
    Thread exit = new Thread(() -> System.exit(ExitCodes.FAILED), "exit");
    exit.setDaemon(true);
    exit.start();
  }

  /**
   * Whether the process is somebody else's: YARN's application master takes any exit, also with
   * code 0, for a failure and starts anew, and Databricks has one driver for many.
   */
  static boolean isGuest(Map<?, ?> properties, Map<String, String> environment) {
    boolean master =
        "yarn".equals(properties.get("spark.master"))
            && "cluster".equals(properties.get("spark.submit.deployMode"));
    return master || environment.containsKey("DATABRICKS_RUNTIME_VERSION");
  }

  /**
   * spark-submit sets up Spark's chatty logging first; that of the site, or else ours, replaces it.
   */
  private static void logQuietly() {
    try {
      URL settings = Stratify.class.getClassLoader().getResource("log4j2.properties");
      Configurator.reconfigure(Objects.requireNonNull(settings).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the logging settings in the jar have no address", e);
    }
  }

  /** The command line with every command. */
  static CommandLine commandLine() {
    CommandLine cli = new CommandLine(new Stratify());
    for (Job job : Pipeline.JOBS) {
      CommandLine command = new CommandLine(command(job));
      command.getCommandSpec().usageMessage().description(job.description() + ".");
      cli.addSubcommand(job.name(), command);
    }
    cli.setExecutionStrategy(Stratify::execute);
    cli.setExecutionExceptionHandler(Stratify::report);
    cli.setUsageHelpAutoWidth(true);
    return cli;
  }

  /** The command that was meant. */
  private static CommandLine last(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.commandSpec().commandLine();
  }

  /** A wrong id would be looked for, not found, and taken for done. */
  private static int execute(ParseResult parsed) {
    CommandLine command = last(parsed);
    if (String.join("", parsed.originalArgs()).indexOf(UNREADABLE) >= 0) {
      throw new CommandLine.ParameterException(
          command,
          "An argument has letters that Java could not read in the encoding of this locale. Set one"
              + " of UTF-8: LC_ALL=C.UTF-8");
    }
    Thread stopped = new Thread(() -> log(command).error(Stopped.why(threads())), "stopped");
    Runtime.getRuntime().addShutdownHook(stopped);
    try {
      int code = new CommandLine.RunLast().execute(parsed);
      if (command.getOut() instanceof Answer answer) {
        answer.requireWritten();
      }
      return code;
    } catch (StratifyException e) {
      throw new CommandLine.ExecutionException(command, e.getMessage(), e);
    } catch (Error e) { // memory that ran out, what a local disk refuses: picocli takes no care
      throw new CommandLine.ExecutionException(
          command, e.toString(), new java.util.concurrent.ExecutionException(e));
    } finally {
      unhook(stopped);
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private static void unhook(Thread stopped) {
    try {
      Runtime.getRuntime().removeShutdownHook(stopped);
    } catch (IllegalStateException e) { // it is at work
      return;
    }
  }

  private static boolean isStopping() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  private static JobCommand command(Job job) {
    if (job instanceof HistoryJob) {
      return new HistoryCommand(job);
    }
    return job instanceof FeaturesJob ? new FeaturesCommand(job) : new JobCommand(job);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do.");
  }

  private static Log log(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    return CommonOptions.of(spec)
        .map(options -> options.log(spec))
        .orElseGet(() -> new Log(command.getErr(), false, UnaryOperator.identity()));
  }

  /** One message for people; a stack trace only where the fault may be ours or -v asks for it. */
  private static int report(Exception thrown, CommandLine command, ParseResult parsed) {
    Throwable e = Failures.meant(thrown);
    boolean verbose = parsed.expandedArgs().stream().anyMatch(a -> a.matches("-v|--verbose"));
    boolean usage = e instanceof ConfigException || e instanceof UsageException;
    if (isStopping()) { // whatever Spark makes of that
      return ExitCodes.FAILED;
    }
    String message = usage || e instanceof StratifyException ? told(e) : unexpected(e);
    String also =
        Stream.of(thrown.getSuppressed())
            .filter(StratifyException.class::isInstance)
            .map(s -> System.lineSeparator() + s.getMessage())
            .collect(Collectors.joining());
    String space =
        StoreAdvice.isFullDisk(thrown)
            ? CommonOptions.of(command.getCommandSpec()).map(DiskSpace::left).orElse("")
            : "";
    String trace = verbose ? System.lineSeparator() + ExceptionUtils.getStackTrace(e) : "";
    String again = sameOptions(command, message);
    log(command).error(message + again + space + also + trace.stripTrailing());
    return usage ? ExitCodes.USAGE : ExitCodes.FAILED;
  }

  /** Another command that a message names finds the same tables with the same options only. */
  private static String sameOptions(CommandLine command, String message) {
    return message.contains("./stratify ")
        ? CommonOptions.of(command.getCommandSpec())
            .map(options -> String.join(" ", missing(options.given(), message)))
            .filter(options -> !options.isEmpty())
            .map(
                options ->
                    System.lineSeparator() + "Give that command the same options: " + options)
            .orElse("")
        : "";
  }

  private static List<String> missing(List<String> given, String message) {
    return given.stream()
        .filter(o -> !(o.startsWith("--as-of") && message.contains("--as-of")))
        .toList();
  }

  private static Optional<String> advice(Throwable e) {
    return StoreAdvice.of(e).or(() -> MemoryAdvice.of(e));
  }

  private static String told(Throwable e) {
    return advice(e)
        .filter(advice -> !e.getMessage().contains(advice))
        .map(advice -> e.getMessage() + System.lineSeparator() + advice + ".")
        .orElse(e.getMessage());
  }

  private static String unexpected(Throwable e) {
    return advice(e)
            .map(advice -> "Cannot go on: " + Failures.rootCause(e) + ". " + advice)
            .orElseGet(() -> "Unexpected failure: " + Failures.rootCause(e))
        + System.lineSeparator()
        + "Run again with -v for the whole trace.";
  }
}
