package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Feature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether there are values of the features that a lens is about. */
public final class FeaturePresence {
  private FeaturePresence() {}

  /**
   * Why a lens has to be left out, if it has.
   *
   * @param names columns of {@code customer_features}, or keys of its maps
   */
  public static Optional<String> reason(Dataset<Row> features, List<String> names) {
    Row counts =
        features
            .agg(
                known(names.get(0)),
                names.stream().skip(1).map(FeaturePresence::known).toArray(Column[]::new))
            .first();
    List<String> empty =
        IntStream.range(0, names.size())
            .filter(i -> counts.getLong(i) == 0)
            .mapToObj(names::get)
            .toList();
    boolean maps = names.stream().allMatch(n -> CustomerFeatures.keyed(n).isPresent());
    // One answer is enough for what customers say; a condition needs all its columns.
    return empty.isEmpty() || (maps && empty.size() < names.size())
        ? Optional.empty()
        : Optional.of("nobody has a value of " + String.join(", ", empty) + inputs(empty));
  }

  private static Column known(String name) {
    Optional<Feature> map = CustomerFeatures.keyed(name);
    if (map.isEmpty()) {
      return count(CustomerFeatures.value(name));
    }
    Column all = map.get().column().col();
    return name.endsWith(".*")
        ? count(when(size(all).gt(0), 1))
        : count(CustomerFeatures.number(name));
  }

  private static String inputs(List<String> names) {
    List<String> inputs =
        names.stream()
            .flatMap(
                n ->
                    CustomerFeatures.ALL.stream()
                        .filter(f -> f.name().equals(n) || n.startsWith(f.name() + ".")))
            .map(Feature::origin)
            .distinct()
            .toList();
    return inputs.isEmpty()
        ? ""
        : inputs.stream().collect(Collectors.joining(", ", " (it comes from ", ")"));
  }
}
