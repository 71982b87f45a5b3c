package io.stratify.jobs.validation;

import static io.stratify.common.tables.SegmentationValidation.ALL;

import io.stratify.common.config.EvidenceConfig;
import io.stratify.common.config.Gate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether customers stay in their segments from snapshot to snapshot: the kappa of Cohen (1960) of
 * the two memberships by the same model, which is 0 where they agree as often as chance makes them,
 * and of each segment the share of its customers that are still in it, against the share that
 * chance would give, which is its share of all customers at the later date.
 */
final class Persistence {
  static final String KAPPA = "persistence: kappa";
  static final String LEAST = "persistence: least kappa";

  private final Subject subject;
  private final EvidenceConfig config;
  private final Gates gates;
  private final Bootstrap bootstrap;

  Persistence(Subject subject, EvidenceConfig config, Gates gates, Bootstrap bootstrap) {
    this.subject = subject;
    this.config = config;
    this.gates = gates;
    this.bootstrap = bootstrap;
  }

  /** Clusters of the customers that two crowds have in common. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Common(String cohort, int[] before, int[] after) {}

  List<Figure> of(Crowds crowds, String absent) {
    List<Crowd> all = new ArrayList<>(crowds.past());
    all.add(crowds.now());
    List<Figure> figures = new ArrayList<>();
    List<Figure> kappas = new ArrayList<>();
    String why = absent;
    for (int i = 1; i < all.size(); i++) {
      Common common = common(all.get(i - 1), all.get(i));
      Optional<String> small = Refits.tooSmall(common.before().length, subject.k(), config);
      if (small.isPresent()) {
        figures.add(Figure.none(KAPPA, common.cohort(), small.get()));
        why = small.get();
      } else {
        Figure kappa = kappa(common);
        figures.add(kappa);
        if (kappa.measured()) {
          kappas.add(kappa);
        } else {
          why = kappa.reason();
        }
        figures.addAll(stays(common));
      }
    }
    figures.add(gates.judge(Gate.PERSISTENCE, least(kappas, why)));
    return figures;
  }

  private static Figure least(List<Figure> kappas, String absent) {
    return kappas.stream()
        .min(Comparator.comparing(Figure::value))
        .map(f -> Figure.of(LEAST, ALL, f.value(), f.interval()).because(f.cohort()))
        .orElseGet(() -> Figure.none(LEAST, ALL, absent));
  }

  private Figure kappa(Common c) {
    double kappa = Agreement.kappa(c.before(), c.after(), subject.k());
    return Double.isNaN(kappa)
        ? Figure.none(KAPPA, c.cohort(), "all customers are in one segment on both dates")
        : Figure.of(
                KAPPA,
                c.cohort(),
                kappa,
                bootstrap.interval(
                    c.before().length,
                    drawn ->
                        Agreement.kappa(
                            Bootstrap.pick(c.before(), drawn),
                            Bootstrap.pick(c.after(), drawn),
                            subject.k())))
            .because(
                String.format(Locale.ROOT, "%,d customers known on both dates", c.before().length));
  }

  private List<Figure> stays(Common c) {
    double[] stays = Agreement.stays(c.before(), c.after(), subject.k());
    double[] chance = new double[subject.k()];
    for (int label : c.after()) {
      chance[label] += 1.0 / c.after().length;
    }
    List<Figure> figures = new ArrayList<>();
    for (int s = 0; s < stays.length; s++) {
      if (Double.isFinite(stays[s])) {
        int segment = s;
        figures.add(
            Figure.ofSegment(
                    "persistence: share that stays",
                    c.cohort(),
                    subject.segment(s),
                    stays[s],
                    bootstrap.interval(
                        c.before().length,
                        drawn ->
                            Agreement.stays(
                                Bootstrap.pick(c.before(), drawn),
                                Bootstrap.pick(c.after(), drawn),
                                subject.k())[segment]))
                .because(String.format(Locale.ROOT, "chance gives %.3f", chance[s])));
      }
    }
    return figures;
  }

  private static Common common(Crowd before, Crowd after) {
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < after.size(); i++) {
      place.put(after.ids().get(i), after.labels()[i]);
    }
    int[] first = new int[before.size()];
    int[] second = new int[before.size()];
    int n = 0;
    for (int i = 0; i < before.size(); i++) {
      Integer later = place.get(before.ids().get(i));
      if (later != null) {
        first[n] = before.labels()[i];
        second[n] = later;
        n++;
      }
    }
    return new Common(
        before.asOf() + " to " + after.asOf(),
        java.util.Arrays.copyOf(first, n),
        java.util.Arrays.copyOf(second, n));
  }
}
