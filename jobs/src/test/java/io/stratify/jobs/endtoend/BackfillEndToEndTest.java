package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.cli.Cli;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several as-of dates in one command. */
class BackfillEndToEndTest {
  private static final List<String> WEEKS = List.of("2026-01-01", "2026-01-08");
  private static final String[] BACKFILL = {
    "run", "--from-date", WEEKS.get(0), "--to-date", "2026-01-14", "--every", "week", "--conf"
  };

  @TempDir Path folder;

  @Test
  void aBackfillGivesTheTablesOfTheRunsItStandsForAndGoesOnWhereItWasStopped() {
    Shop daily = Shop.open(folder.resolve("daily"));
    WEEKS.forEach(week -> assertThat(daily.run("--as-of", week).exit()).isZero());
    Shop filled = Shop.open(folder.resolve("filled"));
    // The first of the weeks has been published before the backfill.
    assertThat(filled.run("--as-of", WEEKS.get(0)).exit()).isZero();
    Cli.Result result = backfill(filled);
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err())
        .contains("backfill 2026-01-01 (1 of 2): published before; --again publishes it anew")
        .contains("backfill 2026-01-08 (2 of 2)", "2026-01-08 revision 1");
    for (String week : WEEKS) {
      assertThat(rows(filled, week)).as(week).isEqualTo(rows(daily, week));
    }
    Cli.Result nothing = backfill(filled);
    assertThat(nothing.exit()).isZero();
    assertThat(nothing.err()).contains("(1 of 2): published before", "(2 of 2): published before");

    Map<String, List<String>> seen = filled.outcome().seenByReaders();
    Cli.Result maintained = Cli.run(List.of("maintain", "--conf", filled.folder() + "/shop.conf"));
    assertThat(maintained.exit()).as(maintained.toString()).isZero();
    assertThat(maintained.out()).contains("files before", "customer_segment", "publication");
    assertThat(filled.outcome().seenByReaders()).isEqualTo(seen);

    Cli.Result between = filled.run("--as-of", "2026-01-05");
    assertThat(between.err())
        .contains(
            "note: 2026-01-08 was compared with a date before 2026-01-05, so that changes up to that"
                + " day are told twice; publish it again: --as-of 2026-01-08")
        .contains("the current views stay at 2026-01-08");
    Cli.Result again = filled.run("--as-of", "2026-01-08");
    assertThat(again.err()).doesNotContain("was compared with");
  }

  private static Cli.Result backfill(Shop shop) {
    List<String> arguments = new java.util.ArrayList<>(List.of(BACKFILL));
    arguments.add(shop.folder() + "/shop.conf");
    return Cli.run(arguments);
  }

  private static Map<String, List<String>> rows(Shop shop, String week) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (TableSpec table : Tables.ALL) {
      if (table.slice() == Slice.PUBLISHED && shop.outcome().has(table)) {
        rows.put(
            table.name(),
            Outcome.texts(shop.outcome().snapshot(table, week, 1)).stream()
                // Sources are named by their folder.
                .map(row -> row.replace(shop.folder().toString(), "FOLDER"))
                .toList());
      }
    }
    assertThat(rows).hasSizeGreaterThan(10);
    return rows;
  }
}
