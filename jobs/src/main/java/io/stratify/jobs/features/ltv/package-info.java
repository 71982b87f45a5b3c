/**
 * Predicts what customers will buy, and for how much, over the days after the as-of date.
 *
 * <p>In: {@code customer_day}; out of it the purchase history of every customer, grouped for a fit
 * on the driver.
 *
 * <p>Out: models whose predictions are columns of any dataset of purchase histories.
 */
package io.stratify.jobs.features.ltv;
