package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOptionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format = csv, path = x, options { Mode = dropmalformed } | .mode is DROPMALFORMED, which loses"
            + " rows without a trace; leave it out and malformed records are quarantined, or give"
            + " FAILFAST to stop at the first",
        "format = parquet, path = x, options { ignoreCorruptFiles = true } | .ignoreCorruptFiles is"
            + " true, which loses rows without a trace; it must be left out",
        "format = orc, path = x, options { ignoreMissingFiles = true } | .ignoreMissingFiles is true,"
            + " which loses rows without a trace; it must be left out",
        "format = json, path = x, options { columnNameOfCorruptRecord = bad } |"
            + " .columnNameOfCorruptRecord is set by Stratify; it must be left out",
        "query = \"SELECT 1\", options { header = true } | ' are for path and table; a query takes"
            + " none. Give them to the sources it reads'",
        "format = delta, path = x, options { versionAsOf = 1, timestampAsOf = \"2026-01-01\" } | ' has"
            + " versionAsOf and timestampAsOf; it must have one'",
        "format = parquet, path = x, options { versionAsOf = 1 } | ' has versionAsOf, which only format"
            + " delta knows'",
        "format = delta, path = x, options { versionAsOf = newest } | .versionAsOf is newest; it must be"
            + " a whole number",
        "format = jdbc, options { dbtable = t } | ' has no url; it must be that of the database, such"
            + " as jdbc:postgresql://HOST/DB'",
        "format = jdbc, options { url = u, dbtable = t, partitionColumn = id, numPartitions = 4 } | ' has"
            + " no lowerBound, upperBound; a partitioned read needs partitionColumn, lowerBound,"
            + " upperBound, numPartitions'",
        "format = jdbc, options { url = u, dbtable = t, query = q } | ' has dbtable and query; it must"
            + " have one of them'",
        "format = jdbc, options { url = u, query = q, partitionColumn = id, lowerBound = 0, upperBound ="
            + " 9, numPartitions = 4 } | ' has query and partitionColumn; give the query as a table:"
            + " dbtable = \"(SELECT ...) AS t\"'",
      })
  void whatCannotBeRightIsRefusedBeforeSparkStarts(String source, String problem) {
    ConfFolder conf = new ConfFolder(folder);
    Path file = conf.stratify("a.conf", "sources.s { " + source + " }");
    assertThat(conf.problems(List.of(file), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith("a.conf:")
        .endsWith(": sources.s.options" + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format = csv, path = x, options { mode = FAILFAST, ignoreCorruptFiles = false }",
        "table = t, options { versionAsOf = 0 }",
        "format = jdbc, options { url = u, dbtable = t, numPartitions = 4 }",
        "format = jdbc, options { url = u, dbtable = t, partitionColumn = id, lowerBound = 0,"
            + " upperBound = 9, numPartitions = 4 }",
      })
  void othersAreNot(String source) {
    assertThat(new ConfFolder(folder).load("sources.s { " + source + " }").config().sources())
        .containsKey("s");
  }

  @Test
  void optionsAreFoundWhateverTheirCase() {
    SourceConfig source =
        new ConfFolder(folder)
            .load("sources.s { format = csv, path = x, options { HEADER = yes } }")
            .config()
            .sources()
            .get("s");
    assertThat(source.option("header")).contains("yes");
    assertThat(source.option("sep")).isEmpty();
  }
}
