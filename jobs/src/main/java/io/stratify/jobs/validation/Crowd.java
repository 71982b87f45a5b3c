package io.stratify.jobs.validation;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Customers of the sample as they were on a date.
 *
 * @param name of them, for people
 * @param asOf the date
 * @param ids their ids, sorted
 * @param raw features of the model in their units, NaN where missing
 * @param points the same, prepared by the model
 * @param labels cluster of each by the model
 * @param measures other features by name, NaN where missing; empty in the past
 * @param outcomes what they did after the date by name, NaN where it could not happen; empty where
 *     that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Crowd(
    String name,
    LocalDate asOf,
    List<String> ids,
    List<double[]> raw,
    List<double[]> points,
    int[] labels,
    Map<String, double[]> measures,
    Map<String, double[]> outcomes) {

  int size() {
    return labels.length;
  }

  /** Whether any of them has a value of a feature. */
  boolean hasValue(int feature) {
    return raw.stream().anyMatch(x -> Double.isFinite(x[feature]));
  }

  /** Number of them per cluster. */
  long[] sizes(int k) {
    long[] sizes = new long[k];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  /** Some of them, under another name. */
  Crowd only(String part, int[] kept) {
    return new Crowd(
        part,
        asOf,
        Arrays.stream(kept).mapToObj(ids::get).toList(),
        Arrays.stream(kept).mapToObj(raw::get).toList(),
        Arrays.stream(kept).mapToObj(points::get).toList(),
        Arrays.stream(kept).map(i -> labels[i]).toArray(),
        only(measures, kept),
        only(outcomes, kept));
  }

  private static Map<String, double[]> only(Map<String, double[]> columns, int[] kept) {
    Map<String, double[]> some = new TreeMap<>();
    columns.forEach(
        (name, values) ->
            some.put(name, Arrays.stream(kept).mapToDouble(i -> values[i]).toArray()));
    return some;
  }
}
