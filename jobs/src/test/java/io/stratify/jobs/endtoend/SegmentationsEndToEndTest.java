package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Publication;
import io.stratify.common.tables.SegmentRuleTable;
import io.stratify.common.tables.SegmentationDecision;
import io.stratify.jobs.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry of a shop that was fitted twice. */
class SegmentationsEndToEndTest {
  private static final String OLD = "behaviour-20260101";
  private static final String NEW = "behaviour-20260402";

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = Shop.open(folder);
  }

  @Test
  void aRollbackHoldsForTheNextRunAndUntilTheNextRefitIsDue() {
    assertThat(failed("list")).startsWith("Cannot list segmentations: nothing has been fitted in");
    assertThat(segmentations("rollback", "behaviour").err())
        .startsWith("Cannot rollback: nothing has been published in");
    run(Shop.AS_OF);
    assertThat(said(segmentations("rollback", "behaviour")))
        .isEqualTo(
            "Cannot roll back lens behaviour: "
                + OLD
                + " is its only champion up to 2026-01-01. See ./stratify segmentations list");
    run("2026-04-02");
    assertThat(statuses()).contains(OLD + " retired", NEW + " champion gates");

    assertThat(segmentations("compare", OLD, NEW).out())
        .contains("On the customers of 2026-04-02 revision 1", "survived");
    assertThat(segmentations("show", NEW).out())
        .contains("lens behaviour, kmeans, fitted as of 2026-04-02", "recency_days, frequency")
        .contains("customer_features", "smallest segment share", "nearest to");

    Cli.Result validated = validate(NEW);
    assertThat(validated.exit()).as(validated.toString()).isZero();
    assertThat(validated.out())
        .startsWith(NEW + ": lens behaviour, kmeans, fitted as of 2026-04-02, on the customers of")
        .contains(
            "prediction strength", "not measurable", "12 customers are fewer than 20 for each")
        .endsWith("No gate failed." + System.lineSeparator());
    assertThat(validate("rfm-20260101").err().strip())
        .isEqualTo(
            "Cannot validate rfm-20260101: lens rfm is made of rules, and only clusters have"
                + " evidence for and against them");

    Cli.Result back = segmentations("rollback", "behaviour", "--by", "Ada");
    assertThat(back.exit()).as(back.toString()).isZero();
    assertThat(back.err()).as("it had passed its gates").isEmpty();
    assertThat(back.out())
        .contains(
            OLD + " is the champion of lens behaviour in place of " + NEW + ", decided by Ada");
    assertThat(failed("rollback", "behaviour"))
        .as("given again, as after a kill, it is not undone")
        .startsWith("Cannot roll back lens behaviour: Ada rolled it back to " + OLD + " at ")
        .endsWith("or take it back: ./stratify segmentations promote " + NEW);
    assertThat(statuses()).contains(OLD + " champion rollback by Ada", NEW + " retired");
    List<Row> decisions = shop.outcome().table(SegmentationDecision.TABLE).collectAsList();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).<String>getAs("previous_segmentation_id")).isEqualTo(NEW);

    assertThat(run("2026-04-03", "--set", "segments.rfm.refit-every=always").err())
        .contains("behaviour keeps " + OLD, "value keeps value-20260402", "rfm fitted");
    assertThat(run("2026-04-03").err())
        .as("a run that refits nothing does not undo what was fitted and published for its date")
        .contains("behaviour keeps " + OLD, "rfm keeps rfm-20260403");
    assertThat(published()).containsEntry("behaviour", OLD).containsEntry("rfm", "rfm-20260403");
    assertThat(failed("rollback", "behaviour"))
        .as("not forward to what was rolled back")
        .isEqualTo(
            "Cannot roll back lens behaviour: "
                + OLD
                + " is its only champion up to 2026-04-03 but for "
                + NEW
                + ", rolled back. See ./stratify segmentations list");
    // Three months after the decision, not after the fit.
    assertThat(run("2026-07-02").err()).contains("behaviour fitted");
    assertThat(segmentations("migration", "--from", Shop.AS_OF, "--lens", "value").out())
        .startsWith("From 2026-01-01 revision 1 to 2026-07-02 revision 1")
        .contains("value.high", "stayed", "in the long run")
        .doesNotContain("behaviour");
  }

  @Test
  void aRollbackOfACrossedLensHoldsThoughItsPartsWereRefitted() {
    String[] crossed = {
      "--set", "segments.lenses.both={ kind = combined, of = [value, rfm], min-share = 0.05 }"
    };
    run(Shop.AS_OF, crossed);
    assertThat(run("2026-02-01", with(crossed, "segments.value.refit-every=always")).err())
        .contains("value fitted", "both fitted");
    assertThat(run("2026-02-01", crossed).err())
        .as("it refits nothing")
        .contains("value keeps value-20260201", "both keeps both-20260201");
    run("2026-04-02", crossed);
    assertThat(published()).containsEntry("both", "both-20260402");
    assertThat(segmentations("rollback", "both", "--by", "Ada").exit()).isZero();
    assertThat(run("2026-04-03", crossed).err()).contains("both keeps both-20260201");
    assertThat(published()).containsEntry("both", "both-20260201");
  }

  private static String[] with(String[] options, String set) {
    return Stream.concat(Stream.of(options), Stream.of("--set", set)).toArray(String[]::new);
  }

  @Test
  void whoeverPromotesWhatFailedAGateIsTold() {
    run(Shop.AS_OF);
    Cli.Result refused =
        shop.run(
            "--as-of",
            "2026-04-02",
            "--set",
            "validation.min-share=0.34",
            "--set",
            "validation.min-segments=2");
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
    assertThat(statuses()).contains(OLD + " champion gates", NEW + " challenger");
    assertThat(
            shop
                .outcome()
                .table(SegmentRuleTable.TABLE)
                .where("as_of = '2026-04-02'")
                .select("segmentation_id")
                .distinct()
                .collectAsList()
                .stream()
                .map(r -> r.getString(0)))
        .as("what is published has rules, too")
        .containsExactlyInAnyOrder(OLD, NEW);

    Cli.Result promoted = segmentations("promote", NEW, "--by", "Ada");
    assertThat(promoted.exit()).as(promoted.toString()).isZero();
    assertThat(promoted.out()).contains(NEW + " is the champion of lens behaviour in place of");
    assertThat(said(promoted))
        .isEqualTo(
            NEW
                + " failed gates as of 2026-04-02: smallest segment share. See ./stratify"
                + " segmentations show "
                + NEW);
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    run(Shop.AS_OF);
    String list = "rfm-20260101, value-20260101";
    assertThat(failed("promote", "behaviour-2026"))
        .isEqualTo(
            "Cannot promote behaviour-2026: there is no such segmentation. There are: "
                + OLD
                + ", "
                + list);
    assertThat(failed("promote", OLD))
        .isEqualTo("Cannot promote " + OLD + ": it is the champion of lens behaviour already");
    assertThat(failed("rollback", "needs"))
        .isEqualTo(
            "Cannot roll back lens needs: nothing is published for it. The lenses are: behaviour,"
                + " rfm, value");
    assertThat(failed("show", "x"))
        .isEqualTo(
            "Cannot show x: there is no such segmentation. See ./stratify segmentations list");
    assertThat(failed("compare", OLD, "rfm-20260101"))
        .isEqualTo(
            "Cannot compare "
                + OLD
                + " with rfm-20260101: they are of different lenses, behaviour and rfm");
  }

  private String failed(String... arguments) {
    Cli.Result result = segmentations(arguments);
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    return said(result);
  }

  /** Without the options for the command that a message names. */
  private String said(Cli.Result result) {
    return result
        .err()
        .replace("Give that command the same options: --set output.root=" + folder + "/out", "")
        .strip();
  }

  private Cli.Result run(String asOf, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--as-of", asOf));
    arguments.addAll(List.of(more));
    Cli.Result result = shop.run(arguments.toArray(String[]::new));
    assertThat(result.exit()).as(result.toString()).isZero();
    return result;
  }

  private Cli.Result validate(String id) {
    List<String> arguments = new ArrayList<>(List.of("validate", "--segmentation", id));
    arguments.addAll(shop.arguments().subList(1, shop.arguments().size()));
    return Cli.run(arguments);
  }

  private Cli.Result segmentations(String... arguments) {
    List<String> all = new ArrayList<>(List.of("segmentations"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--set", "output.root=" + folder + "/out"));
    return Cli.run(all);
  }

  /** Id, status and decider of every segmentation. */
  private List<String> statuses() {
    return segmentations("list")
        .out()
        .lines()
        .skip(2)
        .map(l -> l.strip().split("  +", -1))
        .map(c -> c[2].equals("champion") ? c[0] + " " + c[2] + " " + c[3] : c[0] + " " + c[2])
        .toList();
  }

  private Map<String, String> published() {
    return shop.outcome()
        .table(Publication.TABLE)
        .orderBy(Publication.AS_OF.col().desc(), Publication.REVISION.col().desc())
        .first()
        .getJavaMap(4);
  }
}
