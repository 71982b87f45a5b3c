package io.stratify.common.config;

import java.util.List;
import java.util.Optional;

/**
 * Which rows of an input are the same row.
 *
 * @param deduplicate which rows count once
 * @param key canonical columns that identify a row; empty for those of the table
 * @param latestBy what orders the rows of one key, the highest being the latest; empty for the time
 *     of the table
 */
public record RowIdentity(
    Deduplicate deduplicate, List<String> key, Optional<SqlExpression> latestBy) {
  /** Equal rows count once, the key is that of the table. */
  public static final RowIdentity DEFAULT =
      new RowIdentity(Deduplicate.EXACT, List.of(), Optional.empty());

  /** Makes the key immutable. */
  public RowIdentity {
    key = List.copyOf(key);
  }
}
