package io.stratify.jobs.features;

/** The as-of dates of a plan as numbers, and what else is asked again for each customer. */
final class Dates {
  private final SnapshotPlan plan;
  private final SnapshotView view;
  private final int[] days;
  private final boolean[] wanted;
  private final boolean[] outcomes;
  private final boolean[] available;
  private final int lastWanted;
  private final boolean features;

  Dates(SnapshotPlan plan, SnapshotView view) {
    this.plan = plan;
    this.view = view;
    days = plan.dates().stream().mapToInt(d -> Math.toIntExact(d.toEpochDay())).toArray();
    wanted = new boolean[days.length];
    outcomes = new boolean[days.length];
    boolean withOutcomes = view.outcomes();
    int last = -1;
    for (int i = 0; i < days.length; i++) {
      wanted[i] = view.dates().contains(plan.dates().get(i));
      outcomes[i] = withOutcomes && plan.hasOutcomes(plan.dates().get(i));
      last = wanted[i] ? i : last;
    }
    lastWanted = last;
    features = view.features();
    available = FeatureValues.available(plan);
  }

  SnapshotPlan plan() {
    return plan;
  }

  SnapshotView view() {
    return view;
  }

  /** Whether features are wanted that need more than orders. */
  boolean features() {
    return features;
  }

  int size() {
    return days.length;
  }

  /** A date, in days since 1970-01-01. */
  int at(int index) {
    return days[index];
  }

  /** Whether customers are described on a date. */
  boolean wanted(int index) {
    return wanted[index];
  }

  /** Whether nobody is described on a date or after it. */
  boolean over(int index) {
    return index > lastWanted;
  }

  /** Whether a date lies before that of the run. */
  boolean past(int index) {
    return index < days.length - 1;
  }

  /** Whether outcomes of a date are known and wanted. */
  boolean hasOutcomes(int index) {
    return outcomes[index];
  }

  /** Which features have their inputs. */
  boolean[] available() {
    return available;
  }
}
