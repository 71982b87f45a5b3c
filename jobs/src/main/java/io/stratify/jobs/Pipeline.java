package io.stratify.jobs;

import io.stratify.common.StratifyException;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.conform.ConformJob;
import io.stratify.jobs.features.FeaturesJob;
import io.stratify.jobs.history.HistoryJob;
import io.stratify.jobs.insight.InsightJob;
import io.stratify.jobs.membership.MembershipJob;
import io.stratify.jobs.segments.SegmentsJob;
import io.stratify.jobs.serving.PublishJob;
import io.stratify.jobs.validation.HealthJob;
import io.stratify.jobs.validation.ValidationJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The jobs in their order. A job comes after those that write what it reads. */
public final class Pipeline {
  /** Every job, in order. */
  public static final List<Job> JOBS =
      checked(
          List.of(
              new ConformJob(),
              new HistoryJob(),
              new FeaturesJob(),
              new SegmentsJob(),
              new ValidationJob(),
              new MembershipJob(),
              new HealthJob(),
              new InsightJob(),
              new PublishJob()));

  private Pipeline() {}

  /** Names of the jobs, in order. */
  public static List<String> names() {
    return JOBS.stream().map(Job::name).toList();
  }

  /** The room of a job: the last part of the name of its package. */
  public static String room(Job job) {
    String name = job.getClass().getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The jobs, in order, that write what a job reads. */
  public static List<Job> needs(Job job) {
    return JOBS.stream()
        .filter(other -> other.writes().stream().anyMatch(job.reads()::contains))
        .toList();
  }

  /** What is wrong with the configuration of some jobs, all of it, before one has written. */
  public static List<String> problems(List<Job> jobs, JobContext context) {
    List<String> problems = new ArrayList<>();
    for (Job job : jobs) {
      try {
        job.check(context);
      } catch (StratifyException e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }

  /**
   * Proves that the order follows from what the jobs declare.
   *
   * @throws IllegalStateException if a job reads what no earlier job writes, or two write one table
   */
  static List<Job> checked(List<Job> jobs) {
    Set<TableSpec> written = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (Job job : jobs) {
      for (TableSpec table : job.reads()) {
        if (!written.contains(table)) {
          problems.add(job.name() + " reads " + table + " before any job has written it");
        }
      }
      for (TableSpec table : job.writes()) {
        if (!written.add(table)) {
          problems.add(job.name() + " writes " + table + ", and so does an earlier job");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
    return jobs;
  }
}
