package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.CustomerSegment;
import io.stratify.common.tables.IdentityMap;
import io.stratify.common.tables.ShiftReason;
import io.stratify.jobs.features.Cutoffs;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.Segmentation;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Why customers changed segments since the snapshot published before.
 *
 * @param before segmentations published before, by lens
 * @param after segmentations published now
 * @param names names of all segments of both, by id
 * @param cutoffs of the scores in the snapshot before
 * @param previousAsOf as-of date of the snapshot before
 * @param asOf as-of date of this one
 */
record ShiftReasons(
    Map<String, Segmentation> before,
    List<Segmentation> after,
    Map<String, String> names,
    Cutoffs cutoffs,
    LocalDate previousAsOf,
    LocalDate asOf) {
  private static final String CUSTOMER = CustomerFeatures.CUSTOMER_ID.name();
  private static final String REGROUPED = "regrouped";
  private static final StructType SHAPE = shape();

  /**
   * The body of {@code shift_reason}, one row per shift.
   *
   * @param shifts rows of {@code customer_segment} that are shifts
   * @param then {@code customer_features} of the snapshot before
   * @param now that of this snapshot
   * @param days {@code customer_day}
   * @param identities {@code identity_map}
   */
  Dataset<Row> of(
      Dataset<Row> shifts,
      Dataset<Row> then,
      Dataset<Row> now,
      Dataset<Row> days,
      Dataset<Row> identities) {
    Dataset<Row> all =
        shifts
            .select(
                CustomerSegment.LENS.col(),
                CustomerSegment.CUSTOMER_ID.col(),
                CustomerSegment.PREVIOUS_SEGMENT_ID.col(),
                CustomerSegment.SEGMENT_ID.col())
            .join(byBoth(now), CUSTOMER)
            .join(then.select(thenColumns()), CUSTOMER)
            .join(Activity.between(days, previousAsOf, asOf), usingCustomer(), "left")
            .join(regrouped(identities), usingCustomer(), "left");
    Column reason = lit(null).cast(SHAPE);
    for (Segmentation s : explained()) {
      reason = when(CustomerSegment.LENS.col().equalTo(s.lens()), reason(s)).otherwise(reason);
    }
    return all.withColumn("r", reason)
        .where(col("r").isNotNull())
        .select(
            CustomerSegment.LENS.col().as(ShiftReason.LENS.name()),
            col(CUSTOMER).as(ShiftReason.CUSTOMER_ID.name()),
            CustomerSegment.PREVIOUS_SEGMENT_ID.col().as(ShiftReason.PREVIOUS_SEGMENT_ID.name()),
            CustomerSegment.SEGMENT_ID.col().as(ShiftReason.SEGMENT_ID.name()),
            col("r.*"));
  }

  private static String[] usingCustomer() {
    return new String[] {CUSTOMER};
  }

  private List<Segmentation> explained() {
    return after.stream().filter(s -> before.containsKey(s.lens())).toList();
  }

  /**
   * What the models before and now see, and where the one before puts the customers: with the
   * scores that they had by its cut-offs, and with those of now.
   */
  Dataset<Row> byBoth(Dataset<Row> now) {
    Map<String, Column> seen = new LinkedHashMap<>();
    List<Column> kept = new ArrayList<>(List.of(col(CUSTOMER)));
    for (Segmentation s : explained()) {
      Model old = before.get(s.lens()).model();
      Column segment = old.assignment().getField(Model.SEGMENT_ID);
      seen.put("is_" + s.lens(), Reasons.values(ShiftText.deciding(old)));
      seen.put("is_text_" + s.lens(), texts(old));
      seen.put("new_" + s.lens(), Reasons.values(ShiftText.deciding(s.model())));
      boolean scored = !Collections.disjoint(old.features(), Cutoffs.COLUMNS);
      seen.put("rescored_" + s.lens(), scored ? segment : lit(null).cast(DataTypes.StringType));
      kept.add(segment.as("anyway_" + s.lens()));
    }
    seen.keySet().forEach(c -> kept.add(col(c)));
    return cutoffs.rescored(now.withColumns(seen)).select(kept.toArray(Column[]::new));
  }

  private Column[] thenColumns() {
    List<Column> columns = new ArrayList<>(List.of(col(CUSTOMER)));
    for (Segmentation s : explained()) {
      Model old = before.get(s.lens()).model();
      columns.add(Reasons.values(ShiftText.deciding(old)).as("was_" + s.lens()));
      columns.add(texts(old).as("was_text_" + s.lens()));
    }
    return columns.toArray(Column[]::new);
  }

  /** The values of what is no number, as a stage of the lifecycle. */
  private static Column texts(Model model) {
    return functions.array(
        ShiftText.texts(model).stream()
            .map(f -> CustomerFeatures.value(f).cast(DataTypes.StringType))
            .toArray(Column[]::new));
  }

  /** Customers to whom other ids were added in between, or from whom they were taken. */
  Dataset<Row> regrouped(Dataset<Row> identities) {
    Column began = between(IdentityMap.VALID_FROM.col());
    Column ended = coalesce(between(IdentityMap.VALID_TO.col()), lit(false));
    // What both began and ended in between was in neither snapshot.
    return identities
        .where(began.notEqual(ended))
        .select(IdentityMap.CANONICAL_ID.col().as(CUSTOMER), lit(true).as(REGROUPED))
        .distinct();
  }

  private Column between(Column day) {
    return day.gt(lit(Date.valueOf(previousAsOf))).and(day.leq(lit(Date.valueOf(asOf))));
  }

  private Column reason(Segmentation s) {
    Segmentation old = before.get(s.lens());
    ShiftText text =
        new ShiftText(old.model(), s.model(), old.id().equals(s.id()), names, previousAsOf);
    UDF1<Row, Row> explain = text::explain;
    return functions
        .udf(explain, SHAPE)
        .apply(
            struct(
                CustomerSegment.PREVIOUS_SEGMENT_ID.col().as("from"),
                CustomerSegment.SEGMENT_ID.col().as("to"),
                col("was_" + s.lens()).as("was"),
                col("is_" + s.lens()).as("is"),
                col("new_" + s.lens()).as("new"),
                col("anyway_" + s.lens()).as("anyway"),
                coalesce(col(REGROUPED), lit(false)).as(REGROUPED),
                col(Activity.ACTIVITY).as("activity"),
                col("was_text_" + s.lens()).as("was_text"),
                col("is_text_" + s.lens()).as("is_text"),
                col("rescored_" + s.lens()).as("rescored")));
  }

  private static StructType shape() {
    StructType shape = new StructType();
    List<ColumnSpec> columns = ShiftReason.TABLE.body();
    for (ColumnSpec c : columns.subList(4, columns.size())) {
      shape = shape.add(c.name(), c.type());
    }
    return shape;
  }
}
