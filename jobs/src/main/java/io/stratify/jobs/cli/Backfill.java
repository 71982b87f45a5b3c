package io.stratify.jobs.cli;

import io.stratify.common.config.LoadedConfig;
import io.stratify.common.config.Periods;
import io.stratify.jobs.Job;
import io.stratify.jobs.segments.Registry;
import io.stratify.jobs.serving.PublishJob;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs for several as-of dates, one after the other and the earliest first, as the schedule would
 * have done. Dates that have been published are left as they are, so that a backfill which was
 * stopped goes on where it was.
 *
 * @param dates as-of dates, ascending
 * @param again whether published dates are done again
 */
record Backfill(List<LocalDate> dates, boolean again) {
  /**
   * The dates from the first to the last that is not after the end. Months are counted from the
   * first date, so that one of 31 January goes on with the last of February and 31 March.
   *
   * @throws UsageException if they are no dates or not in order
   */
  static Backfill between(String from, String to, String every, boolean again) {
    if (from == null || to == null) {
      throw new UsageException("--from-date and --to-date go together: give both");
    }
    LocalDate first = CommonOptions.date("--from-date", from);
    LocalDate last = CommonOptions.date("--to-date", to);
    if (last.isBefore(first)) {
      throw new UsageException("--from-date " + first + " is after --to-date " + last);
    }
    Period step =
        Periods.of(every.matches("\\d.*") ? every : "1 " + every)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--every is "
                            + every
                            + "; it must be day, week, month, year or "
                            + Periods.EXAMPLES));
    List<LocalDate> dates = new ArrayList<>();
    LocalDate next = first;
    while (!next.isAfter(last)) {
      dates.add(next);
      next = first.plus(step.multipliedBy(dates.size()));
    }
    return new Backfill(dates, again);
  }

  /**
   * Runs the jobs for every date under one lock.
   *
   * @param options of the command, which are loaded once per date
   * @return the exit code of all: that of a gate that failed before that of a proposal
   */
  int run(CommandSpec spec, CommonOptions options, List<Job> jobs) {
    LoadedConfig newest = load(options, dates.get(dates.size() - 1));
    Preflight.check(newest.config());
    try (Log log = options.log(spec).capture();
        Session session = Session.open(newest, options.verbose)) {
      Runner runner = new Runner(spec.commandLine().getOut(), log, options.givenOfAnyDay());
      return session.locked(spec.name(), () -> all(session, runner, log, options, jobs));
    }
  }

  private static LoadedConfig load(CommonOptions options, LocalDate date) {
    options.asOf = date.toString();
    return options.load();
  }

  private int all(Session session, Runner runner, Log log, CommonOptions options, List<Job> jobs) {
    Registry registry = new Registry(session.lake());
    boolean skips = !again && jobs.stream().anyMatch(PublishJob.class::isInstance);
    int exit = ExitCodes.DONE;
    for (int i = 0; i < dates.size(); i++) {
      LocalDate date = dates.get(i);
      log.run("");
      String place = String.format(Locale.ROOT, "%s (%d of %d)", date, i + 1, dates.size());
      if (skips && registry.isPublished(date)) {
        log.say("backfill %s: published before; --again publishes it anew", place);
        continue;
      }
      log.say("backfill %s", place);
      try {
        exit = ExitCodes.worse(exit, one(runner, options, date, jobs));
      } catch (Throwable e) { // Scala throws what is checked without saying so
        log.say(
            "backfill stopped at %s; dates before it are done. Give the same command again%s to go"
                + " on",
            date, skips ? "" : " with --from-date " + date);
        throw e;
      }
    }
    return exit;
  }

  private static int one(Runner runner, CommonOptions options, LocalDate date, List<Job> jobs) {
    LoadedConfig loaded = load(options, date);
    // The session has been started, and stays: this one is for the run id and the stamps.
    try (Session session = Session.open(loaded, options.verbose)) {
      return runner.run(session, loaded, jobs);
    }
  }
}
