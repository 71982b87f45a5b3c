package io.stratify.jobs.features.ltv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The 1/10 sample of CDNOW: 2,357 customers who first bought in the first quarter of 1997, with
 * purchases of a day merged. Calibrated up to 30 September 1997, the next 39 weeks are held out.
 */
final class Cdnow {
  static final LocalDate AS_OF = LocalDate.of(1997, 10, 1);
  static final int HELD_OUT = 39 * 7;

  private Cdnow() {}

  /** What each customer spent per purchase day, in dollars. */
  static Map<String, NavigableMap<LocalDate, Double>> days() {
    Path file =
        Path.of(
            System.getenv().getOrDefault("STRATIFY_DATA", "../../shared/data"),
            "cdnow/CDNOW_sample.txt");
    assumeTrue(
        Files.exists(file),
        () ->
            file.normalize()
                + " is missing: get the data set as conf/cdnow.conf says, and set STRATIFY_DATA to"
                + " its folder");
    Map<String, NavigableMap<LocalDate, Double>> days = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] field = line.strip().split("\\s+", -1);
        days.computeIfAbsent(field[1], k -> new TreeMap<>())
            .merge(
                LocalDate.parse(field[2], DateTimeFormatter.BASIC_ISO_DATE),
                Double.valueOf(field[4]),
                Double::sum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return days;
  }

  /** One history per customer, by the convention of the published data. */
  static List<PurchaseHistory> purchases() {
    return days().values().stream()
        .map(all -> all.headMap(AS_OF, false))
        .map(
            seen ->
                new PurchaseHistory(
                    seen.size() - 1,
                    between(seen.firstKey(), seen.lastKey()),
                    between(seen.firstKey(), AS_OF.minusDays(1)),
                    1))
        .toList();
  }

  /** One history per customer who bought again. */
  static List<SpendHistory> spend() {
    List<SpendHistory> spend = new ArrayList<>();
    for (NavigableMap<LocalDate, Double> all : days().values()) {
      NavigableMap<LocalDate, Double> repeats =
          all.headMap(AS_OF, false).tailMap(all.firstKey(), false);
      double mean = repeats.values().stream().mapToDouble(v -> v).average().orElse(0);
      if (mean > 0) {
        spend.add(new SpendHistory(repeats.size(), mean, 1));
      }
    }
    return spend;
  }

  private static int between(LocalDate from, LocalDate to) {
    return (int) ChronoUnit.DAYS.between(from, to);
  }
}
