package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Readable names for clusters, from the features that set each one apart most: how many standard
 * deviations the centre lies from the mean of all customers, which is 0 for prepared features.
 */
final class SegmentNames {
  /** Below half a standard deviation nobody would notice (Cohen 1988: medium effect). */
  private static final double NOTICEABLE = 0.5;

  private SegmentNames() {}

  /** One name per centre in standard deviations, all different. */
  static List<String> of(Preparation preparation, List<double[]> centres) {
    // That a value is missing is no word for people.
    int[] values =
        IntStream.range(0, preparation.scales().size())
            .filter(j -> !preparation.scales().get(j).missing())
            .toArray();
    return of(
        Arrays.stream(values).mapToObj(j -> preparation.features().get(j)).toList(),
        centres.stream().map(c -> Arrays.stream(values).mapToDouble(j -> c[j]).toArray()).toList());
  }

  /** One name per centre, all different. */
  static List<String> of(List<String> features, List<double[]> centres) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (double[] centre : centres) {
      List<String> words = words(features, centre);
      int used = Math.min(2, words.size());
      while (used < words.size() && taken.contains(join(words, used))) {
        used++;
      }
      String name = join(words, used);
      String unique = name;
      for (int n = 2; !taken.add(unique); n++) {
        unique = name + " (" + n + ")";
      }
      names.add(unique);
    }
    return names;
  }

  private static List<String> words(List<String> features, double[] centre) {
    return IntStream.range(0, centre.length)
        .boxed()
        .filter(j -> Math.abs(centre[j]) >= NOTICEABLE)
        .sorted(Comparator.<Integer>comparingDouble(j -> -Math.abs(centre[j])))
        .map(j -> word(features.get(j), centre[j]))
        .toList();
  }

  private static String word(String feature, double difference) {
    Feature f = CustomerFeatures.named(feature);
    return difference > 0 ? f.high() : f.low();
  }

  private static String join(List<String> words, int n) {
    String name = n == 0 ? "average customers" : String.join(", ", words.subList(0, n));
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
