package io.stratify.jobs.conform;

import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.StructsToJson;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.immutable.Map$;

/**
 * A struct as JSON, as SQL's {@code to_json} has it. That function is no part of generated code, so
 * that Spark would copy every row with its whole source around it, for the few that are bad.
 */
public final class Json implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final String zone;
  private transient StructsToJson writer;

  private Json(StructType schema, String zone) {
    this.schema = schema;
    this.zone = zone;
  }

  /**
   * The text of a struct; times are told in the zone that the session has now.
   *
   * @param schema of the struct
   */
  static Column of(Column struct, StructType schema) {
    Json json = new Json(schema, SQLConf.get().sessionLocalTimeZone());
    return GeneratedCall.ofValue(json, "text", DataTypes.StringType, struct);
  }

  /** Called by generated code, by one task at a time. */
  public UTF8String text(InternalRow struct) {
    if (writer == null) {
      writer =
          new StructsToJson(
              Map$.MODULE$.empty(), new BoundReference(0, schema, true), Option.apply(zone));
    }
    return (UTF8String) writer.eval(new GenericInternalRow(new Object[] {struct}));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && json.schema.equals(schema) && json.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return schema.hashCode();
  }
}
