package io.stratify.jobs.serving;

import io.stratify.common.io.Snapshot;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.RfmCutoff;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentKpi;
import io.stratify.common.tables.SegmentProfile;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.SegmentationCandidate;
import io.stratify.common.tables.SegmentationHealth;
import io.stratify.common.tables.SegmentationTable;
import io.stratify.common.tables.SegmentationValidation;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.Failures;
import io.stratify.jobs.Job;
import io.stratify.jobs.JobContext;
import io.stratify.jobs.JobResult;
import io.stratify.jobs.segments.Registry;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The last step: one row in {@code publication} makes everything that the run wrote visible at
 * once. Only then are earlier revisions of the same as-of date deleted, but for the last of them,
 * which whoever has just begun to read may still need, and for what was fitted: people may want it
 * back, and its names must not be given to anything else.
 */
public final class PublishJob implements Job {
  /** What was found out about a segmentation in the run that fitted it. */
  private static final Set<TableSpec> OF_FITS =
      Set.of(
          SegmentationTable.TABLE,
          SegmentProposal.TABLE,
          SegmentationValidation.TABLE,
          SegmentationCandidate.TABLE);

  /**
   * What readers see.
   *
   * @param newest the as-of date that the current views have
   * @param failed segmentations that failed a gate, by lens
   * @param published those that readers see, by lens
   * @param provisional lenses of which these failed a gate once and were not chosen since
   * @param refitProposed whether a lens no longer fits, as the job health found
   */
  record PublishResult(
      Snapshot snapshot,
      LocalDate newest,
      Map<String, String> failed,
      Map<String, String> published,
      Set<String> provisional,
      boolean refitProposed)
      implements JobResult {
    /** The job that found it may have been done by a command before this one, which failed then. */
    @Override
    public boolean gateFailed() {
      return !failed.isEmpty();
    }

    @Override
    public String sentence() {
      String seen =
          newest.isAfter(snapshot.asOf())
              ? snapshot + " is published; the current views stay at " + newest
              : "readers now see " + snapshot;
      return seen
          + lenses("; gates kept the champion of %s", l -> isKept(l) && !provisional.contains(l))
          + lenses(
              "; gates kept the champion, which is provisional itself, of %s",
              l -> isKept(l) && provisional.contains(l))
          + lenses(
              "; provisional since a gate failed and there is no champion to keep: %s",
              l -> failed.get(l).equals(published.get(l)))
          + lenses(
              "; left out since a gate failed and there is no champion to keep: %s",
              l -> !published.containsKey(l));
    }

    private boolean isKept(String lens) {
      return published.containsKey(lens) && !published.get(lens).equals(failed.get(lens));
    }

    private String lenses(String sentence, Predicate<String> kind) {
      String names = failed.keySet().stream().filter(kind).collect(Collectors.joining(", "));
      return names.isEmpty() ? "" : String.format(Locale.ROOT, sentence, names);
    }
  }

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String description() {
    return "Let readers see what the run wrote, all at once";
  }

  @Override
  public List<TableSpec> reads() {
    return List.of(
        CustomerFeatures.TABLE,
        RfmCutoff.TABLE,
        SegmentationTable.TABLE,
        SegmentationValidation.TABLE,
        CustomerSegment.TABLE,
        Segment.TABLE,
        SegmentationHealth.TABLE,
        SegmentProfile.TABLE,
        SegmentKpi.TABLE);
  }

  @Override
  public List<TableSpec> writes() {
    return List.of(Publication.TABLE);
  }

