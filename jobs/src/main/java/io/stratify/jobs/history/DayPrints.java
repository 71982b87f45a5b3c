package io.stratify.jobs.history;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * The fingerprints of days, summed over customers while their days are computed: facts that are
 * folded anyway need not be read for them.
 */
final class DayPrints extends AccumulatorV2<Map<Integer, Fingerprint>, Map<Integer, Fingerprint>>
    implements DayFold.Tally {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, long[]> days = new HashMap<>();
  private long customerDays;

  @Override
  public void one(int day, Fingerprint facts) {
    customerDays++;
    merge(day, facts.facts(), facts.low(), facts.high());
  }

  private void merge(int day, long facts, long low, long high) {
    long[] sums = days.computeIfAbsent(day, d -> new long[3]);
    sums[0] += facts;
    sums[1] += low;
    sums[2] += high;
  }

  /** How many customer days there were. */
  long customerDays() {
    return customerDays;
  }

  /** The fingerprints by day. */
  Map<LocalDate, Fingerprint> byDate() {
    Map<LocalDate, Fingerprint> dates = new TreeMap<>();
    value().forEach((day, print) -> dates.put(LocalDate.ofEpochDay(day), print));
    return dates;
  }

  @Override
  public void add(Map<Integer, Fingerprint> more) {
    more.forEach((day, print) -> merge(day, print.facts(), print.low(), print.high()));
  }

  @Override
  public void merge(AccumulatorV2<Map<Integer, Fingerprint>, Map<Integer, Fingerprint>> other) {
    add(other.value());
    customerDays += ((DayPrints) other).customerDays;
  }

  @Override
  public Map<Integer, Fingerprint> value() {
    Map<Integer, Fingerprint> prints = new HashMap<>();
    days.forEach((day, sums) -> prints.put(day, new Fingerprint(sums[0], sums[1], sums[2])));
    return prints;
  }

  @Override
  public boolean isZero() {
    return days.isEmpty() && customerDays == 0;
  }

  @Override
  public void reset() {
    days.clear();
    customerDays = 0;
  }

  @Override
  public DayPrints copy() {
    DayPrints copy = new DayPrints();
    days.forEach((day, sums) -> copy.days.put(day, sums.clone()));
    copy.customerDays = customerDays;
    return copy;
  }
}
