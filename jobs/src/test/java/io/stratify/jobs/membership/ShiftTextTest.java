package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.CombinedModel;
import io.stratify.jobs.segments.MixtureModel;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.PartialModel;
import io.stratify.jobs.segments.Preparation;
import io.stratify.jobs.segments.RuleModel;
import io.stratify.jobs.segments.TierModel;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;
import scala.collection.Seq;

class ShiftTextTest {
  private static final Model STAGES =
      new RuleModel(
          List.of(new RuleModel.Condition("s.gone", "lifecycle_stage = 'lapsed'")),
          "s.here",
          List.of("recency_days", "lifecycle_stage"));

  @Test
  void whatIsNoNumberIsNamedToo() {
    Row reason = reason(STAGES, false, "s.gone", List.of("active"), List.of("lapsed"), 3.0, 90.0);
    assertThat(reason.getString(7))
        .isEqualTo(
            "From s.here to s.gone: lifecycle_stage went from active to lapsed, recency_days went"
                + " from 3 to 90 (nothing done since 2026-03-01)");
    assertThat(reason.getDouble(2)).as("the customer's part").isEqualTo(1);
  }

  /** All five change; the conditions of the two segments look at the last two of them. */
  @Test
  void whatTheConditionsOfBothSegmentsLookAtComesFirst() {
    Model rules =
        new RuleModel(
            List.of(
                new RuleModel.Condition("s.other", "age > 90 AND tickets > 9 AND touches > 9"),
                new RuleModel.Condition("s.gone", "recency_days > 60"),
                new RuleModel.Condition("s.here", "importance['price'] > 3")),
            "s.rest",
            List.of("age", "tickets", "touches", "importance.price", "recency_days"));
    Row reason =
        moved(rules, "s.gone", List.of(1.0, 1.0, 1.0, 4.0, 5.0), List.of(2.0, 2.0, 2.0, 1.0, 90.0));
    assertThat(reason.getString(7))
        .isEqualTo(
            "From s.here to s.gone: importance.price went from 4 to 1, recency_days went from 5 to"
                + " 90, age went from 1 to 2 (nothing done since 2026-03-01)");
    assertThat(features(reason))
        .containsExactly("importance.price", "recency_days", "age", "tickets", "touches");
  }

  /**
   * Both cells are of the same clusters, so that the tier made the shift; and the other way round.
   */
  @Test
  void ofACrossedLensThePartThatChangedComesFirst() {
    Model clusters = clusters("b.1", "b.2");
    Model tiers = new TierModel(List.of(new TierModel.Tier("v.high", BigDecimal.TEN)), "v.none");
    Model crossed =
        new CombinedModel(
            clusters,
            tiers,
            Map.of("b.1 x v.none", "s.here", "b.1 x v.high", "s.gone", "b.2 x v.none", "s.far"),
            "s.here");
    List<Double> was = List.of(1.0, 1.0, 1.0, 5.0);
    List<Double> is = List.of(2.0, 2.0, 2.0, 50.0);
    assertThat(features(moved(crossed, "s.gone", was, is))).startsWith("monetary_net");
    // One more of each: twice the difference of the centres speaks for the second, 2, 6 and 4.
    assertThat(features(moved(crossed, "s.far", was, is)))
        .containsExactly("tickets", "touches", "frequency", "monetary_net");
  }

  /** A refit has another segment now; the model before would have put him into its second one. */
  @Test
  void towardsASegmentThatIsNewTheModelBeforeSaysWhatDecided() {
    Row reason =
        moved(
            clusters("s.here", "s.second"),
            "s.new",
            "s.second",
            List.of(1.0, 1.0, 1.0),
            List.of(2.0, 2.0, 2.0));
    assertThat(reason.getString(0)).isEqualTo(Shift.COUNTED);
    assertThat(features(reason)).containsExactly("tickets", "touches", "frequency");
  }

  private static Model clusters(String first, String second) {
    return new CentreModel(
        new Preparation(
            List.of(
                new Preparation.Scale("frequency", 0, 100, 0, false, 0, 1),
                new Preparation.Scale("tickets", 0, 100, 0, false, 0, 1),
                new Preparation.Scale("touches", 0, 100, 0, false, 0, 1))),
        List.of(new double[] {0, 0, 0}, new double[] {1, 3, 2}),
        List.of(first, second));
  }

  private static Row moved(Model model, String to, List<Double> was, List<Double> is) {
    return moved(model, to, to, was, is);
  }

  private static Row moved(
      Model model, String to, String anyway, List<Double> was, List<Double> is) {
    return new ShiftText(model, model, true, Map.of(), LocalDate.of(2026, 3, 1))
        .explain(
            RowFactory.create(
                "s.here",
                to,
                seq(was),
                seq(is),
                seq(is),
                anyway,
                false,
                null,
                seq(List.of()),
                seq(List.of()),
                null));
  }

  private static List<String> features(Row reason) {
    return java.util.Arrays.stream((Object[]) reason.get(5))
        .map(f -> ((Row) f).getString(0))
        .toList();
  }

  @Test
  void whatDidNotChangeIsNotSaidTo() {
    Row reason = reason(STAGES, false, "s.gone", List.of("active"), List.of("lapsed"), 3.0, 3.0);
    assertThat(reason.getString(7))
        .isEqualTo(
            "From s.here to s.gone: lifecycle_stage went from active to lapsed (nothing done since"
                + " 2026-03-01)");
  }

