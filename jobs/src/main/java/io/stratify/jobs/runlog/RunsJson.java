package io.stratify.jobs.runlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stratify.common.io.Lake;
import io.stratify.common.tables.RunLog;
import java.util.List;

/** The runs below one root, for a scheduler: one JSON object per line and run. */
public final class RunsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Runs runs;

  /** Of the tables below one root. */
  public RunsJson(Lake lake) {
    this.runs = new Runs(lake);
  }

  /**
   * The latest runs, the newest last.
   *
   * @param last how many at most
   * @throws io.stratify.common.StratifyException if there are none
   */
  public String list(int last) {
    return lines(runs.latest(last));
  }

  /**
   * The run of an id.
   *
   * @throws io.stratify.common.StratifyException if there is none
   */
  public String one(String run) {
    return lines(List.of(runs.one(run)));
  }

  private static String lines(List<Runs.Run> runs) {
    StringBuilder lines = new StringBuilder();
    runs.forEach(run -> lines.append(object(run)).append('\n'));
    return lines.toString();
  }

  private static ObjectNode object(Runs.Run run) {
    JobRun first = run.first();
    ObjectNode object =
        JSON.createObjectNode()
            .put(RunLog.RUN_ID.name(), first.runId())
            .put(RunLog.AS_OF.name(), first.asOf().toString())
            .put(RunLog.REVISION.name(), first.revision())
            .put(RunLog.STATUS.name(), run.status())
            .put(RunLog.STARTED_AT.name(), first.startedAt().toString())
            .put(RunLog.ENDED_AT.name(), run.endedAt().toString())
            .put("jobs_done", run.done())
            .put(RunLog.JOBS.name(), first.jobs())
            .put(RunLog.ERROR.name(), run.error().orElse(null));
    ArrayNode jobs = object.putArray("run_log");
    run.jobs().forEach(job -> jobs.add(row(run, job)));
    return object;
  }

  /** The columns of {@code run_log}. */
  private static ObjectNode row(Runs.Run run, JobRun job) {
    try {
      ObjectNode row = (ObjectNode) JSON.readTree(job.note());
      row.put(RunLog.STATUS.name(), run.status(job));
      for (String absent : List.of(RunLog.ERROR.name(), RunLog.SETTINGS_HASH.name())) {
        if (!row.has(absent)) {
          row.putNull(absent);
        }
      }
      return row;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note that is no JSON", e);
    }
  }
}
