package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.VoiceFeatures;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

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
  private final NavigableMap<String, Double> importance = new TreeMap<>();
  private final NavigableMap<String, Double> attitudes = new TreeMap<>();
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
    return answers == 0 ? null : Tally.ratio(day.amount(NPS), answers);
  }

  /** The latest mean score; null without an answer. */
  Double nps() {
    return nps;
  }

  private static void latest(Day day, int sums, int answers, NavigableMap<String, Double> means) {
    if (day.lacks(answers)) {
      return;
    }
    Map<String, Number> sum = day.numbers(sums);
    day.numbers(answers)
        .forEach(
            (key, n) -> {
              boolean room = means.size() < AdoptionTally.MOST || means.containsKey(key);
              if (room && n.longValue() > 0 && sum.containsKey(key)) {
                means.put(key, sum.get(key).doubleValue() / n.longValue());
              }
            });
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(VoiceFeatures.NPS_SCORE, nps);
    out.set(VoiceFeatures.NPS_GROUP, group(nps));
    out.set(VoiceFeatures.DAYS_SINCE_NPS, moment.since(npsOn));
    out.set(VoiceFeatures.ATTITUDES, new TreeMap<>(attitudes));
    out.set(VoiceFeatures.IMPORTANCE, new TreeMap<>(importance));
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

  private static String top(NavigableMap<String, Double> means) {
    String top = null;
    for (Map.Entry<String, Double> e : means.entrySet()) {
      if (top == null || e.getValue() > means.get(top)) {
        top = e.getKey();
      }
    }
    return top;
  }
}
