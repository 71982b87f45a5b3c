package io.stratify.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.Job;
import io.stratify.jobs.Pipeline;
import io.stratify.jobs.serving.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "pipeline",
    description = "Print the jobs in their order, what they read and write, and what comes first.")
final class PipelineCommand implements Callable<Integer> {
  @Mixin CommonOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, as airflow/pipeline.json has it.")
  private boolean json;

  /** The pipeline as a scheduler needs it. */
  private record Described(List<Step> jobs, List<String> published) {}

  /** A job; the fields are those of the JSON. */
  private record Step(
      String name,
      String description,
      String room,
      List<String> after,
      List<String> reads,
      List<String> writes) {
    static Step of(Job job) {
      return new Step(
          job.name(),
          job.description(),
          Pipeline.room(job),
          Pipeline.needs(job).stream().map(Job::name).toList(),
          names(job.reads()),
          names(job.writes()));
    }

    private static List<String> names(List<TableSpec> tables) {
      return tables.stream().map(TableSpec::name).toList();
    }
  }

  @Override
  public Integer call() {
    options.load(); // what is wrong is refused, although nothing of it is needed
    List<Step> steps = Pipeline.JOBS.stream().map(Step::of).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(json(new Described(steps, published())) + "\n");
    } else {
      out.print(text(steps));
    }
    out.flush();
    return ExitCodes.DONE;
  }

  /** The tables that readers see anew once the last job is done. */
  private static List<String> published() {
    return Pipeline.JOBS.stream()
        .flatMap(j -> j.writes().stream())
        .filter(t -> t.slice() == Slice.PUBLISHED)
        .map(TableSpec::name)
        .toList();
  }

  private static String json(Described pipeline) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return new ObjectMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
          .writeValueAsString(pipeline);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pipeline that has no JSON", e);
    }
  }

  private static String text(List<Step> steps) {
    TextTable table = new TextTable("job", "room", "after", "reads", "writes", "what it does");
    for (Step s : steps) {
      int lines = Math.max(1, Math.max(s.reads().size(), s.writes().size()));
      for (int i = 0; i < lines; i++) {
        table.row(
            i == 0 ? s.name() : "",
            i == 0 ? s.room() : "",
            i < s.after().size() ? s.after().get(i) : "",
            i < s.reads().size() ? s.reads().get(i) : "",
            i < s.writes().size() ? s.writes().get(i) : "",
            i == 0 ? s.description() : "");
      }
    }
    return table.toString();
  }
}
