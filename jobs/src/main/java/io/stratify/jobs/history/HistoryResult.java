package io.stratify.jobs.history;

import io.stratify.common.Counted;
import io.stratify.jobs.JobResult;
import java.util.Locale;
import java.util.Optional;

/**
 * What was computed again.
 *
 * @param recomputed days whose customer days were computed, or are no more
 * @param days days with facts
 * @param customerDays customer days computed
 * @param rebuilt why all days were computed, if they were for another reason than their facts
 */
record HistoryResult(long recomputed, long days, long customerDays, Optional<String> rebuilt)
    implements JobResult {
  @Override
  public String sentence() {
    return String.format(
            Locale.ROOT,
            "%,d of %s recomputed (%s)",
            recomputed,
            Counted.of(days, "day"),
            Counted.of(customerDays, "customer day"))
        + rebuilt.map(why -> ", " + why).orElse("");
  }
}
