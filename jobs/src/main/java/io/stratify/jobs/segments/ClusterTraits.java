package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.FeatureGroup;
import io.stratify.jobs.FeatureText;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the customers of each cluster are like: words, and the centre in the units of the features.
 * The median stands for a missing value in the model, but no customer has it: a feature of which
 * most of a cluster have no value is unknown there.
 *
 * @param preparation from features to the space of the clusters
 * @param points customers that stand for all
 * @param labels cluster of each of them
 * @param clusters the clusters
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClusterTraits(Preparation preparation, Points points, int[] labels, Clusters clusters) {
  /** A feature that fewer of a cluster have says nothing about it. */
  private static final double MOST = 0.5;

  /** A smaller share of missing values is not worth a word. */
  private static final double FEW = 0.01;

  /**
   * The words for a cluster.
   *
   * @param deviations its centre in standard deviations from the mean of all customers
   */
  Traits words(int cluster, double[] deviations) {
    double[] raw = preparation.invert(clusters.centres().get(cluster));
    // That a value is missing is no word for people.
    return new Traits(
        values()
            .filter(j -> unknown(cluster, j) <= MOST)
            .filter(j -> deviations[j] != 0)
            .mapToObj(j -> new Traits.Trait(deviations[j], word(j, deviations[j] > 0, raw[j])))
            .toList());
  }

  /**
   * The centre of a cluster in the units of the features, and what its customers have to do with
   * it.
   */
  String definition(int cluster) {
    double[] raw = preparation.invert(clusters.centres().get(cluster));
    String values =
        values()
            .mapToObj(j -> value(j, raw[j], unknown(cluster, j)))
            .collect(Collectors.joining(", "));
    return clusters.belonging() + " " + values;
  }

  private IntStream values() {
    return IntStream.range(0, preparation.scales().size())
        .filter(j -> !preparation.scales().get(j).missing());
  }

  private String word(int j, boolean above, double value) {
    Feature feature = CustomerFeatures.named(preparation.features().get(j));
    return feature.group() == FeatureGroup.CUSTOM && isFlag(j)
        ? (above ? "more often " : "less often ") + feature.name().replace('_', ' ')
        : feature.word(above, value);
  }

  /** Whether it is 1 for some customers and 0 for the others. */
  private boolean isFlag(int j) {
    return points.raw().stream().allMatch(x -> !Double.isFinite(x[j]) || x[j] == 0 || x[j] == 1);
  }

  private String value(int j, double value, double unknown) {
    String feature = preparation.features().get(j);
    String share = String.format(Locale.ROOT, "unknown for %.0f %%", 100 * unknown);
    if (unknown > MOST) {
      return feature + " " + share;
    }
    String known = feature + " " + FeatureText.number(value);
    return unknown >= FEW ? known + " (" + share + ")" : known;
  }

  /** Share of the customers of a cluster who have no value of a feature. */
  private double unknown(int cluster, int j) {
    double all = 0;
    double without = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == cluster) {
        all += points.weights()[i];
        without += Double.isFinite(points.raw().get(i)[j]) ? 0 : points.weights()[i];
      }
    }
    return all == 0 ? 0 : without / all;
  }
}
