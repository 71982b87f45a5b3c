package io.stratify.jobs.validation;

import io.stratify.common.config.EvidenceConfig;
import io.stratify.common.config.Gate;
import io.stratify.common.tables.CustomerFeatures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All evidence about one segmentation of clusters, on the customers of a sample. */
final class Evidence {
  private static final String NO_PAST =
      "no past snapshot has customers whom it divides: set features.past.back, or run stratify"
          + " features --back 8 --every '3 months'";

  private final Subject subject;
  private final EvidenceConfig config;
  private final Gates gates;
  private final Optional<String> objective;
  private final long seed;

  /**
   * Evidence about a segmentation.
   *
   * @param objective the outcome that its segments should differ in, if there is one
   * @param seed seed of everything drawn
   */
  Evidence(
      Subject subject, EvidenceConfig config, Gates gates, Optional<String> objective, long seed) {
    this.subject = subject;
    this.config = config;
    this.gates = gates;
    this.objective = objective;
    this.seed = seed;
  }

  /** Every figure, in the order in which people read them. */
  List<Figure> of(Crowds all) {
    Crowds crowds = all.comparable();
    List<Figure> older = olderThanAFeature(all);
    String absent = older.isEmpty() ? NO_PAST : older.get(0).reason();
    Bootstrap bootstrap = new Bootstrap(config.bootstraps(), seed);
    Refits refits = new Refits(subject, config, gates, seed);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(new Resampling(subject, config, gates, seed).of(crowds.now()));
    figures.addAll(refits.of("time", Gate.TIME, crowds.past(), absent));
    figures.addAll(older);
    figures.addAll(
        refits.of(
            "acquisition",
            Gate.ACQUISITION,
            acquired(crowds.now(), config.cohorts()),
            "there are no two cohorts of customers acquired on different days"));
    figures.addAll(new Drifts(subject, gates, bootstrap).of(crowds, absent));
    figures.addAll(
        new Consequences(subject, gates, bootstrap).of(crowds.past(), objective, absent));
    figures.addAll(new Persistence(subject, config, gates, bootstrap).of(crowds, absent));
    figures.addAll(new Revenue(subject, bootstrap).of(crowds.now()));
    return figures;
  }

  /** A snapshot in which nobody had a feature divides customers by something else. */
  private List<Figure> olderThanAFeature(Crowds all) {
    List<Figure> older = new ArrayList<>();
    for (Crowd before : all.past()) {
      all.lacking(before)
          .ifPresent(
              feature ->
                  older.add(
                      Figure.none(
                          Refits.RAND.formatted("time"),
                          before.name(),
                          String.format(
                              "nobody has a value of %s %s: write the past snapshots anew with"
                                  + " stratify features --back 8 --every '3 months', and where no"
                                  + " lens reads it now --set features.past.columns=all",
                              subject.features().get(feature), before.name()))));
    }
    return older;
  }

  /**
   * The customers by when they were acquired, in cohorts of about equal size; those acquired on one
   * day are in one of them.
   */
  static List<Crowd> acquired(Crowd now, int count) {
    double[] tenure = now.measures().get(CustomerFeatures.TENURE_DAYS.name());
    int[] order =
        IntStream.range(0, now.size())
            .boxed()
            .sorted(java.util.Comparator.comparingDouble(i -> -tenure[i]))
            .mapToInt(i -> i)
            .toArray();
    List<Crowd> cohorts = new ArrayList<>();
    int from = 0;
    for (int c = 1; c <= count && from < order.length; c++) {
      int to = (int) ((long) c * order.length / count);
      if (to <= from) {
        continue;
      }
      while (to < order.length && tenure[order[to]] == tenure[order[to - 1]]) {
        to++;
      }
      int[] kept = IntStream.range(from, to).map(i -> order[i]).sorted().toArray();
      cohorts.add(now.only(name(now.asOf(), tenure[order[from]], tenure[order[to - 1]]), kept));
      from = to;
    }
    return cohorts.size() < 2 ? List.of() : cohorts;
  }

  private static String name(LocalDate asOf, double longest, double shortest) {
    return "acquired " + asOf.minusDays((long) longest) + " to " + asOf.minusDays((long) shortest);
  }
}
