package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.stratify.common.spark.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What tells the rows of a source apart: rows with equal fingerprints are exact duplicates. */
final class Fingerprint {
  private Fingerprint() {}

  /** Two hashes of every column, one of them also of which columns are null. */
  static Column of(StructType source) {
    List<Column> values = Arrays.stream(source.fields()).map(Fingerprint::hashable).toList();
    List<Column> masked = new ArrayList<>(values);
    for (int from = 0; from < values.size(); from += Long.SIZE) {
      masked.add(nulls(values.subList(from, Math.min(values.size(), from + Long.SIZE))));
    }
    return struct(xxhash64(values.toArray(Column[]::new)), hash(masked.toArray(Column[]::new)));
  }

  /** Which of at most 64 columns are null, a bit each: a hash of columns passes over those. */
  static Column nulls(List<Column> columns) {
    Column bits = lit(0L);
    for (int i = 0; i < columns.size(); i++) {
      bits = bits.bitwiseOR(when(columns.get(i).isNull(), lit(1L << i)).otherwise(lit(0L)));
    }
    return bits;
  }

  /** Maps have no hash, and that of other nested values passes over the nulls in them. */
  private static Column hashable(StructField field) {
    Column c = Names.column(field.name());
    boolean nested =
        field.dataType() instanceof MapType
            || field.dataType() instanceof StructType
            || field.dataType() instanceof ArrayType;
    return nested ? to_json(c) : c;
  }
}
