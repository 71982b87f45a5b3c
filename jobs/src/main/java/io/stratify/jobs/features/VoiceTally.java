package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.VoiceFeatures;
import io.stratify.jobs.Keyed;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/** The latest of what a customer said. */
final class VoiceTally implements Tally {
  private static final int NPS = Day.index(CustomerDay.NPS_SUM);
  private static final int NPS_ANSWERS = Day.index(CustomerDay.NPS_ANSWERS);
  private static final int IMPORTANCE = Day.index(CustomerDay.IMPORTANCE_SUM);
  private static final int IMPORTANCES = Day.index(CustomerDay.IMPORTANCE_ANSWERS);
  private static final int ATTITUDE = Day.index(CustomerDay.ATTITUDE_SUM);
  private static final int ATTITUDES = Day.index(CustomerDay.ATTITUDE_ANSWERS);
  private static final int FEEDBACK = Day.index(CustomerDay.FEEDBACK);
  private static final int SENTIMENT = Day.index(CustomerDay.SENTIMENT_SUM);
  private static final double PROMOTER_FROM = 9;
  private static final double PASSIVE_FROM = 7;

  private Double nps;
  private Integer npsOn;
  private final NavigableMap<UTF8String, Double> importance = new TreeMap<>();
  private final NavigableMap<UTF8String, Double> attitudes = new TreeMap<>();
  private long notes;
  private long sentiment;

  @Override
  public void add(Day day) {
    Double stated = npsOf(day);
    if (stated != null) {
      nps = stated;
      npsOn = day.date();
    }
    latest(day, IMPORTANCE, IMPORTANCES, importance);
    latest(day, ATTITUDE, ATTITUDES, attitudes);
    notes += day.count(FEEDBACK);
    sentiment += day.count(SENTIMENT);
  }

  /** The mean score of a day; null without an answer. */
  static Double npsOf(Day day) {
    long answers = day.count(NPS_ANSWERS);
    return answers == 0 ? null : (Double) (Money.fraction(day.count(NPS)) / answers);
  }

  /** The latest mean score; null without an answer. */
  Double nps() {
    return nps;
  }

  private static void latest(
      Day day, int sums, int answers, NavigableMap<UTF8String, Double> means) {
    if (day.lacks(answers)) {
      return;
    }
    Keyed sum = new Keyed(Integer.MAX_VALUE);
    day.each(sums, sum::add);
    day.each(
        answers,
        (key, n) -> {
          boolean room = means.size() < AdoptionTally.MOST || means.containsKey(key);
          if (room && n > 0 && sum.has(key)) {
            means.put(key.copy(), Money.fraction(sum.get(key)) / n);
          }
        });
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(VoiceFeatures.NPS_SCORE, nps);
    out.set(VoiceFeatures.NPS_GROUP, group(nps));
    out.set(VoiceFeatures.DAYS_SINCE_NPS, moment.since(npsOn));
    out.set(VoiceFeatures.ATTITUDES, map(attitudes));
    out.set(VoiceFeatures.IMPORTANCE, map(importance));
    out.set(VoiceFeatures.TOP_DRIVER, top(importance));
    out.set(VoiceFeatures.FEEDBACK_NOTES, notes);
    out.set(VoiceFeatures.SENTIMENT, Tally.ratio(sentiment, notes));
  }

  static String group(Double score) {
    if (score == null) {
      return null;
    }
    double rounded = Math.floor(score + 0.5);
    return rounded >= PROMOTER_FROM
        ? VoiceFeatures.PROMOTER
        : rounded >= PASSIVE_FROM ? VoiceFeatures.PASSIVE : VoiceFeatures.DETRACTOR;
  }

  private static MapData map(NavigableMap<UTF8String, Double> means) {
    return means.isEmpty()
        ? Keyed.empty()
        : new ArrayBasedMapData(
            new GenericArrayData(means.keySet().toArray()),
            new GenericArrayData(means.values().toArray()));
  }

  private static UTF8String top(NavigableMap<UTF8String, Double> means) {
    UTF8String top = null;
    for (Map.Entry<UTF8String, Double> e : means.entrySet()) {
      if (top == null || e.getValue() > means.get(top)) {
        top = e.getKey();
      }
    }
    return top;
  }
}
