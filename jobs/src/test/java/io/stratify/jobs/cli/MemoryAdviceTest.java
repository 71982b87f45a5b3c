package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stratify.common.StratifyException;
import io.stratify.common.spark.SparkSuite;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class MemoryAdviceTest extends SparkSuite {
  /** Spark would end this process otherwise, and with it all tests. */
  @Test
  void aTaskForWhichMemoryDoesNotSufficeFailsItsJobAndNotTheProcess() {
    Throwable failed =
        catchThrowable(
            () ->
                spark()
                    .range(1)
                    .map((MapFunction<Long, Long>) MemoryAdviceTest::burst, Encoders.LONG())
                    .collect());
    assertThat(failed).isInstanceOf(SparkException.class);
    assertThat(MemoryAdvice.of(failed).orElseThrow())
        .startsWith("The memory of the driver ran out: its heap is ")
        .containsPattern("set STRATIFY_HEAP=\\d+g, or --driver-memory \\d+g of spark-submit");
  }

  private static long burst(long row) {
    throw new OutOfMemoryError("Java heap space");
  }

  @Test
  void theMemoryOfAnExecutorIsNotThatOfTheDriver() {
    for (String words :
        new String[] {
          "ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason:"
              + " Command exited with code 52",
          "Lost task 0.0 in stage 1.0 (TID 1) (10.0.0.7 executor 3): java.lang.OutOfMemoryError:"
              + " Java heap space"
        }) {
      assertThat(MemoryAdvice.of(new IllegalStateException(words)).orElseThrow())
          .contains("--executor-memory");
    }
  }

  @Test
  void whatIsNotOfTheHeapIsNotCuredByMoreOfIt() {
    assertThat(MemoryAdvice.of(new OutOfMemoryError("unable to create native thread"))).isEmpty();
    assertThat(MemoryAdvice.of(new StratifyException("Cannot do it: no reason"))).isEmpty();
    assertThat(MemoryAdvice.of(new IllegalStateException(new StackOverflowError())).orElseThrow())
        .contains("STRATIFY_JAVA_OPTS=-Xss16m");
  }
}