  @Test
  void withoutARefitPeopleChangedTheSegments() {
    assertThat(reason(STAGES, true, "s.here", List.of("a"), List.of("a"), 3.0, 3.0).getString(7))
        .isEqualTo("From s.here to s.gone: segments were merged, retired or restored");
    assertThat(reason(STAGES, false, "s.here", List.of("a"), List.of("a"), 3.0, 3.0).getString(7))
        .isEqualTo("From s.here to s.gone: the segments were fitted anew");
  }

  /** With the scores that the limits before give he would stay; those of now move him. */
  @Test
  void limitsOfScoresThatMovedAreNotWhatTheCustomerDid() {
    Model scored =
        new RuleModel(
            List.of(new RuleModel.Condition("s.here", "f_score >= 4")),
            "s.gone",
            List.of("f_score"));
    ShiftText text = new ShiftText(scored, scored, true, Map.of(), LocalDate.of(2026, 3, 1));
    Row reason =
        text.explain(
            RowFactory.create(
                "s.here",
                "s.gone",
                seq(List.of(4.0)),
                seq(List.of(3.0)),
                seq(List.of(3.0)),
                "s.here",
                false,
                null,
                seq(List.of()),
                seq(List.of()),
                "s.gone"));
    assertThat(reason.getDouble(2)).as("the customer's part").isZero();
    assertThat(reason.getDouble(3)).as("the segments' part").isEqualTo(1);
    assertThat(reason.getString(7))
        .isEqualTo(
            "From s.here to s.gone: the limits of the scores moved: f_score went from 4 to 3");
  }

  @Test
  void whoseDistancesSpeakAgainstTheSegmentWasMovedByARule() {
    // At 9 of 10 he is nearer to the second, and is yet taken to the first.
    Model clusters =
        new PartialModel(
            List.of("frequency"),
            new CentreModel(
                new Preparation(
                    List.of(new Preparation.Scale("frequency", 0, 100, 0, false, 0, 1))),
                List.of(new double[] {0}, new double[] {10}),
                List.of("s.gone", "s.here")),
            "s.unknown");
    Row reason = reason(clusters, true, "s.here", List.of(), List.of(), 9.0, 9.0);
    assertThat(reason.getString(0)).isEqualTo(Shift.COUNTED);
    assertThat(reason.getDouble(1)).isEqualTo(1);
    assertThat(reason.getString(7))
        .isEqualTo("From s.here to s.gone: segments were merged, retired or restored");
  }

  @Test
  void ofAMixtureOnlyWhatChangedIsSaidTo() {
    // What frequency says depends on recency, which went from 1 to 4: (4 - 1) 0.5 x 2 / 2 more.
    double[][] together = {{1, -0.5}, {-0.5, 1}};
    double[][] apart = {{1, 0}, {0, 1}};
    Model mixture =
        new MixtureModel(
            new Preparation(
                List.of(
                    new Preparation.Scale("frequency", 0, 100, 0, false, 0, 1),
                    new Preparation.Scale("recency_days", 0, 100, 0, false, 0, 1))),
            List.of(0.0, 0.0),
            List.of(new double[] {0, 0}, new double[] {0, 0}),
            List.of(together, apart),
            List.of("s.gone", "s.here"));
    Row reason = reason(mixture, List.of(2.0, 1.0), List.of(2.0, 4.0));
    assertThat(reason.getString(7))
        .isEqualTo(
            "From s.here to s.gone: recency_days went from 1 to 4 (nothing done since"
                + " 2026-03-01)");
  }

  @Test
  void thatAFeatureIsMissingIsNotTheFeature() {
    // 9 is nearer to the second, so that the shift is counted; that there is a value did not
    // change.
    Model clusters =
        new CentreModel(
            new Preparation(
                List.of(
                    new Preparation.Scale("frequency", 0, 100, 0, false, 0, 1),
                    new Preparation.Scale("frequency", 0, 1, 0, false, null, true, 0, 1, 1))),
            List.of(new double[] {0, 0}, new double[] {10, 0}),
            List.of("s.gone", "s.here"));
    Row reason = reason(clusters, List.of(8.0, 8.0), List.of(9.0, 9.0));
    assertThat(reason.getString(7))
        .isEqualTo(
            "From s.here to s.gone: frequency went from 8 to 9 (nothing done since 2026-03-01)");
  }

  /** Of whom the model, the same as before, takes away from where he was. */
  private static Row reason(Model model, List<Double> before, List<Double> now) {
    return reason(model, true, "s.gone", List.of(), List.of(), seq(before), seq(now));
  }

  private static Row reason(
      Model model,
      boolean sameFit,
      String anyway,
      List<String> textsBefore,
      List<String> texts,
      double before,
      double now) {
    boolean partial = model instanceof PartialModel;
    return reason(
        model, sameFit, anyway, textsBefore, texts, values(partial, before), values(partial, now));
  }

  private static Row reason(
      Model model,
      boolean sameFit,
      String anyway,
      List<String> textsBefore,
      List<String> texts,
      Seq<Double> before,
      Seq<Double> now) {
    ShiftText text = new ShiftText(model, model, sameFit, Map.of(), LocalDate.of(2026, 3, 1));
    return text.explain(
        RowFactory.create(
            "s.here",
            "s.gone",
            before,
            now,
            now,
            anyway,
            false,
            null,
            seq(textsBefore),
            seq(texts),
            null));
  }

  /** A number, and what stands for the text beside it. */
  private static Seq<Double> values(boolean alone, double number) {
    return seq(alone ? List.of(number) : java.util.Arrays.asList(number, null));
  }

  private static <T> Seq<T> seq(List<T> values) {
    return JavaConverters.asScalaBuffer(values).toSeq();
  }
}