  @Override
  public JobResult run(JobContext context) {
    for (TableSpec table : List.of(CustomerSegment.TABLE, SegmentProfile.TABLE)) {
      context.readSnapshot(table, this);
    }
    Map<String, String> failed = failed(context);
    List<Row> lenses = lenses(context);
    Registry registry = new Registry(context.lake());
    if (registry.next(context.snapshot().asOf()).equals(context.snapshot())) {
      publish(context, lenses, List.copyOf(failed.keySet()));
    }
    tidy(context);
    Set<String> provisional = new TreeSet<>();
    lenses.stream().filter(r -> r.getBoolean(2)).forEach(r -> provisional.add(r.getString(0)));
    List<LocalDate> dates = registry.published().stream().map(Snapshot::asOf).toList();
    next(dates, context.snapshot()).ifPresent(context.notices());
    return new PublishResult(
        context.snapshot(),
        dates.get(dates.size() - 1),
        failed,
        segmentations(lenses),
        provisional,
        refitProposed(context));
  }

  /** What the date after this one was compared with is no longer what is published before it. */
  private static Optional<String> next(List<LocalDate> published, Snapshot now) {
    int place = published.indexOf(now.asOf());
    if (place == published.size() - 1) {
      return Optional.empty();
    }
    LocalDate next = published.get(place + 1);
    boolean isNew = now.revision() == Snapshot.FIRST_REVISION;
    if (isNew && place == 0) { // the next one was compared with nothing
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            isNew
                ? "%s was compared with a date before %s, so that changes up to that day are told"
                    + " twice; publish it again: --as-of %s"
                : "%s may have been compared with an earlier revision of %s; where it is not done"
                    + " next anyway, publish it again: --as-of %s",
            next,
            now.asOf(),
            next));
  }

  private void publish(JobContext context, List<Row> lenses, List<String> failed) {
    Row row =
        RowFactory.create(
            Date.valueOf(context.snapshot().asOf()),
            context.snapshot().revision(),
            context.runId(),
            Timestamp.from(context.startedAt()),
            segmentations(lenses),
            failed);
    context.write(Publication.TABLE, context.rows(Publication.TABLE, List.of(row)), this);
  }

  /** What is published is published: that old rows are left over is no reason to say it failed. */
  private void tidy(JobContext context) {
    Snapshot now = context.snapshot();
    if (now.revision() == Snapshot.FIRST_REVISION) {
      return;
    }
    Snapshot before = new Snapshot(now.asOf(), now.revision() - 1);
    try {
      Tables.ALL.stream()
          .filter(t -> t.slice() == Slice.PUBLISHED && !OF_FITS.contains(t))
          .forEach(t -> context.lake().deleteSuperseded(t, before, name()));
    } catch (Exception e) { // Scala throws what is checked without saying so
      context
          .notices()
          .accept(
              "readers see "
                  + now
                  + ", but revisions before it are left over, which nobody sees; the next"
                  + " publication of this date deletes them: "
                  + Failures.toKeep(e));
    }
  }

  /** The segmentation of every lens, and whether its segments are provisional. */
  private List<Row> lenses(JobContext context) {
    return context
        .readSnapshot(Segment.TABLE, this)
        .select(Segment.LENS.col(), Segment.SEGMENTATION_ID.col(), Segment.PROVISIONAL.col())
        .distinct()
        .collectAsList();
  }

  private static Map<String, String> segmentations(List<Row> lenses) {
    Map<String, String> ids = new TreeMap<>();
    lenses.forEach(r -> ids.put(r.getString(0), r.getString(1)));
    return ids;
  }

  private static boolean refitProposed(JobContext context) {
    return !context
        .readSlice(SegmentationHealth.TABLE, context.snapshot())
        .where(SegmentationHealth.VERDICT.col().equalTo(SegmentationHealth.REFIT_PROPOSED))
        .isEmpty();
  }

  private static Map<String, String> failed(JobContext context) {
    Map<String, String> failed = new TreeMap<>();
    context
        .readSlice(SegmentationValidation.TABLE, context.snapshot())
        .where(SegmentationValidation.VERDICT.col().equalTo(SegmentationValidation.FAIL))
        .select(SegmentationValidation.LENS.col(), SegmentationValidation.SEGMENTATION_ID.col())
        .distinct()
        .collectAsList()
        .forEach(r -> failed.put(r.getString(0), r.getString(1)));
    return failed;
  }
}
