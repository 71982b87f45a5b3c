package io.stratify.jobs.segments;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.Facts.FeatureRow;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.jobs.Defaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GridModelTest extends SparkSuite {
  /** One line per R score from 5 down to 1, one word per F score from 1 to 5. */
  private static final String GRID =
      """
      new                potential-loyalist potential-loyalist champions champions
      promising          potential-loyalist potential-loyalist loyal     loyal
      about-to-sleep     about-to-sleep     need-attention     loyal     loyal
      hibernating        hibernating        at-risk            at-risk   cant-lose
      hibernating        hibernating        at-risk            at-risk   cant-lose
      """;

  private static final Map<String, String> NAMES =
      Map.of(
          "hibernating", "Hibernating",
          "at-risk", "At Risk",
          "cant-lose", "Can't Lose",
          "about-to-sleep", "About to Sleep",
          "need-attention", "Need Attention",
          "loyal", "Loyal",
          "promising", "Promising",
          "new", "New",
          "potential-loyalist", "Potential Loyalist",
          "champions", "Champions");

  private final Segmentation rfm =
      new RfmLens(Defaults.config(Map.of()).segments().rfm())
          .fit(new Lens.Input(null, 0, Defaults.AS_OF, "hash", n -> {}))
          .segmentation();

  @Test
  void everyOneOfTheTwentyFiveCellsIsInItsSegment() {
    List<FeatureRow> cells = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    String[] lines = GRID.split("\n", -1);
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        String cell = "R" + r + "F" + f;
        cells.add(
            features(cell)
                .with(CustomerFeatures.R_SCORE, r)
                .with(CustomerFeatures.F_SCORE, f)
                .with(CustomerFeatures.M_SCORE, 1));
        expected.put(cell, "rfm." + lines[5 - r].split(" +", -1)[f - 1]);
      }
    }
    assertThat(assigned(cells)).hasSize(25).isEqualTo(expected);
  }

  @Test
  void customersWithoutAnOrderHaveASegmentOfTheirOwn() {
    assertThat(assigned(List.of(features("c1")))).isEqualTo(Map.of("c1", "rfm.no-orders"));
  }

  @Test
  void segmentsHaveTheirNamesAndDefinitions() {
    assertThat(rfm.segments()).hasSize(11);
    for (SegmentInfo segment : rfm.segments().subList(0, 10)) {
      assertThat(segment.name()).isEqualTo(NAMES.get(segment.id().substring("rfm.".length())));
    }
    assertThat(rfm.segments().get(0).definition())
        .isEqualTo("r_score in [1, 2] and f_score in [1, 2]");
    assertThat(rfm.segments().get(10))
        .isEqualTo(new SegmentInfo("rfm.no-orders", "No Orders", "no completed order"));
    assertThat(rfm.id()).isEqualTo("rfm-20260501");
    assertThat(rfm.algorithm()).isEqualTo("rules");
  }

  private Map<String, String> assigned(List<FeatureRow> rows) {
    Map<String, String> segments = new HashMap<>();
    for (Row row :
        table(CustomerFeatures.TABLE, rows)
            .select(CustomerFeatures.CUSTOMER_ID.col(), rfm.model().assignment().as("a"))
            .select("customer_id", "a.segment_id", "a.runner_up_id", "a.confidence")
            .collectAsList()) {
      segments.put(row.getString(0), row.getString(1));
      assertThat(row.isNullAt(2)).isTrue();
      assertThat(row.getDouble(3)).isEqualTo(1.0);
    }
    return segments;
  }
}
