package io.stratify.common.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a feature is about; features of one group rise and fall together. */
public enum FeatureGroup {
  /** Recency, frequency and money. */
  RFM,
  /** How regularly a customer buys. */
  CADENCE,
  /** The last window against the one before it. */
  TREND,
  /** How many different things a customer buys and uses. */
  BREADTH,
  /** What an order and a customer are worth. */
  VALUE,
  /** Where in the life of a customer he is. */
  LIFECYCLE,
  /** Where and when a customer buys, and with which device. */
  CHANNEL,
  /** How much a customer uses the product. */
  ENGAGEMENT,
  /** Which parts of the product a customer uses, and how soon. */
  ADOPTION,
  /** How far a customer came. */
  FUNNEL,
  /** How much help a customer needs. */
  SUPPORT,
  /** How a customer answers to campaigns. */
  CAMPAIGN,
  /** What a customer says. */
  ATTITUDE,
  /** What matters to a customer. */
  NEEDS,
  /** Who a customer is. */
  PROFILE,
  /** Which company a customer belongs to. */
  FIRMOGRAPHIC,
  /** How and when a customer came. */
  CONTEXT,
  /** What the configuration adds, where it names no other group. */
  CUSTOM;

  /** Names of all groups, as configurations write them. */
  public static final List<String> NAMES =
      Arrays.stream(values()).map(FeatureGroup::label).toList();

  /** The name for people and for configurations. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
