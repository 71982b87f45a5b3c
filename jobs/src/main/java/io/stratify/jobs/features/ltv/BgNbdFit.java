package io.stratify.jobs.features.ltv;

import io.stratify.common.StratifyException;
import java.util.ArrayList;
import java.util.List;

/** The fit of BG/NBD by maximum likelihood. */
final class BgNbdFit {
  /** With fewer customers the standard error of r is some 25 % and more. */
  private static final int MIN_CUSTOMERS = 100;

  /** With fewer who bought again there is next to nothing to learn rates and dropout from. */
  private static final int MIN_REPEATING = 10;

  /**
   * Dropouts to start from. The last is where some leave for certain after their first purchase and
   * the others never, a maximum of its own that no climb from the others comes to.
   */
  private static final double[][] DROPOUTS = {{0.8, 2.5}, {0.2, 4}, {0.05, 0.4}};

  private final List<PurchaseHistory> histories;
  private final long customers;
  private final long repeating;

  BgNbdFit(List<PurchaseHistory> histories) {
    this.histories = histories;
    this.customers = count(histories);
    this.repeating = count(histories.stream().filter(h -> h.x() > 0).toList());
  }

  private static long count(List<PurchaseHistory> histories) {
    return histories.stream().mapToLong(PurchaseHistory::customers).sum();
  }

  BgNbd fitted() {
    refuseTooFew();
    return Maximum.of(
            new BgNbdLikelihood(histories),
            new BgNbdLikelihood(Thinned.of(histories, BgNbdLikelihood.ORDER)),
            starts())
        .map(m -> BgNbd.ofLogs(m.at().toArray()))
        .orElseThrow(
            () ->
                new StratifyException(
                    "Cannot fit BG/NBD: the search for the maximum of the likelihood of %,d"
                        + " customers, %,d of whom bought again, does not come to an end. Fit it"
                        + " on a longer history or more customers",
                    customers, repeating));
  }

  private void refuseTooFew() {
    if (repeating == 0) {
      throw new StratifyException(
          "Cannot fit BG/NBD: none of %,d customers with a purchase bought on a second day."
              + " Fit it on a longer history",
          customers);
    }
    if (customers < MIN_CUSTOMERS || repeating < MIN_REPEATING) {
      throw new StratifyException(
          "Cannot fit BG/NBD: it needs at least %d customers with a purchase, %d of whom bought"
              + " on a second day; there are %,d and %,d. Fit it on a longer history or more"
              + " customers",
          MIN_CUSTOMERS, MIN_REPEATING, customers, repeating);
    }
  }

  /** Starts whose mean rate is the observed one, so that they fit any pace of business. */
  private List<double[]> starts() {
    // Whole numbers, whose sums do not depend on the order of the histories.
    long purchases = 0;
    long days = 0;
    for (PurchaseHistory h : histories) {
      purchases += h.x() * h.customers();
      days += h.age() * h.customers();
    }
    List<double[]> starts = new ArrayList<>();
    for (double r : new double[] {0.3, 2}) {
      double alpha = r * days / BgNbd.DAYS / purchases;
      for (double[] dropout : DROPOUTS) {
        starts.add(
            new double[] {
              Math.log(r), Math.log(alpha), Math.log(dropout[0]), Math.log(dropout[1])
            });
      }
    }
    return starts;
  }
}
