package io.stratify.jobs.segments;

import io.stratify.common.tables.CustomerFeatures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature as rules ask for it.
 *
 * @param index its place in the raw values
 * @param column SQL of its column
 * @param fill what counts where it is missing
 * @param everMissing whether it is missing for anybody
 * @param missing whether the question is if it is missing
 */
record RuleFeature(int index, String column, double fill, boolean everMissing, boolean missing) {

  static List<RuleFeature> of(Preparation preparation, List<double[]> raw) {
    List<RuleFeature> features = new ArrayList<>();
    for (int j = 0; j < preparation.scales().size(); j++) {
      Preparation.Scale scale = preparation.scales().get(j);
      int index = j;
      boolean ever = raw.stream().anyMatch(x -> !Double.isFinite(x[index]));
      features.add(
          new RuleFeature(j, column(scale.feature()), scale.fill(), ever, scale.missing()));
    }
    return features;
  }

  private static String column(String feature) {
    if (CustomerFeatures.byName(feature).isPresent()) {
      return feature;
    }
    return CustomerFeatures.keyed(feature)
        .map(map -> item(map.name(), CustomerFeatures.key(map, feature)))
        .orElseGet(() -> item(CustomerFeatures.CUSTOM.name(), feature));
  }

  private static String item(String map, String key) {
    return map + "['" + key.replace("\\", "\\\\").replace("'", "\\'") + "']";
  }

  double value(double[] raw) {
    boolean known = Double.isFinite(raw[index]);
    if (missing) {
      return known ? 0 : 1;
    }
    return known ? raw[index] : fill;
  }

  /** The condition that the value is at most, or more than, a threshold. */
  String sql(boolean atMost, double threshold) {
    if (missing) {
      return column + (atMost ? " IS NOT NULL" : " IS NULL");
    }
    String value = everMissing ? "coalesce(" + column + ", " + plain(fill) + ")" : column;
    return value + (atMost ? " <= " : " > ") + plain(threshold);
  }

  private static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
