package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.StratifyException;
import io.stratify.common.spark.SparkSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest extends SparkSuite {
  @TempDir private Path folder;

  @Test
  void keepsRowsOfAPlanThatStartsAnew() {
    try (Scratch scratch = Scratch.below(spark(), parent())) {
      Dataset<Row> kept = scratch.keep("a step", rows("a", "b").union(rows("c")));
      assertThat(sorted(kept)).containsExactly("[a]", "[b]", "[c]");
      assertThat(kept.queryExecution().optimizedPlan().toString())
          .contains("parquet")
          .doesNotContain("Union");
    }
  }

  @Test
  void aFolderMayHaveANameThatLooksLikeAPattern() {
    String parent = folder + "/out[eu]{1,2}*";
    try (Scratch scratch = Scratch.below(spark(), parent)) {
      assertThat(sorted(scratch.keep("a step", rows("a")))).containsExactly("[a]");
      Dataset<Row> pairs = rows("a", "b").selectExpr("id", "id AS part");
      Parted parted = scratch.keepBy("parts", pairs, "part", List.of());
      assertThat(sorted(parted.rows().select("id"))).containsExactly("[a]", "[b]");
      String[] files = scratch.keep("three", rows("a", "b", "c").repartition(3)).inputFiles();
      assertThat(files.length).isGreaterThan(1);
      String[] paths =
          Stream.of(files).map(f -> SourcePaths.path(f).toString()).toArray(String[]::new);
      assertThat(sorted(ParquetFiles.read(spark(), rows().schema(), paths)))
          .containsExactly("[a]", "[b]", "[c]");
    }
  }

  @Test
  void keepsNoRowsAsNoRows() {
    try (Scratch scratch = Scratch.below(spark(), parent())) {
      Dataset<Row> kept = scratch.keep("nothing", rows());
      assertThat(kept.columns()).containsExactly("id");
      assertThat(kept.isEmpty()).isTrue();
    }
  }

  @Test
  void dropsTheFilesOfWhatIsNotNeeded() throws IOException {
    try (Scratch scratch = Scratch.below(spark(), parent())) {
      Dataset<Row> first = scratch.keep("first", rows("a"));
      Dataset<Row> second = scratch.keep("second", rows("b"));
      long both = files();
      scratch.drop(first);
      assertThat(files()).isLessThan(both);
      assertThat(sorted(second)).containsExactly("[b]");
      assertThatThrownBy(() -> scratch.drop(first)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesNothingBehindButWhatOthersKeepThere() {
    Scratch mine = Scratch.below(spark(), parent());
    Scratch other = Scratch.below(spark(), parent());
    mine.keep("mine", rows("a"));
    Dataset<Row> kept = other.keep("other", rows("b"));
    mine.close();
    assertThat(sorted(kept)).containsExactly("[b]");
    other.close();
    assertThat(folder.resolve("scratch")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeSaysSo() throws IOException {
    Files.writeString(folder.resolve("scratch"), "a file");
    assertThatThrownBy(() -> Scratch.below(spark(), parent()))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("Cannot keep results on the way in " + parent())
        .hasMessageContaining("choose another output.root");
  }

  private String parent() {
    return folder.resolve("scratch").toString();
  }

  private Dataset<Row> rows(String... ids) {
    return text("id", Stream.of(ids).map(RowFactory::create).toArray(Row[]::new));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList().size();
    }
  }
}
