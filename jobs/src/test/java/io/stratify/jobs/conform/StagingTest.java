package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.io.Parted;
import io.stratify.common.io.Scratch;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Feedback;
import io.stratify.common.tables.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingTest extends SparkSuite {
  private static final String COLUMNS =
      String.join(", ", "id", "at", Mapping.RULE, Mapping.FINGERPRINT, Mapping.ROW);

  @TempDir Path folder;

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** Whatever the keys are, looking only at rows that share one gives what sorting all gives. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rowsThatShareAKeyAreJudgedAsIfAllWereSorted(long seed) {
    Dataset<Row> rows = text(COLUMNS, random(seed)).repartition(3);
    for (Deduplicate mode : Deduplicate.values()) {
      for (List<String> key : List.of(List.<String>of(), List.of("id"), List.of("id", "at"))) {
        Peers peers = peers(key, mode);
        try (Scratch scratch = scratch()) {
          List<Parted> parts = sorted(scratch, rows, peers);
          assertThat(judged(parts)).as("%s by %s", mode, key).isEqualTo(marks(peers.mark(rows)));
        }
      }
    }
  }

  @Test
  void onlyRowsThatShareAKeyWait() {
    Row[] rows = {
      row("a", "1", null, "f1"), row("b", "1", null, "f2"), row("b", "2", null, "f3"),
      row("c", "1", "broken", "f4"), row(null, "1", null, "f5"), row(null, "1", null, "f5")
    };
    try (Scratch scratch = scratch()) {
      List<Parted> parts =
          sorted(scratch, text(COLUMNS, rows), peers(List.of("id"), Deduplicate.EXACT));
      assertThat(parts).hasSize(2);
      assertThat(sorted(parts.get(0).rows().select("id", "at", Staging.PART)))
          .containsExactly(
              "[a,1,good]",
              "[b,1,open]",
              "[b,2,open]",
              "[c,1,bad]",
              "[null,1,open]",
              "[null,1,open]");
      assertThat(sorted(parts.get(1).rows().select("id", "at", Staging.PART)))
          .containsExactly("[b,1,bad]", "[b,2,good]", "[null,1,aside]", "[null,1,good]");
    }
  }

  @Test
  void whereNoKeyIsSharedRowsAreWrittenOnce() {
    Row[] rows = {row("a", "1", null, "f1"), row("b", "1", null, "f2")};
    try (Scratch scratch = scratch()) {
      List<Parted> parts =
          sorted(scratch, text(COLUMNS, rows), peers(List.of("id"), Deduplicate.EXACT));
      assertThat(parts).hasSize(1);
      assertThat(parts.get(0).rows().columns()).doesNotContain(Mapping.FINGERPRINT);
    }
  }

  /** Rows of one fingerprint are alike in all, as real ones are. */
  private static Row[] random(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String id = random.nextInt(8) == 0 ? null : "id" + random.nextInt(100);
      String at = "day " + random.nextInt(3);
      String fingerprint = id + at + random.nextInt(2);
      String rule = fingerprint.hashCode() % 8 == 0 ? "broken" : null;
      rows.add(row(id, at, rule, fingerprint));
    }
    return rows.toArray(Row[]::new);
  }

  private static Row row(String id, String at, String rule, String fingerprint) {
    return RowFactory.create(id, at, rule, fingerprint, null);
  }

  private static Peers peers(List<String> key, Deduplicate mode) {
    return new Peers(
        new Quality(Feedback.TABLE, List.of()),
        new Duplicates(
            key,
            List.of(org.apache.spark.sql.functions.col("at").desc_nulls_last()),
            List.of(),
            mode),
        false,
        true);
  }

  private Scratch scratch() {
    return Scratch.below(spark(), folder.resolve("scratch").toString());
  }

  private static List<Parted> sorted(Scratch scratch, Dataset<Row> rows, Peers peers) {
    return staging(scratch).sorted(rows, peers, SharedKeys.find(scratch, "feedback", peers, rows));
  }

  private static Staging staging(Scratch scratch) {
    return new Staging(
        scratch, Inputs.spec(Feedback.TABLE), () -> {}, (rows, which) -> rows, rows -> rows);
  }

  private static List<String> judged(List<Parted> parts) {
    return parts.stream()
        .map(p -> p.rows().where(col(Staging.PART).notEqual(Staging.OPEN)))
        .flatMap(rows -> marks(rows).stream())
        .sorted()
        .toList();
  }

  private static List<String> marks(Dataset<Row> rows) {
    return sorted(rows.select("id", "at", Mapping.RULE));
  }
}
