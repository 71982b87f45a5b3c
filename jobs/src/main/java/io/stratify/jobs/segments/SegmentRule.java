package io.stratify.jobs.segments;

/**
 * A readable rule for a segment of clusters.
 *
 * @param sql condition over columns of {@code customer_features}, in original units; null where the
 *     tree has no leaf for the segment
 * @param depth most questions that are asked
 * @param agreement share of all customers whom the rules put into their segment
 * @param precision share of the customers for whom the rule holds that are in the segment; null
 *     where it holds for nobody
 * @param coverage share of the customers in the segment for whom the rule holds
 */
public record SegmentRule(
    String sql, int depth, double agreement, Double precision, double coverage) {}
