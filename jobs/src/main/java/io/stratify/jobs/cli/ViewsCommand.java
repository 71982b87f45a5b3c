package io.stratify.jobs.cli;

import io.stratify.common.StratifyException;
import io.stratify.jobs.serving.Views;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "views",
    description = "Print the current_* views as Spark SQL, to be run once in your catalog.")
final class ViewsCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (Session session = Session.open(options.load(), options.verbose)) {
      List<Views.View> views = Views.all(session.lake());
      if (views.isEmpty()) {
        throw new StratifyException(
            "There are no tables in %s yet. Run ./stratify run first, or give the folder of a run:"
                + " --set output.root=FOLDER",
            session.lake().root());
      }
      PrintWriter out = spec.commandLine().getOut();
      views.forEach(
          v -> out.println("CREATE OR REPLACE VIEW " + v.name() + " AS " + v.select() + ";"));
      out.flush();
    }
    return ExitCodes.DONE;
  }
}
