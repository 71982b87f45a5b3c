package io.stratify.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private record Step(String name, List<TableSpec> reads, List<TableSpec> writes) implements Job {
    @Override
    public String description() {
      return "A step.";
    }

    @Override
    public JobResult run(JobContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Step CONFORM = new Step("conform", List.of(), List.of(Orders.TABLE));
  private static final Step HISTORY =
      new Step("history", List.of(Orders.TABLE), List.of(CustomerDay.TABLE));

  @Test
  void theJobsAreInTheirOrder() {
    assertThat(Pipeline.names())
        .containsExactly(
            "conform",
            "history",
            "features",
            "segments",
            "validation",
            "membership",
            "health",
            "insight",
            "publish");
  }

  @Test
  void anOrderThatFollowsFromTheDeclarationsIsAccepted() {
    assertThat(Pipeline.checked(List.of(CONFORM, HISTORY))).containsExactly(CONFORM, HISTORY);
  }

  @Test
  void aJobBeforeTheOneThatWritesWhatItReadsIsRefused() {
    assertThatThrownBy(() -> Pipeline.checked(List.of(HISTORY, CONFORM)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("history reads orders before any job has written it");
  }

  @Test
  void aTableOfTwoJobsIsRefused() {
    Step second = new Step("second", List.of(), List.of(Orders.TABLE));
    assertThatThrownBy(() -> Pipeline.checked(List.of(CONFORM, second)))
        .hasMessage("second writes orders, and so does an earlier job");
  }

  @Test
  void everyProblemIsNamed() {
    Step bad = new Step("bad", List.of(Customers.TABLE), List.of(Orders.TABLE));
    assertThatThrownBy(() -> Pipeline.checked(List.of(CONFORM, bad)))
        .hasMessage(
            "bad reads customers before any job has written it; bad writes orders, and so does an"
                + " earlier job");
  }

  @Test
  void theRealJobsBackwardsAreRefused() {
    List<Job> backwards = new ArrayList<>(Pipeline.JOBS);
    Collections.reverse(backwards);
    assertThatThrownBy(() -> Pipeline.checked(backwards))
        .hasMessageContaining("history reads orders before any job has written it");
  }

  @Test
  void aJobNeedsThoseThatWriteWhatItReads() {
    assertThat(Pipeline.needs(Pipeline.JOBS.get(0))).isEmpty();
    Job features = Pipeline.JOBS.get(Pipeline.names().indexOf("features"));
    assertThat(Pipeline.needs(features))
        .extracting(Job::name)
        .containsExactly("conform", "history");
  }

  @Test
  void theRoomOfAJobIsItsPackage() {
    assertThat(Pipeline.JOBS.stream().map(Pipeline::room))
        .containsExactly(
            "conform",
            "history",
            "features",
            "segments",
            "validation",
            "membership",
            "validation",
            "insight",
            "serving");
  }
}
