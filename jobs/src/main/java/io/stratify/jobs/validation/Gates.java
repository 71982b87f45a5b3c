package io.stratify.jobs.validation;

import io.stratify.common.config.Gate;
import io.stratify.common.config.GatesConfig;

/**
 * Holds figures against the limits of a lens.
 *
 * @param limits the limits
 * @param unmeasuredFails whether what cannot be measured fails
 */
record Gates(GatesConfig limits, boolean unmeasuredFails) {
  /** The figure with its verdict; it stays as it is where the gate is off. */
  Figure judge(Gate gate, Figure figure) {
    return limits
        .limit(gate)
        .map(limit -> figure.against(gate, limit, unmeasuredFails))
        .orElse(figure);
  }
}
