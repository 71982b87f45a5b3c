package io.stratify.jobs.conform;

import java.util.List;

/**
 * Why a row is not handed on although nothing is wrong with it, as {@link Mapping#RULE} says it.
 */
final class Fate {
  /** A row that equals another one which is kept. */
  static final String DUPLICATE = "exact duplicate";

  /** A row whose key has a later row, where the latest counts. */
  static final String SUPERSEDED = "superseded";

  /** A customer who became part of another one, because they are one person. */
  static final String MERGED = "merged";

  /** A row of a customer without consent, or who was erased. */
  static final String WITHHELD = "withheld";

  /** All of them. */
  static final List<String> ALL = List.of(DUPLICATE, SUPERSEDED, MERGED, WITHHELD);

  private Fate() {}
}
