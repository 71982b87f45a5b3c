package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ErasureConfig;
import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Forgotten;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TombstonesTest extends SparkSuite {
  private static final String KEY = "the key that was used";
  private static final ErasureConfig RIGHT = new ErasureConfig(Optional.of(KEY));
  private static final ErasureConfig WRONG = new ErasureConfig(Optional.of("some other key ..."));
  private static final ErasureConfig NONE = new ErasureConfig(Optional.empty());

  @Test
  void rowsOfErasedCustomersAreMarkedAndEveryRowStaysOnce() {
    Dataset<Row> marked = tombstones("c1", "c3").mark(facts(), col("id"), "erased");
    assertThat(marked.columns()).containsExactly("id", "n", "erased");
    assertThat(sorted(marked))
        .containsExactly(
            "[c1,1,true]", "[c1,2,true]", "[c11,3,false]", "[c2,4,false]", "[null,5,false]");
  }

  @Test
  void rowsAreSplitIntoThoseWithheldAndTheOthers() {
    Tombstones tombstones = tombstones("c1", "c3");
    assertThat(sorted(tombstones.withheld(facts(), col("id")))).containsExactly("[c1,1]", "[c1,2]");
    assertThat(sorted(tombstones.others(facts(), col("id"))))
        .containsExactly("[c11,3]", "[c2,4]", "[null,5]");
    assertThat(tombstones.customers()).isEqualTo(2);
    assertThat(tombstones.isEmpty()).isFalse();
  }

  @Test
  void whereNobodyWasErasedNobodyIsWithheldAndNoSecretIsNeeded(@TempDir Path folder) {
    Lake lake = new Lake(spark(), folder.toString(), new CommitStamp("run-1", "abc", "0.1.0"));
    for (Tombstones none :
        List.of(
            Tombstones.in(lake, NONE, "conform"), Tombstones.of(forgotten(), NONE, "conform"))) {
      assertThat(none.isEmpty()).isTrue();
      assertThat(none.withheld(facts(), col("id")).isEmpty()).isTrue();
      assertThat(none.others(facts(), col("id")).count()).isEqualTo(5);
      assertThat(none.mark(facts(), col("id"), "erased").where("NOT erased").count()).isEqualTo(5);
    }
  }

  @Test
  void aRunWithoutTheSecretStops() {
    Dataset<Row> three = forgotten(Tombstones.CHECK, "c1", "c2", "c3");
    refused(
        three,
        NONE,
        "Cannot conform: 3 customers were erased, and without erasure.secret they would come back."
            + " Set STRATIFY_ERASURE_SECRET to the key that was used");
    refused(
        forgotten(Tombstones.CHECK, "c1"),
        NONE,
        "Cannot conform: 1 customer was erased, and without erasure.secret they would come back."
            + " Set STRATIFY_ERASURE_SECRET to the key that was used");
  }

  @Test
  void aRunWithAnotherSecretStops() {
    refused(
        forgotten(Tombstones.CHECK, "c1", "c2", "c3"),
        WRONG,
        "Cannot conform: 3 customers were erased with another erasure.secret, and with this one"
            + " they would come back. Set STRATIFY_ERASURE_SECRET to the key that was used");
  }

  @Test
  void theTextThatChecksTheKeyIsTheIdOfNobody() {
    // The sources' ids and those of the command have no blanks around them.
    assertThat(Tombstones.CHECK.strip()).isNotEqualTo(Tombstones.CHECK);
    Dataset<Row> stripped = text("id", RowFactory.create(Tombstones.CHECK.strip()));
    assertThat(tombstones("c1").withheld(stripped, col("id")).isEmpty()).isTrue();
  }

  private static void refused(Dataset<Row> forgotten, ErasureConfig config, String message) {
    assertThatThrownBy(() -> Tombstones.of(forgotten, config, "conform"))
        .isInstanceOf(StratifyException.class)
        .hasMessage(message);
  }

  private Tombstones tombstones(String... ids) {
    String[] texts =
        Stream.concat(Stream.of(Tombstones.CHECK), Stream.of(ids)).toArray(String[]::new);
    return Tombstones.of(forgotten(texts), RIGHT, "conform");
  }

  private Dataset<Row> forgotten(String... texts) {
    KeyedHash hash = new KeyedHash(KEY);
    List<Row> rows =
        Stream.of(texts).map(t -> RowFactory.create(hash.of(t), new Timestamp(0))).toList();
    return spark().createDataFrame(rows, Forgotten.TABLE.bodySchema());
  }

  private Dataset<Row> facts() {
    return text(
        "id, n",
        RowFactory.create("c1", "1"),
        RowFactory.create("c1", "2"),
        RowFactory.create("c11", "3"),
        RowFactory.create("c2", "4"),
        RowFactory.create(null, "5"));
  }
}
