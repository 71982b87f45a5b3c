package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.SegmentProposal;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.membership.Decision.Kind;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.Test;

/** The evidence proposes that mood.1 goes into mood.2. */
class DecisionTest {
  @Test
  void whatPeopleMergedRetiredOrPinnedIsTheirs() {
    assertThat(settles("mood", "mood.1", Kind.MERGE, "mood.3")).isTrue();
    assertThat(settles("mood", "mood.1", Kind.RETIRE, null)).isTrue();
    assertThat(settles("mood", "mood.1", Kind.PIN, null)).isTrue();
    assertThat(settles("mood", "1", Kind.PIN, null)).as("without the lens").isTrue();
    assertThat(settles("mood", "mood.1", Kind.RENAME, "One")).isFalse();
    assertThat(settles("mood", "mood.3", Kind.PIN, null)).as("about another").isFalse();
    assertThat(settles("rfm", "1", Kind.PIN, null)).as("of another lens").isFalse();
  }

  @Test
  void whatOthersWereMergedIntoDoesNotGo() {
    assertThat(settles("mood", "mood.3", Kind.MERGE, "mood.1")).isTrue();
    assertThat(settles("mood", "3", Kind.MERGE, "1")).isTrue();
    assertThat(settles("mood", "mood.3", Kind.RENAME, "mood.1")).as("a name").isFalse();
    assertThat(settles("mood", "mood.3", Kind.MERGE, "mood.2")).isFalse();
  }

  @Test
  void whatIsGoneTakesNobodyIn() {
    assertThat(settles("mood", "mood.2", Kind.RETIRE, null)).isTrue();
    assertThat(settles("mood", "mood.2", Kind.MERGE, "mood.3")).isTrue();
    assertThat(settles("mood", "mood.2", Kind.PIN, null)).as("it stays").isFalse();
  }

  private static boolean settles(String lens, String segment, Kind kind, String value) {
    Object[] proposal = {"mood-20260501", "mood.1", "mood", "merge", "mood.2", 0.5, "alike"};
    Row row = new GenericRowWithSchema(proposal, SegmentProposal.TABLE.bodySchema());
    return new Decision(lens, segment, kind, value, Defaults.AS_OF, "Ada").settles(row);
  }
}
