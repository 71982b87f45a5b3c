package io.stratify.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stratify.common.StratifyException;
import io.stratify.common.io.SourceReader;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void ofAMessageOfOursTheFirstLineIsKept() {
    assertThat(Failures.toKeep(new StratifyException("Cannot do it: no reason.\nMore of it")))
        .isEqualTo("Cannot do it: no reason.");
    assertThat(Failures.toKeep(new StratifyException("Correct these:\n  orders.amount\n  others")))
        .isEqualTo("Correct these: orders.amount");
  }

  @Test
  void whatIsBelowACoverOfSparkIsMeant() {
    Throwable covered = new RuntimeException("Job aborted", new StratifyException("Cannot: why"));
    assertThat(Failures.toKeep(covered)).isEqualTo("Cannot: why");
  }

  @Test
  void noRowOfDataIsKept() {
    StratifyException record =
        new StratifyException("Cannot run the query. " + SourceReader.RECORD + "c-1042;ann;7");
    assertThat(Failures.toKeep(record)).isEqualTo("Cannot run the query. The record is: ...");
    RuntimeException refused =
        new RuntimeException("Cannot run the query. " + SourceReader.RECORD + "c-1042;ann;7");
    RuntimeException covered = new IllegalStateException("Job aborted: " + refused, refused);
    assertThat(Failures.toKeep(covered)).isEqualTo("Cannot run the query. The record is: ...");
    assertThat(Failures.meant(covered))
        .isInstanceOf(StratifyException.class)
        .hasMessage("Cannot run the query. The record is: ...");
    SparkRuntimeException value =
        new SparkRuntimeException(
            "DUPLICATED_MAP_KEY",
            scala.collection.immutable.Map$.MODULE$
                .<String, String>empty()
                .updated("key", "ann")
                .updated("mapKeyDedupPolicy", "x"),
            null,
            null,
            "");
    assertThat(Failures.toKeep(new IllegalStateException(value)))
        .isEqualTo("SparkRuntimeException: [DUPLICATED_MAP_KEY] ...");
    for (String spark :
        List.of(
            "Malformed CSV record: ",
            "[MALFORMED_RECORD_IN_PARSING] Malformed records are detected in record parsing: ")) {
      RuntimeException malformed = new IllegalStateException(spark + "c-1042;ann;7");
      assertThat(Failures.toKeep(malformed)).isEqualTo("IllegalStateException: " + spark + "...");
      assertThat(Failures.rootCause(malformed)).doesNotContain("ann");
    }
    assertThat(Failures.toKeep(new NumberFormatException("For input string: \"c-1042\"")))
        .isEqualTo("NumberFormatException: For input string: \"...\"");
    assertThat(Failures.toKeep(new IllegalStateException("no customer 'c-1042' there")))
        .isEqualTo("IllegalStateException: no customer '...' there");
  }

  @Test
  void whatJsonStoppedAtIsNotShownEither() {
    assertThatThrownBy(() -> new ObjectMapper().readTree("{\"a\": ann}"))
        .satisfies(e -> assertThat(e.getMessage()).contains("ann"))
        .satisfies(
            e ->
                assertThat(Failures.rootCause(new IllegalStateException(e)))
                    .startsWith("JsonParseException: Unrecognized token '...'")
                    .doesNotContain("ann"));
  }

  @Test
  void howMuchMemorySparkNeedsIsNoValueOfARow() {
    SparkConf little = new SparkConf(false).set("spark.executor.memory", "1m");
    Throwable small = catchThrowable(() -> UnifiedMemoryManager.apply(little, 1));
    assertThat(Failures.rootCause(small)).contains("[INVALID_EXECUTOR_MEMORY] ", "471859200");
  }

  @Test
  void aLongLineIsCut() {
    assertThat(Failures.toKeep(new StratifyException("x".repeat(9999)))).hasSize(503);
  }
}
