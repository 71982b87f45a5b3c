package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.Deduplicate;
import io.stratify.common.config.QualityRule;
import io.stratify.common.config.RowIdentity;
import io.stratify.common.config.RuleKind;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Consents;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.ExperimentExposures;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Subscriptions;
import io.stratify.common.tables.TableSpec;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param keyRequired whether a row without a key breaks a rule, so that it has no peers
 * @param keyedByMapping whether all keys are known once the rows are mapped: neither who the
 *     customers are, nor another input, nor a rate changes them
 */
record Peers(Quality quality, Duplicates duplicates, boolean keyRequired, boolean keyedByMapping) {
  /** Those of an input; what happens on the as-of date or later takes nothing from before it. */
  static Peers of(Inlet.Mapped input, LocalDate asOf) {
    RowIdentity identity = input.input().identity();
    List<String> key = identity.key().isEmpty() ? input.spec().key() : identity.key();
    TableSpec table = input.spec().table();
    return new Peers(
        input.quality(),
        new Duplicates(
            key,
            identity.latestBy().isPresent()
                ? List.of(col(Mapping.ORDER).desc_nulls_last())
                : input
                    .spec()
                    .time()
                    .map(time -> order(table, happened(table, time), asOf))
                    .orElse(List.of()),
            // Who said yes and no at once has not agreed.
            table.equals(Consents.TABLE) ? List.of(Consents.GRANTED.name()) : List.of(),
            identity.deduplicate()),
        key.stream().allMatch(k -> table.column(k).map(ColumnSpec::required).orElse(false)),
        unique(input.quality()).isEmpty() && Collections.disjoint(key, changed(input)));
  }

  /** The latest row counts, but of what was shown to somebody the first. */
  static List<Column> order(TableSpec table, Column time, LocalDate asOf) {
    Column midnight = lit(Timestamp.from(asOf.atStartOfDay(ZoneOffset.UTC).toInstant()));
    Column before = when(time.cast("timestamp").lt(midnight), 0).otherwise(1).asc();
    boolean first = table.equals(ExperimentExposures.TABLE);
    return List.of(before, first ? time.asc_nulls_last() : time.desc_nulls_last());
  }

  /** A subscription that has not started is there since its trial. */
  private static Column happened(TableSpec table, ColumnSpec time) {
    return table.equals(Subscriptions.TABLE)
        ? coalesce(time.col(), Subscriptions.TRIAL_STARTED_ON.col())
        : time.col();
  }

  /** The columns of an input that later steps than the mapping fill or change. */
  private static List<String> changed(Inlet.Mapped input) {
    TableSpec table = input.spec().table();
    List<ColumnSpec> changed = new ArrayList<>(List.of(Customers.CUSTOMER_ID));
    if (table.equals(OrderLines.TABLE)) {
      changed.addAll(Inputs.OF_ORDER);
      changed.addAll(Inputs.OF_PRODUCT);
    }
    if (input.input().currency().isPresent()) {
      changed.addAll(Inputs.money(table));
    }
    return changed.stream().map(ColumnSpec::name).toList();
  }

  /** The rows with what their peers decide; a shuffle by each key. */
  Dataset<Row> mark(Dataset<Row> rows) {
    return duplicates.mark(quality.markPeers(rows, duplicates.mode() == Deduplicate.NONE));
  }

  /**
   * A hash: rows with equal keys have equal hashes.
   *
   * @param ofKeyed null where a row has no key
   * @param ofAll to be used instead where a row without a key may have an equal
   */
  record Key(Column ofKeyed, Optional<Column> ofAll) {}

  /** One hash per key. */
  List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    if (duplicates.mode() != Deduplicate.NONE) {
      keys.add(
          duplicates.key().isEmpty()
              ? new Key(duplicates.hash(), Optional.empty())
              : new Key(
                  duplicates.hashOfKeyed(),
                  Optional.of(duplicates.hash()).filter(h -> !keyRequired)));
    }
    unique(quality).forEach(r -> keys.add(new Key(Quality.hash(r), Optional.empty())));
    return keys;
  }

  private static List<QualityRule> unique(Quality quality) {
    return quality.rowRules().stream().filter(r -> r.kind() == RuleKind.UNIQUE).toList();
  }
}
