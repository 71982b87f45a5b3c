package io.stratify.jobs.serving;

import io.stratify.jobs.membership.Migration;
import io.stratify.jobs.membership.MigrationBetween;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** How customers moved between two snapshots, for a terminal. */
public final class MigrationText {
  private MigrationText() {}

  /** The moves and what they lead to. */
  public static String of(MigrationBetween migration) {
    TextTable moves =
        new TextTable(
            "lens", "from", "to", "via", "customers", "of from", "revenue before", "revenue after");
    for (Migration.Move m : migration.moves()) {
      moves.row(
          m.lens(),
          m.from(),
          m.to(),
          m.via(),
          String.format(Locale.ROOT, "%,d", m.customers()),
          RegistryText.percent(m.share()),
          m.revenueBefore() == null ? null : String.format(Locale.ROOT, "%,.0f", m.revenueBefore()),
          m.revenueAfter() == null ? null : String.format(Locale.ROOT, "%,.0f", m.revenueAfter()));
    }
    Set<String> without = new TreeSet<>();
    migration.moves().forEach(m -> without.add(m.lens()));
    migration.outlook().forEach(r -> without.remove(r.getString(1)));
    TextTable outlook = new TextTable("segment", "share", "next", "in the long run");
    for (Row r : migration.outlook()) {
      outlook.row(
          r.getString(0),
          RegistryText.percent((Double) r.get(2)),
          RegistryText.percent((Double) r.get(3)),
          RegistryText.percent((Double) r.get(4)));
    }
    return String.format(
        Locale.ROOT,
        "From %s to %s%n%s%nOf those in both, if they go on moving like this%n%s%s",
        migration.from(),
        migration.to(),
        moves,
        outlook,
        without.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "  Not known for %s: the segments are others than before, so that not all moves"
                    + " were made by customers.%n",
                String.join(", ", without)));
  }
}
