package io.stratify.jobs.serving;

import static io.stratify.common.spark.Facts.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Segment;
import io.stratify.jobs.Defaults;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest extends SparkSuite {
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  @TempDir Path folder;
  private Lake lake;

  @Override
  protected boolean interpreted() {
    return true;
  }

  /** May was published twice, then April once more, and the third run of May was killed. */
  @Test
  void readersSeeTheLastRevisionOfADateAndNeverOneThatIsNotPublished() {
    lake = new Lake(spark(), folder.toString(), new CommitStamp("test", "none", "0"));
    assertThat(Views.all(lake)).isEmpty();
    for (Snapshot s : List.of(at(APRIL, 1), at(MAY, 1), at(MAY, 2), at(APRIL, 2))) {
      write(s);
      Defaults.publish(lake, s, Map.of());
    }
    write(at(MAY, 3));
    assertThat(names("current_segment", false)).containsExactly("[2026-05-01 revision 2]");
    assertThat(names("current_segment", true)).containsExactly("[2026-05-01 revision 2]");
    for (boolean quickly : List.of(true, false)) {
      assertThat(names("history_segment", quickly))
          .containsExactly("[2026-04-01 revision 2]", "[2026-05-01 revision 2]");
    }
  }

  private List<String> names(String name, boolean quickly) {
    Views.View view =
        Views.all(lake).stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    return sorted(
        (quickly ? view.rows(lake, at(MAY, 2)) : spark().sql(view.select()))
            .select(Segment.NAME.col()));
  }

  private void write(Snapshot snapshot) {
    lake.replace(
        Segment.TABLE,
        snapshot,
        table(
            Segment.TABLE,
            row(Segment.TABLE)
                .with(Segment.SEGMENT_ID, "value.top")
                .with(Segment.LENS, "value")
                .with(Segment.SEGMENTATION_ID, "value-1")
                .with(Segment.NAME, snapshot.toString())
                .with(Segment.DEFINITION, "")
                .with(Segment.CUSTOMERS, 1)
                .with(Segment.SHARE, 1)
                .with(Segment.PROVISIONAL, false)
                .with(Segment.PINNED, false)),
        "test");
  }

  private static Snapshot at(LocalDate asOf, int revision) {
    return new Snapshot(asOf, revision);
  }
}
