package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.config.ConsentConfig;
import io.stratify.common.tables.Consents;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whose data may be used as of a date: the latest decision before its midnight (UTC) counts, and of
 * decisions of one moment the withdrawal. Where past snapshots count too, a customer whose latest
 * decision of all is a withdrawal is withheld whatever the as-of date.
 */
record Consent(ConsentConfig config, LocalDate asOf) {
  static final String PERSON = "person";
  static final String WITHHELD = "withheld";

  /** Whether a person is withheld whatever the as-of date: as far as is known today. */
  static final String WITHDRAWN = "withdrawn";

  /**
   * One row per person who decided on the purpose: {@link #PERSON}, {@link #WITHHELD} and {@link
   * #WITHDRAWN}.
   *
   * @param decisions conformed consents of which the customer is the person already
   */
  Dataset<Row> decided(Dataset<Row> decisions) {
    Column midnight = lit(Timestamp.from(midnight()));
    Column decision =
        struct(Consents.DECIDED_AT.col(), not(Consents.GRANTED.col()).as("withdrawn"));
    Dataset<Row> latest =
        decisions
            .where(lower(Consents.PURPOSE.col()).equalTo(config.purpose().toLowerCase(Locale.ROOT)))
            .groupBy(Consents.CUSTOMER_ID.col().as(PERSON))
            .agg(
                max(when(Consents.DECIDED_AT.col().lt(midnight), decision)).as("then"),
                max(decision).as("now"));
    Column then = coalesce(col("then.withdrawn"), lit(withoutDecision()));
    Column now = lit(config.pastSnapshots()).and(col("now.withdrawn"));
    return latest.select(col(PERSON), then.or(now).as(WITHHELD), now.as(WITHDRAWN));
  }

  /** The last moment of which the decision counts. */
  Column lastMoment() {
    return lit(Timestamp.from(midnight().minus(1, ChronoUnit.MICROS)));
  }

  private Instant midnight() {
    return asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** What holds for a person who decided nothing, where there are consents. */
  boolean withoutDecision() {
    return config.withoutDecision() == ConsentConfig.Default.WITHHELD;
  }

  /** What holds for everybody where there are no consents. */
  boolean withoutTable() {
    return config.withoutTable() == ConsentConfig.Default.WITHHELD;
  }
}
