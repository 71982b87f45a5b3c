package io.stratify.jobs.features;

/**
 * When a customer is described; days are counted since 1970-01-01.
 *
 * @param asOf the as-of date
 * @param start the day of registration, or of the first fact if that is earlier
 * @param past whether the warehouse as it is today may know more than it did then
 */
record Moment(int asOf, int start, boolean past) {
  /** Days from registration, or the first fact, to the as-of date. */
  int tenure() {
    return asOf - start;
  }

  /** Days from a day to the as-of date. */
  Integer since(Integer day) {
    return day == null ? null : asOf - day;
  }

  /** Days from registration, or the first fact, to a day. */
  Integer untilDay(Integer day) {
    return day == null ? null : day - start;
  }
}
