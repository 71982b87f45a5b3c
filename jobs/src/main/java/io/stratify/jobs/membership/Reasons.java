package io.stratify.jobs.membership;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.MembershipReason;
import io.stratify.jobs.segments.Additive;
import io.stratify.jobs.segments.ClusterModel;
import io.stratify.jobs.segments.Model;
import io.stratify.jobs.segments.PartialModel;
import io.stratify.jobs.segments.Segmentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Why every customer is in his segment. Where the model is a sum over features the reasons are the
 * features with the largest contribution to the margin over the runner-up, and together with the
 * rest they are that margin; for rules and tiers they are the values that decide.
 */
final class Reasons {
  private static final StructType SHAPE = shape();

  private Reasons() {}

  /** The body of {@code membership_reason}: one row per lens and customer, in one pass. */
  static Dataset<Row> of(Dataset<Row> features, List<Segmentation> segmentations) {
    Column[] lenses =
        segmentations.stream()
            .map(s -> struct(lit(s.lens()).as("lens"), reason(s).cast(SHAPE).as("r")))
            .toArray(Column[]::new);
    return features
        .select(CustomerFeatures.CUSTOMER_ID.col(), explode(array(lenses)).as("m"))
        .select(
            col("m.lens").as(MembershipReason.LENS.name()),
            CustomerFeatures.CUSTOMER_ID.col(),
            col("m.r.*"));
  }

  private static Column reason(Segmentation s) {
    if (s.model() instanceof PartialModel partial) {
      return functions
          .when(partial.isKnown(), ofSum(s, partial.inner()))
          .otherwise(ofRule(s, List.of()).cast(SHAPE));
    }
    return s.model()
        .additive()
        .map(a -> ofSum(s, a))
        .orElseGet(() -> ofRule(s, s.model().features()));
  }

  private static Column ofSum(Segmentation s, Additive model) {
    Map<String, String> names = new HashMap<>();
    s.segments().forEach(i -> names.put(i.id(), i.name()));
    UDF1<scala.collection.Seq<Double>, Row> explain =
        raw -> Reason.of(model, names, ClusterModel.unbox(raw)).row();
    return functions.udf(explain, SHAPE).apply(values(model.features()));
  }

  private static Column ofRule(Segmentation s, List<String> features) {
    Column id = s.model().assignment().getField(Model.SEGMENT_ID);
    List<Column> values = new ArrayList<>();
    List<Column> words = new ArrayList<>(List.of(definition(s, id)));
    for (String feature : new LinkedHashSet<>(features)) {
      Column none = lit(null).cast(DataTypes.DoubleType);
      values.add(
          struct(
              lit(feature).as("feature"),
              (isText(feature) ? none : CustomerFeatures.number(feature)).as("value"),
              none.as("typical"),
              none.as("typical_of_runner_up"),
              none.as("contribution")));
      words.add(lit("; " + feature + " is "));
      words.add(functions.coalesce(text(feature), lit("unknown")));
    }
    return struct(
        id.as(Model.SEGMENT_ID),
        lit(null).as("runner_up_id"),
        lit(null).as("measure"),
        lit(null).as("margin"),
        array(values.toArray(Column[]::new)).as("features"),
        lit(null).as("rest"),
        concat(words.toArray(Column[]::new)).as("sentence"));
  }

  /** Looked up: where crossed lenses are compared with each id, no method can hold the code. */
  private static Column definition(Segmentation s, Column id) {
    Map<String, String> texts = new LinkedHashMap<>(); // a map of Spark takes no key twice
    s.segments().forEach(i -> texts.put(i.id(), i.name() + ": " + i.definition()));
    Column[] entries =
        texts.entrySet().stream()
            .flatMap(e -> Stream.of(lit(e.getKey()), lit(e.getValue())))
            .toArray(Column[]::new);
    return functions.coalesce(functions.map(entries).apply(id), id);
  }

  private static Column text(String feature) {
    return isText(feature)
        ? col(feature).cast(DataTypes.StringType)
        : exact(functions.format_number(CustomerFeatures.number(feature), 4));
  }

  /** Money has four decimals, and a rule may look at the last of them. */
  private static Column exact(Column number) {
    Column shortest =
        functions.regexp_replace(
            functions.regexp_replace(number, "(\\.\\d*?)0+$", "$1"), "\\.$", "");
    return functions.regexp_replace(shortest, "^-0$", "0");
  }

  /** Whether a feature is no number, as a country or a stage of the lifecycle. */
  static boolean isText(String feature) {
    return CustomerFeatures.TABLE
        .column(feature)
        .filter(c -> !(c.type() instanceof NumericType))
        .isPresent();
  }

  /** Features as an array of doubles, null where missing or no number. */
  static Column values(List<String> names) {
    Column none = lit(null).cast(DataTypes.DoubleType);
    return array(
            names.stream()
                .map(n -> isText(n) ? none : CustomerFeatures.number(n))
                .toArray(Column[]::new))
        .cast(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  private static StructType shape() {
    StructType shape = new StructType();
    for (var c : MembershipReason.TABLE.body()) {
      if (!c.equals(MembershipReason.LENS) && !c.equals(MembershipReason.CUSTOMER_ID)) {
        shape = shape.add(c.name(), c.type());
      }
    }
    return shape;
  }
}
