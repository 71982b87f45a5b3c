package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.common.config.Nearest;
import io.stratify.common.io.Snapshot;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.serving.Views;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.command.ExplainCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import scala.collection.JavaConverters;

@picocli.CommandLine.Command(
    name = "query",
    description = "Run one SQL query over the tables and the current_* views, and print the rows.")
final class QueryCommand implements Callable<Integer> {
  /** How the names of commands begin that only tell something. */
  private static final List<String> TELLING = List.of("Show", "Describe", "Explain");

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  /** Rows that fit on some screens. */
  private static final int USUAL = 100;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most rows to print (default " + USUAL + ", with --json all).")
  private Integer limit;

  @Option(
      names = "--json",
      description =
          "Print one JSON object per line and row: times in UTC, what is missing as null, what is no"
              + " number (NaN) as text.")
  private boolean json;

  @Parameters(paramLabel = "SQL", description = "e.g. \"SELECT * FROM current_segment\"")
  private String sql;

  @Override
  public Integer call() {
    if (sql.isBlank()) {
      throw new UsageException("Cannot query: the SQL is empty. Give a SELECT");
    }
    if (limit != null && limit < 1) {
      throw new UsageException("--limit is " + limit + "; it must be at least 1");
    }
    try (Session session = Session.open(options.load(), options.verbose)) {
      List<String> names = new ArrayList<>();
      try {
        print(run(session, names), spec.commandLine().getOut());
      } finally {
        names.forEach(session.spark().catalog()::dropTempView);
      }
    }
    return ExitCodes.DONE;
  }

  private Dataset<Row> run(Session session, List<String> names) {
    try {
      LogicalPlan plan = session.spark().sessionState().sqlParser().parsePlan(sql);
      requireReading(plan);
      boolean reads = !(plan instanceof Command || plan instanceof ParsedStatement);
      register(session, reads ? this::mentions : name -> true, names);
      LogicalPlan meant = plan instanceof ExplainCommand e ? e.logicalPlan() : plan;
      if (reads || meant != plan) { // some statements are commands once Spark knows what they name
        requireReading(
            session
                .spark()
                .sessionState()
                .executePlan(meant, CommandExecutionMode.SKIP())
                .analyzed());
      }
      return session.spark().sql(sql);
    } catch (AnalysisException e) {
      String first = SourceReader.firstLine(e);
      if (e.getClass().getSimpleName().equals("ParseException")) { // made of classes of ANTLR
        throw new UsageException("Cannot query, this is no SQL: " + first);
      }
      throw new StratifyException(
          e, "Cannot query: %s%s%s", first, meant(session, first), unpublished(session));
    }
  }

  /** The name that Spark does not find may be a slip of one that there is. */
  private static String meant(Session session, String error) {
    String[] quoted = error.split("`", -1);
    if (!error.contains("TABLE_OR_VIEW_NOT_FOUND") || quoted.length < 3) {
      return "";
    }
    List<String> names = new ArrayList<>();
    Views.all(session.lake()).forEach(v -> names.add(v.name()));
    tables(session).forEach(t -> names.add(t.name()));
    return Nearest.to(quoted[1].toLowerCase(Locale.ROOT), names)
            .map(name -> " Did you mean " + name + "?")
            .orElse("")
        + " To see all: ./stratify query \"SHOW TABLES\"";
  }

  /** Most queries need a few of eighty names, and each takes as long as a small query. */
  private boolean mentions(String name) {
    return sql.toLowerCase(Locale.ROOT).contains(name);
  }

  /** A slip must not change what was published; whoever wants to has Spark for it. */
  private void requireReading(LogicalPlan plan) {
    String kind = plan.getClass().getSimpleName();
    boolean tells = TELLING.stream().anyMatch(kind::startsWith);
    boolean does =
        plan instanceof Command
            || plan instanceof ParsedStatement
            || plan instanceof InsertIntoDir
            || plan instanceof ScriptTransformation
            || kind.endsWith("Statement"); // those of Delta
    if (does && !tells) {
      throw new UsageException(
          "Cannot query: this statement would do something ("
              + kind
              + "), and query only reads. Give a SELECT; nothing was done");
    }
    if (JavaConverters.seqAsJavaList(plan.expressions()).stream().anyMatch(QueryCommand::calls)) {
      throw new UsageException(
          "Cannot query: this statement would call a method of Java, and query only reads. Nothing"
              + " was done");
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(this::requireReading);
    JavaConverters.seqAsJavaList(plan.subqueries()).forEach(this::requireReading);
  }

  /** Whether an expression calls a method of Java, which may do anything. */
  private static boolean calls(Expression e) {
    return e instanceof CallMethodViaReflection
        || JavaConverters.seqAsJavaList(e.children()).stream().anyMatch(QueryCommand::calls);
  }

  private static String unpublished(Session session) {
    return new Registry(session.lake()).current().isPresent()
        ? ""
        : ". Nothing has been published yet, so there are no current_* views";
  }

  /**
   * Gives the tables and views their names for this query only: a session that outlives it, of a
   * notebook or a server, has views of the same names in its catalog.
   */
  private static void register(Session session, Predicate<String> needed, List<String> names) {
    tables(session).stream()
        .filter(t -> needed.test(t.name()))
        .forEach(t -> name(session.lake().read(t, "query"), t.name(), names));
    List<Views.View> views =
        Views.all(session.lake()).stream().filter(v -> needed.test(v.name())).toList();
    Optional<Snapshot> newest =
        views.isEmpty() ? Optional.empty() : new Registry(session.lake()).current();
    newest.ifPresent(
        current -> views.forEach(v -> name(v.rows(session.lake(), current), v.name(), names)));
  }

  private static List<TableSpec> tables(Session session) {
    return session.tables(
        "There are no tables in %s yet. Run ./stratify run first, or give the folder of a run:"
            + " --set output.root=FOLDER");
  }

  private static void name(Dataset<Row> rows, String name, List<String> names) {
    rows.createOrReplaceTempView(name);
    names.add(name);
  }

  private void print(Dataset<Row> result, PrintWriter out) {
    if (json) {
      QueryJson.print(result, Optional.ofNullable(limit), out);
    } else if (result.queryExecution().logical() instanceof ExplainCommand) {
      out.print(result.first().getString(0));
    } else {
      out.print(QueryText.of(result, limit == null ? USUAL : limit));
    }
    out.flush();
  }
}
