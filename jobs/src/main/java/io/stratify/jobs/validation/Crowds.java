package io.stratify.jobs.validation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.PolicyConfig;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerOutcome;
import io.stratify.common.tables.ServiceFeatures;
import io.stratify.common.tables.TableSpec;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Sample;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The customers of the sample as they are, and as they were. The sample is drawn by a hash of the
 * id, so that a customer who is in it is in it on all dates.
 *
 * @param now on the as-of date
 * @param past on the past snapshots, the oldest first
 */
record Crowds(Crowd now, List<Crowd> past) {
  /** Features that segments may differ in besides their own, and that evidence needs. */
  static final List<String> MEASURES =
      List.of(
          CustomerFeatures.TENURE_DAYS.name(),
          CustomerFeatures.MONETARY_NET.name(),
          CustomerFeatures.FREQUENCY.name(),
          CustomerFeatures.EVENT_DAYS.name(),
          ServiceFeatures.TICKETS.name(),
          ServiceFeatures.OPEN_RATE.name(),
          ServiceFeatures.CLICK_RATE.name(),
          ServiceFeatures.CONVERSION_RATE.name());

  private static final String FEATURES = "features";

  /** The past snapshots in which every feature has a value, as far as any customer has one now. */
  Crowds comparable() {
    return new Crowds(now, past.stream().filter(c -> lacking(c).isEmpty()).toList());
  }

  /** Position of the first feature that customers have now, and nobody had in a past snapshot. */
  OptionalInt lacking(Crowd before) {
    return before.size() == 0 || now.size() == 0
        ? OptionalInt.empty()
        : IntStream.range(0, now.raw().get(0).length)
            .filter(j -> now.hasValue(j) && !before.hasValue(j))
            .findFirst();
  }

  /**
   * Where customers come from.
   *
   * @param features {@code customer_features} of the snapshot
   * @param customers number of its rows
   * @param asOf its date
   * @param past {@code customer_features_past}
   * @param outcomes {@code customer_outcome}
   */
  record Source(
      Dataset<Row> features,
      long customers,
      LocalDate asOf,
      Dataset<Row> past,
      Dataset<Row> outcomes) {}

  /** Brings the customers as they are, without their past. */
  static Crowd now(Subject subject, Source source, int size, long seed) {
    return now(subject, source, drawn(subject, source, size, seed));
  }

  private static Column drawn(Subject subject, Source source, int size, long seed) {
    long divided =
        subject.partial() ? source.features().where(subject.divided()).count() : source.customers();
    return Sample.drawn(divided, size, seed).and(subject.divided());
  }

  private static Crowd now(Subject subject, Source source, Column drawn) {
    return crowd(
        subject,
        source.asOf(),
        source.features().where(drawn).select(columns(subject, List.of())).collectAsList(),
        List.of());
  }

  /** Brings them to the driver, in two passes: sample x dates x features x 16 bytes. */
  static Crowds of(Subject subject, Source source, int size, long seed) {
    Column drawn = drawn(subject, source, size, seed);
    Crowd now = now(subject, source, drawn);
    Map<LocalDate, List<Row>> earlier = new TreeMap<>();
    source
        .past()
        .where(TableSpec.AS_OF.col().lt(lit(Date.valueOf(source.asOf()))))
        .select(TableSpec.AS_OF.col())
        .distinct()
        .collectAsList()
        .forEach(r -> earlier.put(r.getDate(0).toLocalDate(), new ArrayList<>()));
    before(subject, source, drawn)
        .collectAsList()
        .forEach(r -> earlier.get(r.<Date>getAs(TableSpec.AS_OF.name()).toLocalDate()).add(r));
    List<Crowd> past = new ArrayList<>();
    earlier.forEach((date, rows) -> past.add(crowd(subject, date, rows, PolicyConfig.OUTCOMES)));
    return new Crowds(now, past);
  }

  /** The past snapshots before the date, with what is known by then of the days after them. */
  private static Dataset<Row> before(Subject subject, Source source, Column drawn) {
    Column asOf = lit(Date.valueOf(source.asOf()));
    Column outcomes =
        array(PolicyConfig.OUTCOMES.stream().map(Crowds::number).toArray(Column[]::new))
            .as("outcomes");
    Dataset<Row> known =
        source
            .outcomes()
            .where(CustomerOutcome.UNTIL.col().leq(asOf))
            .select(TableSpec.AS_OF.col(), CustomerOutcome.CUSTOMER_ID.col(), outcomes);
    List<Column> columns = new ArrayList<>(List.of(columns(subject, PolicyConfig.OUTCOMES)));
    return source
        .past()
        .where(TableSpec.AS_OF.col().lt(asOf).and(drawn))
        .join(
            known,
            scala.collection.JavaConverters.asScalaBuffer(
                List.of(TableSpec.AS_OF.name(), CustomerFeatures.CUSTOMER_ID.name())),
            "left")
        .select(columns.toArray(Column[]::new));
  }

  private static Column number(String name) {
    return col(name).cast(DataTypes.DoubleType);
  }

  private static Column[] columns(Subject subject, List<String> outcomes) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                CustomerFeatures.CUSTOMER_ID.col(),
                ClusterModel.columns(subject.features()).as(FEATURES)));
    if (outcomes.isEmpty()) {
      columns.add(ClusterModel.columns(MEASURES).as("measures"));
    } else {
      columns.add(TableSpec.AS_OF.col());
      columns.add(col("outcomes"));
    }
    return columns.toArray(Column[]::new);
  }

  private static Crowd crowd(
      Subject subject, LocalDate asOf, List<Row> unordered, List<String> outcomes) {
    List<Row> rows = new ArrayList<>(unordered);
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    List<double[]> raw = rows.stream().map(r -> unboxed(r, FEATURES)).toList();
    List<double[]> points = raw.stream().map(subject.model().preparation()::apply).toList();
    boolean known = !outcomes.isEmpty() && rows.stream().anyMatch(r -> r.getAs("outcomes") != null);
    return new Crowd(
        "as of " + asOf,
        asOf,
        rows.stream().map(r -> r.getString(0)).toList(),
        raw,
        points,
        subject.labels(points),
        outcomes.isEmpty() ? named(MEASURES, rows, "measures") : Map.of(),
        known ? named(outcomes, rows, "outcomes") : Map.of());
  }

  private static double[] unboxed(Row row, String column) {
    return ClusterModel.unbox(row.<scala.collection.Seq<Double>>getAs(column));
  }

  private static Map<String, double[]> named(List<String> names, List<Row> rows, String column) {
    double[][] values = new double[names.size()][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      boolean there = rows.get(i).getAs(column) != null;
      double[] own = there ? unboxed(rows.get(i), column) : null;
      for (int j = 0; j < values.length; j++) {
        values[j][i] = there ? own[j] : Double.NaN;
      }
    }
    Map<String, double[]> columns = new TreeMap<>();
    for (int j = 0; j < values.length; j++) {
      columns.put(names.get(j), values[j]);
    }
    return columns;
  }
}
