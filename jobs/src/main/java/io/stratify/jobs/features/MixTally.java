package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.PurchaseFeatures;
import io.stratify.common.tables.UsageFeatures;
import io.stratify.common.tables.VoiceFeatures;

/** How what a customer does is spread over categories, features, channels, devices and themes. */
final class MixTally implements Tally {
  private static final int CATEGORIES = Day.index(CustomerDay.CATEGORY_UNITS);
  private static final int CHANNELS = Day.index(CustomerDay.ORDER_CHANNELS);
  private static final int FEATURES = Day.index(CustomerDay.EVENT_FEATURES);
  private static final int DEVICES = Day.index(CustomerDay.EVENT_DEVICES);
  private static final int THEMES = Day.index(CustomerDay.FEEDBACK_THEMES);

  private final Counter categories = new Counter();
  private final Counter channels = new Counter();
  private final Counter features = new Counter();
  private final Counter devices = new Counter();
  private final Counter themes = new Counter();

  @Override
  public void add(Day day) {
    categories.add(day, CATEGORIES);
    channels.add(day, CHANNELS);
    features.add(day, FEATURES);
    devices.add(day, DEVICES);
    themes.add(day, THEMES);
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    out.set(CustomerFeatures.CATEGORY_BREADTH, categories.keys());
    out.set(PurchaseFeatures.CATEGORY_ENTROPY, categories.entropy());
    out.set(PurchaseFeatures.TOP_CATEGORY, categories.top());
    out.set(PurchaseFeatures.TOP_CATEGORY_SHARE, categories.topShare());
    out.set(PurchaseFeatures.MAIN_CHANNEL, channels.top());
    out.set(PurchaseFeatures.MAIN_CHANNEL_SHARE, channels.topShare());
    out.set(UsageFeatures.FEATURE_BREADTH, features.keys());
    out.set(UsageFeatures.FEATURE_ENTROPY, features.entropy());
    out.set(UsageFeatures.TOP_FEATURE, features.top());
    out.set(UsageFeatures.MAIN_DEVICE, devices.top());
    out.set(UsageFeatures.MAIN_DEVICE_SHARE, devices.topShare());
    out.set(VoiceFeatures.THEMES, themes.counts(AdoptionTally.MOST));
    out.set(VoiceFeatures.TOP_THEME, themes.top());
  }
}
