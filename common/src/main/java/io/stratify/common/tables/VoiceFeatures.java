package io.stratify.common.tables;

import java.util.List;

/** What customers say in surveys and in feedback: attitude and needs. */
public final class VoiceFeatures {
  /** Scores 9 and 10. */
  public static final String PROMOTER = "promoter";

  /** Scores 7 and 8. */
  public static final String PASSIVE = "passive";

  /** Scores 0 to 6. */
  public static final String DETRACTOR = "detractor";

  private static final FeatureSet F = new FeatureSet();

  static {
    F.in(FeatureGroup.ATTITUDE, "survey_responses");
  }

  /** {@code nps_score}. */
  public static final ColumnSpec NPS_SCORE =
      F.ratio(
          "nps_score",
          "mean NPS score, 0 to 10, of the latest day with an answer; null without one",
          Word.beyond(8.5, "recommend us", "recommend us more"),
          Word.beyond(6.5, "do not recommend us", "recommend us less"));

  /** {@code nps_group}. */
  public static final ColumnSpec NPS_GROUP =
      F.word(
          "nps_group",
          "promoter (9-10), passive (7-8) or detractor (0-6) by nps_score rounded half up"
              + " (Reichheld, The One Number You Need to Grow, HBR 2003); null without an answer");

  /** {@code days_since_nps}. */
  public static final ColumnSpec DAYS_SINCE_NPS =
      F.days(
          "days_since_nps",
          "days from the latest NPS answer to the as-of date; null without one",
          "not asked lately",
          "asked lately");

  /** {@code attitudes}. */
  public static final ColumnSpec ATTITUDES =
      F.numberPerKey(
          "attitudes",
          "per subject of questions of need and attitude, the mean answer of the latest day with"
              + " one, on the scale of the source; at most 500 subjects",
          "high %s",
          "low %s");

  static {
    F.in(FeatureGroup.ATTITUDE, "feedback");
  }

  /** {@code feedback_notes}. */
  public static final ColumnSpec FEEDBACK_NOTES =
      F.count(
          "feedback_notes",
          "notes of feedback",
          Word.comparing("outspoken"),
          Word.beyond(0.5, "silent", "less outspoken"));

  /** {@code sentiment}. */
  public static final ColumnSpec SENTIMENT =
      F.ratio(
          "sentiment",
          "(positive - negative) / all notes of feedback, -1 to 1; null without one",
          Word.beyond(0, "positive", "less negative"),
          Word.beyond(0, "negative", "less positive"));

  /** {@code themes}. */
  public static final ColumnSpec THEMES =
      F.countPerKey(
          "themes",
          "notes of feedback per theme, the first 500 themes",
          "speak much of %s",
          "speak little of %s");

  /** {@code top_theme}. */
  public static final ColumnSpec TOP_THEME =
      F.word(
          "top_theme",
          "theme with the most notes of feedback; the first in the alphabet of equals, null without"
              + " one");

  static {
    F.in(FeatureGroup.NEEDS, "survey_responses");
  }

  /** {@code importance}. */
  public static final ColumnSpec IMPORTANCE =
      F.numberPerKey(
          "importance",
          "per value driver, the mean importance stated on the latest day with a statement, on the"
              + " scale of the source; at most 500 drivers",
          "%s matters more",
          "%s matters less");

  /** {@code top_driver}. */
  public static final ColumnSpec TOP_DRIVER =
      F.word(
          "top_driver",
          "value driver of the greatest importance; the first in the alphabet of equals, null"
              + " without a statement");

  /** All of them, in the order of the table. */
  static final List<Feature> ALL = F.all();

  private VoiceFeatures() {}
}
