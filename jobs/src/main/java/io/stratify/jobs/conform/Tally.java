package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RuleKind;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.jobs.OncePerPartition;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts what becomes of the rows of an input in the pass that writes them, so that nobody has to
 * read them again.
 *
 * @param input whose rows are counted
 * @param asOf the as-of date: what happens later makes nothing fresh
 * @param passes what the tasks of each pass over the rows counted so far
 */
record Tally(
    Inlet.Mapped input, LocalDate asOf, List<OncePerPartition<Map<String, long[]>>> passes) {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  static Tally of(Inlet.Mapped input, LocalDate asOf) {
    return new Tally(input, asOf, new ArrayList<>());
  }

  /**
   * The same rows, counted when they are computed by the tasks of a write, which is one pass.
   *
   * @param counts which of them are counted
   */
  Dataset<Row> counted(Dataset<Row> rows, Column counts) {
    boolean ruled = !input.quality().rowRules().isEmpty();
    OncePerPartition<Map<String, long[]>> pass = new OncePerPartition<>();
    rows.sparkSession().sparkContext().register(pass, "rows of " + input.spec().table());
    passes.add(pass);
    TallyCounter counter =
        new TallyCounter(
            pass, input.quality().rowRules().size(), nullShares().size(), asOf(time()));
    return rows.withColumn(
        Mapping.RULE,
        counter.over(
            col(Mapping.RULE),
            counts,
            ruled ? col(Mapping.FAILED) : lit(0L),
            time().map(Tally::number).orElse(lit(null).cast(DataTypes.LongType)),
            missing()));
  }

  /** What was counted; to be called after the write. */
  Counts counts() {
    Map<String, long[]> sum = new HashMap<>();
    passes.forEach(pass -> pass.value().forEach(task -> TallyCounter.add(sum, task)));
    Map<String, Long> byFate = new HashMap<>();
    sum.forEach((fate, figures) -> byFate.put(fate, figures[TallyCounter.ROWS]));
    // Spark leaves out of a query what yields no row, and then nobody counts what was read.
    long read = byFate.isEmpty() ? 0 : input.read().value().getAsLong();
    List<Long> failed =
        IntStream.range(0, input.quality().rowRules().size())
            .mapToObj(
                i ->
                    sum.entrySet().stream()
                        // Whose data may not be used has no row in the tables that rules refer to.
                        .filter(e -> !e.getKey().equals(Fate.WITHHELD))
                        .mapToLong(e -> e.getValue()[TallyCounter.FAILED + i])
                        .sum())
            .toList();
    Optional<long[]> good = Optional.ofNullable(sum.get(""));
    return new Counts(
        new Books(input.spec().table().name(), input.input().source(), read, byFate),
        failed,
        missing(good),
        good.flatMap(g -> day(g[TallyCounter.FIRST])),
        good.flatMap(g -> day(g[TallyCounter.LAST])));
  }

  private Map<String, Long> missing(Optional<long[]> good) {
    Map<String, Long> missing = new HashMap<>();
    int from = TallyCounter.FAILED + input.quality().rowRules().size();
    List<String> columns = nullShares();
    for (int i = 0; i < columns.size(); i++) {
      int at = from + i;
      missing.put(columns.get(i), good.map(g -> g[at]).orElse(0L));
    }
    return missing;
  }

  /** One bit per column of which somebody wants to know how often it is missing. */
  private Column missing() {
    return Fingerprint.nulls(
        nullShares().stream().map(org.apache.spark.sql.functions::col).toList());
  }

  private List<String> nullShares() {
    return input.quality().inputRules().stream()
        .filter(r -> r.kind() == RuleKind.NULL_SHARE)
        .map(QualityRule::columns)
        .map(c -> c.get(0))
        .distinct()
        .toList();
  }

  private Optional<ColumnSpec> time() {
    return input.spec().occurredAt();
  }

  private static boolean inMicros(ColumnSpec time) {
    return time.type().equals(DataTypes.TimestampType);
  }

  private static Column number(ColumnSpec time) {
    return inMicros(time)
        ? unix_micros(time.col())
        : unix_date(time.col()).cast(DataTypes.LongType);
  }

  private long asOf(Optional<ColumnSpec> time) {
    return time.isPresent() && inMicros(time.get())
        ? asOf.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000
        : asOf.toEpochDay();
  }

  private Optional<LocalDate> day(long time) {
    if (time == TallyCounter.NO_TIME) {
      return Optional.empty();
    }
    long day = inMicros(time().orElseThrow()) ? Math.floorDiv(time, MICROS_PER_DAY) : time;
    return Optional.of(LocalDate.ofEpochDay(day));
  }
}
