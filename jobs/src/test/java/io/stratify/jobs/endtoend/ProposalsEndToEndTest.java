package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.Segment;
import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.jobs.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the evidence proposes about three segments of four customers: no test of ranks of four
 * against four has a p-value below 0.02, so each pair differs in nothing that could be shown.
 */
class ProposalsEndToEndTest {
  private static final List<String> SMALL =
      List.of(
          "--set", "validation.min-per-segment=4",
          "--set", "validation.segment-jaccard=off",
          "--set", "validation.mean-jaccard=off",
          "--set", "validation.prediction-strength=off",
          "--set", "validation.acquisition=off");

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = Shop.open(folder);
  }

  private void run(String... more) {
    List<String> arguments = new ArrayList<>(SMALL);
    arguments.addAll(List.of(more));
    Cli.Result result = shop.run(arguments.toArray(String[]::new));
    assertThat(result.exit()).as(result.toString()).isZero();
  }

  private List<String> segments() {
    return shop
        .outcome()
        .current(Segment.TABLE)
        .where("lens = 'behaviour'")
        .collectAsList()
        .stream()
        .map(r -> r.<String>getAs("segment_id"))
        .sorted()
        .toList();
  }

  /** The first of the two: both smaller segments are like the largest. */
  private Row proposal() {
    List<Row> proposals =
        shop.outcome().current(SegmentProposal.TABLE).orderBy("segment_id").collectAsList();
    assertThat(proposals).hasSize(2);
    return proposals.get(0);
  }

  @Test
  void aProposalIsLeftToPeople() {
    run("--set", "validation.min-segments=2");
    assertThat(segments()).hasSize(3);
    assertThat(proposal().<String>getAs("proposal")).isEqualTo("merge");
    assertThat(proposal().<String>getAs("evidence"))
        .contains("none shows a difference between them");
    assertThat(shop.outcome().current(SegmentDecision.TABLE).isEmpty()).isTrue();
  }

  @Test
  void orDoneInEveryRunWhereTheConfigurationSaysSo() {
    String[] automatic = {
      "--set", "validation.min-segments=2", "--set", "validation.proposals=automatic"
    };
    run(automatic);
    String merged = proposal().getAs("segment_id");
    String into = proposal().getAs("merge_into");
    assertThat(segments()).hasSize(2).contains(into).doesNotContain(merged);
    Row decision = shop.outcome().current(SegmentDecision.TABLE).first();
    assertThat(decision.<String>getAs("segment_id")).isEqualTo(merged);
    assertThat(decision.<String>getAs("value")).isEqualTo(into);
    assertThat(decision.<String>getAs("decided_by")).isEqualTo("validation.proposals = automatic");
    assertThat(
            shop.outcome()
                .current(CustomerSegment.TABLE)
                .where("segment_id = '" + into + "'")
                .count())
        .as("four of its own and four of the other")
        .isEqualTo(8);

    List<String> later = new ArrayList<>(List.of(automatic));
    later.addAll(List.of("--as-of", "2026-02-01"));
    run(later.toArray(String[]::new));
    assertThat(segments()).as("the champion is kept, and so is what was proposed").hasSize(2);

    shop.write(
        "pin.conf",
        "stratify.inputs.segment_names.rows = [{ lens = behaviour, segment_id = \"%s\", pinned = true }]"
            .formatted(merged));
    later.addAll(List.of("--conf", folder + "/pin.conf"));
    run(later.toArray(String[]::new));
    assertThat(segments())
        .as("people want to keep it: the other is merged")
        .hasSize(2)
        .contains(merged);

    // The date of the fit once more, with another fit: what the later ones go on with stays merged.
    List<String> orders = new ArrayList<>(Shop.goodOrders());
    orders.add("o99,c01,2025-12-30 12:00:00,900");
    shop.orders(orders.toArray(String[]::new));
    run(automatic);
    later.set(later.indexOf("2026-02-01"), "2026-02-02");
    later.subList(later.indexOf("--conf"), later.size()).clear();
    run(later.toArray(String[]::new));
    assertThat(segments()).hasSize(2).contains(into).doesNotContain(merged);
  }

  @Test
  void whatPeopleGaveUpTakesNobodyIn() {
    run("--set", "validation.min-segments=2");
    String given = proposal().getAs("segment_id");
    String into = proposal().getAs("merge_into");
    shop.write(
        "retire.conf",
        "stratify.inputs.segment_names.rows = [{ lens = behaviour, segment_id = \"%s\", retired = true }]"
            .formatted(into));
    run(
        "--set",
        "validation.min-segments=1",
        "--set",
        "validation.proposals=automatic",
        "--as-of",
        "2026-01-02",
        "--conf",
        folder + "/retire.conf");
    assertThat(segments()).hasSize(2).contains(given).doesNotContain(into);
  }

  @Test
  void butNeverBelowTheLeastNumberOfSegments() {
    run("--set", "validation.proposals=automatic");
    assertThat(proposal()).isNotNull();
    assertThat(segments()).hasSize(3);
  }
}
