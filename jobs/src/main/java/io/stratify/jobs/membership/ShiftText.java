package io.stratify.jobs.membership;

import io.stratify.jobs.FeatureText;
import io.stratify.jobs.segments.Additive;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Model;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Explains the shifts of one lens, row by row.
 *
 * @param old model published before
 * @param now model published now
 * @param sameFit whether both are of one fit, so that only people can have changed its segments
 * @param names names of segments by id
 * @param since as-of date of the snapshot before
 */
record ShiftText(Model old, Model now, boolean sameFit, Map<String, String> names, LocalDate since)
    implements Serializable {
  private static final int FEATURES = 3;

  /** What became of one feature. */
  private record Change(String feature, String text) {}

  /** One side of a sentence: by how much and by what. */
  private record Part(double size, String by) {}

  /**
   * From a struct of from, to, was, is, new, anyway, regrouped, activity, the texts before and now,
   * and where the old model puts him with the scores of now, to the reason.
   */
  Row explain(Row row) {
    Shift shift = shift(row);
    Map<String, Double> activity = row.isNullAt(7) ? null : row.getJavaMap(7);
    return RowFactory.create(
        shift.measure(),
        shift.total(),
        shift.customer(),
        shift.segment(),
        shift.identity(),
        shift.features().stream().map(ShiftText::row).toArray(),
        activity == null ? null : row.getMap(7),
        sentence(row, shift, activity));
  }

  private Shift shift(Row row) {
    String from = row.getString(0);
    double[] was = ClusterModel.unbox(row.getSeq(2));
    double[] is = ClusterModel.unbox(row.getSeq(3));
    boolean regrouped = row.getBoolean(6);
    Optional<Additive> before = old.additive();
    Optional<Additive> after = now.additive();
    if (before.isPresent() && after.isPresent()) {
      Shift shift =
          Shift.of(
              before.get(),
              after.get(),
              from,
              row.getString(1),
              was,
              is,
              ClusterModel.unbox(row.getSeq(4)),
              regrouped);
      // Whoever has no value at all is where he is by a rule, whatever the distances say.
      if (shift != null && shift.total() > 0) {
        return shift;
      }
    }
    boolean anyway = !row.isNullAt(5) && !row.getString(5).equals(from);
    return before.isPresent()
        ? Shift.counted(
                anyway,
                before.get().labels(),
                shown(before.get(), was),
                shown(before.get(), is),
                regrouped)
            .inOrderOf(
                Deciding.order(old, from, anyway ? row.getString(5) : row.getString(1), was, is))
        : Shift.counted(anyway, deciding(old), was, is, regrouped)
            .inOrderOf(Deciding.order(old, from, row.getString(1), was, is));
  }

  private static double[] shown(Additive model, double[] raw) {
    return IntStream.range(0, raw.length).mapToDouble(j -> model.shown(raw, j)).toArray();
  }

  /** The features that a shift is explained by, in the order in which their values are given. */
  static List<String> deciding(Model model) {
    return model.additive().map(Additive::features).orElseGet(() -> distinct(model.features()));
  }

  /** Those of them that are no numbers. */
  static List<String> texts(Model model) {
    return deciding(model).stream().filter(Reasons::isText).toList();
  }

  private static List<String> distinct(List<String> features) {
    return features.stream().distinct().toList();
  }

  private static Row row(Shift.Feature f) {
    return RowFactory.create(
        f.feature(),
        FeatureText.orNull(f.before()),
        FeatureText.orNull(f.after()),
        f.contribution());
  }

  private String sentence(Row row, Shift shift, Map<String, Double> activity) {
    String changed = changed(row, shift);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(shift.customer(), changed + Activity.text(activity, since)));
    parts.add(
        new Part(
            shift.segment(),
            byLimits(row)
                ? "the limits of the scores moved: " + changed
                : sameFit
                    ? "segments were merged, retired or restored"
                    : "the segments were fitted anew"));
    parts.add(
        new Part(
            shift.identity(),
            "other ids turned out to be the same person, or no longer: " + changed));
    String by =
        parts.stream()
            .filter(p -> p.size() > 0)
            .sorted(Comparator.comparingDouble(p -> -p.size()))
            .map(Part::by)
            .collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT, "From %s to %s: %s", name(row.getString(0)), name(row.getString(1)), by);
  }

  /** Whether the old model, too, moves him there with the scores of now: their limits moved. */
  private static boolean byLimits(Row row) {
    return !row.isNullAt(10) && row.getString(10).equals(row.getString(1));
  }

  private String name(String id) {
    return names.getOrDefault(id, id);
  }

  private String changed(Row row, Shift shift) {
    List<Shift.Feature> all =
        shift.features().stream().filter(f -> Double.compare(f.before(), f.after()) != 0).toList();
    List<Shift.Feature> speaking =
        all.stream().filter(f -> f.contribution() == null || f.contribution() > 0).toList();
    // In a mixture what did not change may speak for the shift alone, since what did is beside it.
    Stream<Change> numbers =
        (speaking.isEmpty() ? all : speaking)
            .stream()
                .map(
                    f ->
                        new Change(
                            f.feature(),
                            f.feature() + " went " + FeatureText.change(f.before(), f.after())));
    List<String> changes =
        (shift.measure().equals(Shift.COUNTED) ? withTexts(row, numbers) : numbers)
            .limit(FEATURES)
            .map(Change::text)
            .toList();
    return changes.isEmpty()
        ? "nothing that the lens looks at changed"
        : String.join(", ", changes);
  }

  /** What decided first comes first, of equals what is no number. */
  private Stream<Change> withTexts(Row row, Stream<Change> numbers) {
    List<Change> all = new ArrayList<>(textChanges(row));
    numbers.forEach(all::add);
    if (old.additive().isPresent()) {
      return all.stream();
    }
    List<String> order =
        Deciding.order(
            old,
            row.getString(0),
            row.getString(1),
            ClusterModel.unbox(row.getSeq(2)),
            ClusterModel.unbox(row.getSeq(3)));
    return all.stream().sorted(Comparator.comparingInt(c -> order.indexOf(c.feature())));
  }

  private List<Change> textChanges(Row row) {
    List<String> features = texts(old);
    List<String> was = row.getList(8);
    List<String> is = row.getList(9);
    return IntStream.range(0, features.size())
        .filter(j -> !Objects.equals(was.get(j), is.get(j)))
        .mapToObj(
            j ->
                new Change(
                    features.get(j),
                    features.get(j)
                        + " went from "
                        + FeatureText.text(was.get(j))
                        + " to "
                        + FeatureText.text(is.get(j))))
        .toList();
  }
}
