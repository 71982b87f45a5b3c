package io.stratify.jobs.membership;

import static io.stratify.common.spark.Facts.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.jobs.Defaults;
import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.GridModel;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.Preparation;
import io.stratify.jobs.segments.Segmentation;
import io.stratify.jobs.segments.TierModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MembershipJobTest extends SparkSuite {
  private static final Segmentation RFM =
      segmentation(
          "rfm",
          new GridModel(
              List.of(
                  new GridModel.Cell("rfm.low", List.of(1, 2, 3), List.of(1, 2, 3, 4, 5)),
                  new GridModel.Cell("rfm.high", List.of(4, 5), List.of(1, 2, 3, 4, 5))),
              "rfm.no-orders"));
  private static final Segmentation VALUE =
      segmentation(
          "value",
          new TierModel(
              List.of(
                  new TierModel.Tier("value.top", new BigDecimal("100.0000")),
                  new TierModel.Tier("value.rest", new BigDecimal("1.0000"))),
              "value.none"));
  private static final Segmentation BEHAVIOUR =
      segmentation(
          "behaviour",
          new CentreModel(
              new Preparation(List.of(new Preparation.Scale("frequency", 0, 100, 0, false, 0, 1))),
              List.of(new double[] {0}, new double[] {10}),
              List.of("b.few", "b.many")));

  @Test
  void everyCustomerIsInOneSegmentOfEveryLens() {
    Dataset<Row> memberships =
        MembershipJob.assign(
            table(
                CustomerFeatures.TABLE,
                features("c1")
                    .with(CustomerFeatures.R_SCORE, 5)
                    .with(CustomerFeatures.F_SCORE, 1)
                    .with(CustomerFeatures.MONETARY_NET, 100)
                    .with(CustomerFeatures.FREQUENCY, 8),
                features("c2")
                    .with(CustomerFeatures.MONETARY_NET, 0)
                    .with(CustomerFeatures.FREQUENCY, 0)),
            List.of(RFM, VALUE, BEHAVIOUR));
    assertThat(Stays.of(memberships, Optional.empty(), Defaults.AS_OF).columns())
        .isEqualTo(CustomerSegment.TABLE.bodySchema().fieldNames());
    // Eight orders are 2 from ten and 8 from none: 1 - 2 / 8.
    assertThat(sorted(memberships))
        .containsExactly(
            "[behaviour,c1,b.many,b.few,0.75,2.0,false]",
            "[behaviour,c2,b.few,b.many,1.0,0.0,false]",
            "[rfm,c1,rfm.high,null,1.0,null,false]",
            "[rfm,c2,rfm.no-orders,null,1.0,null,false]",
            "[value,c1,value.top,null,1.0,null,false]",
            "[value,c2,value.none,null,1.0,null,false]");
  }

  @Test
  void oneLensIsEnough() {
    assertThat(
            sorted(
                MembershipJob.assign(
                    table(CustomerFeatures.TABLE, features("c1")), List.of(VALUE))))
        .containsExactly("[value,c1,value.none,null,1.0,null,false]");
  }

  @Test
  void segmentsWithoutCustomersAreToldApart() {
    assertThat(new MembershipJob.MembershipResult(100, 2, 9, 11, 1).sentence())
        .isEqualTo("100 memberships in 9 of 11 segments of 2 lenses, 1 shift");
    assertThat(new MembershipJob.MembershipResult(1, 1, 1, 1, 0).sentence())
        .isEqualTo("1 membership in 1 segment of 1 lens, 0 shifts");
  }

  private static Segmentation segmentation(String lens, Model model) {
    return new Segmentation(
        lens + "-20260501", lens, Defaults.AS_OF, "any", List.of(), model, null, null, "hash");
  }

  @Test
  void aChampionWhoseFeaturesNoLongerExistIsRefused() {
    Segmentation custom =
        segmentation(
            "behaviour",
            new CentreModel(
                new Preparation(
                    List.of(new Preparation.Scale("largest_order", 0, 100, 0, false, 0, 1))),
                List.of(new double[] {0}, new double[] {10}),
                List.of("b.few", "b.many")));
    MembershipJob.requireFeatures(custom, List.of("largest_order"));
    MembershipJob.requireFeatures(RFM, List.of());
    assertThatThrownBy(() -> MembershipJob.requireFeatures(custom, List.of()))
        .hasMessage(
            "Cannot assign customers with segmentation behaviour-20260501: its features no longer"
                + " exist: largest_order. Put them back into features.custom, or fit lens behaviour"
                + " anew: --set segments.behaviour.refit-every=always"
                + " (and --set \"segments.refit-every=99 years\" where that is never)");
  }
}
