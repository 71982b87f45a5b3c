package io.stratify.jobs.segments;

import io.stratify.common.config.RefitConfig;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which lenses of a run are fitted, and what the others keep.
 *
 * @param champions what readers have of earlier dates, by lens
 * @param decided what people decided of each lens last
 * @param again what earlier revisions of the as-of date fitted
 * @param custom names of the features of the configuration: a champion that needs another one is as
 *     none
 * @param refit the configuration
 */
record Dues(
    Map<String, Segmentation> champions,
    Map<String, Promotions.Decided> decided,
    SameDate again,
    Collection<String> custom,
    RefitConfig refit) {

  /**
   * What a lens starts from.
   *
   * @param kept what it has until a fit wins; null where it has nothing yet
   * @param fit whether it is fitted
   */
  record Due(Segmentation kept, boolean fit) {}

  /** What a lens starts from; those that it crosses are among the models of the input already. */
  Due of(Lens lens, Lens.Input input) {
    Segmentation champion = champions.get(lens.name());
    if (champion == null) {
      return new Due(null, true);
    }
    Optional<Promotions.Decided> last = Optional.ofNullable(decided.get(lens.name()));
    Optional<Promotions.Decided> chosen =
        last.filter(d -> d.segmentationId().equals(champion.id()));
    Optional<Segmentation> standing =
        again
            .standing(lens.name(), last, input.configHash())
            .filter(s -> !lens.isOutdated(s, input.models()));
    boolean crossesOthers =
        chosen.isEmpty() && standing.isEmpty() && isOfOtherParts(lens, champion, input);
    boolean lost = standing.isEmpty() && !champion.missingFeatures(custom).isEmpty();
    boolean fit =
        lost || (!refit.never(lens.name()) && (crossesOthers || isOld(champion, chosen, input)));
    if (!fit && standing.isEmpty()) {
      tellOfOtherConfiguration(champion, chosen, input);
    }
    return new Due(fit ? champion : standing.orElse(champion), fit);
  }

  /** Whether the lenses that a lens crosses are others than it was made of. */
  private boolean isOfOtherParts(Lens lens, Segmentation champion, Lens.Input input) {
    return lens.isOutdated(champion, input.models())
        || lens.parts().stream()
            .anyMatch(p -> !Objects.equals(input.models().get(p), champions.get(p)));
  }

  /** A champion that people chose is as old as their decision. */
  private boolean isOld(
      Segmentation champion, Optional<Promotions.Decided> chosen, Lens.Input input) {
    return chosen
        .map(c -> refit.isDue(champion.lens(), c.asOf(), input.asOf()))
        .orElseGet(() -> champion.isDue(input.asOf(), refit, input.configHash()));
  }

  private void tellOfOtherConfiguration(
      Segmentation champion, Optional<Promotions.Decided> chosen, Lens.Input input) {
    if (!champion.configHash().equals(input.configHash())) {
      input
          .notices()
          .accept(
              String.format(
                  "lens %s keeps %s, %s, though the configuration of the lens, or of what its"
                      + " features are made of, is another one than it was fitted with, or an"
                      + " earlier version fitted it. Refit it with %s",
                  champion.lens(),
                  champion.id(),
                  chosen
                      .map(c -> "as " + c.by() + " decided")
                      .orElse("since it is never to be fitted"),
                  RefitConfig.anew(champion.lens())));
    }
  }
}
