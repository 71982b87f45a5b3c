package io.stratify.jobs.conform;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RowIdentity;
import io.stratify.common.config.RuleKind;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Customers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rules that hold the rows of an input against each other: uniqueness and duplicates. Only rows
 * of which a key is used more than once need them.
 *
 * @param quality rules of the configuration
 * @param duplicates which rows count once
 */
record Peers(Quality quality, Duplicates duplicates) {
  static Peers of(Inlet.Mapped input) {
    RowIdentity identity = input.input().identity();
    return new Peers(
        input.quality(),
        new Duplicates(
            identity.key().isEmpty() ? input.spec().key() : identity.key(),
            identity.latestBy().isPresent()
                ? Optional.of(Mapping.ORDER)
                : input.spec().time().map(ColumnSpec::name),
            identity.deduplicate()));
  }

  /** The rows with what their peers decide; a shuffle by each key. */
  Dataset<Row> mark(Dataset<Row> rows) {
    return duplicates.mark(quality.markPeers(rows, duplicates.mode() == Deduplicate.NONE));
  }

  /** One hash per key: rows with equal keys have equal hashes. Null where a row has no key. */
  List<Column> keys() {
    List<Column> keys = new ArrayList<>();
    if (duplicates.mode() != Deduplicate.NONE) {
      keys.add(duplicates.hash());
    }
    unique().forEach(r -> keys.add(Quality.hash(r)));
    return keys;
  }

  /** Whether all keys are known once the rows are mapped, whoever the customers are. */
  boolean keyedByMapping() {
    return unique().isEmpty() && !duplicates.key().contains(Customers.CUSTOMER_ID.name());
  }

  private List<QualityRule> unique() {
    return quality.rowRules().stream().filter(r -> r.kind() == RuleKind.UNIQUE).toList();
  }
}
