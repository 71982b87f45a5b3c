package io.stratify.jobs.features;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.PurchaseFeatures;
import java.time.DayOfWeek;
import java.time.LocalDate;

/** Orders of all days: recency, frequency, money, cadence and value. */
final class OrderTally implements Tally {
  private static final int ORDERS = Day.index(CustomerDay.ORDERS);
  private static final int RETURNED_ORDERS = Day.index(CustomerDay.RETURNED_ORDERS);
  private static final int DISCOUNTED_ORDERS = Day.index(CustomerDay.DISCOUNTED_ORDERS);
  private static final int GROSS = Day.index(CustomerDay.GROSS_AMOUNT);
  private static final int COMPLETED = Day.index(CustomerDay.COMPLETED_AMOUNT);
  private static final int RETURNED = Day.index(CustomerDay.RETURNED_AMOUNT);
  private static final int DISCOUNT = Day.index(CustomerDay.DISCOUNT_AMOUNT);
  private static final int UNITS = Day.index(CustomerDay.UNITS);
  private static final int MARGIN = Day.index(CustomerDay.MARGIN_AMOUNT);
  private static final int COSTED = Day.index(CustomerDay.COSTED_AMOUNT);

  private Integer firstOrder;
  private Integer lastOrder;
  private long orderDays;
  private long squaredGaps;
  private long orders;
  private long weekendOrders;
  private long returnedOrders;
  private long discountedOrders;
  private long purchases;
  private long firstPurchase;
  private long gross;
  private long completed;
  private long returned;
  private long discount;
  private long units;
  private long margin;
  private long costed;

  @Override
  public void add(Day day) {
    long n = day.count(ORDERS);
    if (n > 0) {
      addOrderDay(day.date(), n, day.count(COMPLETED));
    }
    returnedOrders += day.count(RETURNED_ORDERS);
    discountedOrders += day.count(DISCOUNTED_ORDERS);
    gross = Money.plus(gross, day.count(GROSS));
    completed = Money.plus(completed, day.count(COMPLETED));
    returned = Money.plus(returned, day.count(RETURNED));
    discount = Money.plus(discount, day.count(DISCOUNT));
    units = Money.plus(units, day.count(UNITS));
    margin = Money.plus(margin, day.count(MARGIN));
    costed = Money.plus(costed, day.count(COSTED));
  }

  private void addOrderDay(int date, long n, long value) {
    purchases = Money.plus(purchases, value);
    if (lastOrder == null) {
      firstOrder = date;
      firstPurchase = value;
    } else {
      long gap = (long) date - lastOrder;
      squaredGaps += gap * gap;
    }
    lastOrder = date;
    orderDays++;
    orders += n;
    DayOfWeek weekday = LocalDate.ofEpochDay(date).getDayOfWeek();
    if (weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY) {
      weekendOrders += n;
    }
  }

  @Override
  public void describe(Moment moment, FeatureValues out) {
    describeRfm(moment, out);
    describeCadence(moment, out);
    describeValue(out);
  }

  private void describeRfm(Moment moment, FeatureValues out) {
    if (orderDays > 0) {
      int repeats = Math.toIntExact(orderDays - 1);
      // Observed up to the day before the as-of date.
      int age = moment.asOf() - 1 - firstOrder;
      out.history(
          repeats,
          lastOrder - firstOrder,
          age,
          Tally.ratio(Money.fraction(Money.minus(purchases, firstPurchase)), repeats));
    }
    out.set(CustomerFeatures.RECENCY_DAYS, moment.since(lastOrder));
    out.set(CustomerFeatures.FREQUENCY, orders);
    out.money(CustomerFeatures.MONETARY_NET, Money.minus(gross, returned));
    out.money(CustomerFeatures.MONETARY_GROSS, gross);
  }

  private void describeCadence(Moment moment, FeatureValues out) {
    out.set(PurchaseFeatures.ORDER_DAYS, orderDays);
    long gaps = orderDays - 1;
    if (gaps < 1) {
      return;
    }
    double mean = (double) (lastOrder - firstOrder) / gaps;
    out.set(CustomerFeatures.MEAN_GAP_DAYS, mean);
    out.set(PurchaseFeatures.OVERDUE_RATIO, moment.since(lastOrder) / mean);
    if (gaps > 1) {
      // Whole numbers until the root: exactly 0 where all gaps are equal.
      long sum = (long) lastOrder - firstOrder;
      double deviation = Math.sqrt((double) (gaps * squaredGaps - sum * sum)) / gaps;
      out.set(PurchaseFeatures.GAP_VARIATION, deviation / mean);
    }
  }

  private void describeValue(FeatureValues out) {
    double bought = Money.fraction(gross);
    double off = Money.fraction(discount);
    out.set(CustomerFeatures.AVG_ORDER, Tally.ratio(Money.fraction(completed), orders));
    out.set(CustomerFeatures.RETURN_SHARE, Tally.share(Money.fraction(returned), bought));
    double kept = Money.fraction(completed);
    out.set(CustomerFeatures.DISCOUNT_SHARE, kept + off > 0 ? Tally.ratio(off, kept + off) : null);
    out.set(PurchaseFeatures.DISCOUNTED_ORDER_SHARE, Tally.share(discountedOrders, orders));
    out.set(
        PurchaseFeatures.RETURNED_ORDER_SHARE,
        Tally.share(returnedOrders, returnedOrders + orders));
    out.set(PurchaseFeatures.UNITS_PER_ORDER, Tally.ratio(Money.fraction(units), orders));
    if (costed != 0 || margin != 0 || units == 0) {
      out.money(PurchaseFeatures.MARGIN, margin);
    }
    out.set(
        PurchaseFeatures.MARGIN_SHARE, Tally.ratio(Money.fraction(margin), Money.fraction(costed)));
    out.set(PurchaseFeatures.WEEKEND_SHARE, Tally.ratio(weekendOrders, orders));
  }
}
