package io.stratify.jobs.conform;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one pass over the marked rows of an input counted.
 *
 * @param books what became of the rows
 * @param failed rows that failed each row rule of the configuration, in their order
 * @param missing rows handed on without a value, for the columns that a rule asks for
 * @param first day (UTC) of the oldest row handed on
 * @param last day (UTC) of the newest row handed on of those before the as-of date
 */
record Counts(
    Books books,
    List<Long> failed,
    Map<String, Long> missing,
    Optional<LocalDate> first,
    Optional<LocalDate> last) {}
