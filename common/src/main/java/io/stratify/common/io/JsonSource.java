package io.stratify.common.io;

import io.stratify.common.StratifyException;
import io.stratify.common.config.SourceConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads JSON so that no malformed record becomes nulls without a mark. */
final class JsonSource {
  private final SparkSession spark;
  private final SourceConfig source;

  JsonSource(SparkSession spark, SourceConfig source) {
    this.spark = spark;
    this.source = source;
  }

  Dataset<Row> read() {
    String path = source.path().orElseThrow();
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(source.options());
    // Rows are read when the session is in another zone again.
    options.putIfAbsent("timeZone", spark.sessionState().conf().sessionLocalTimeZone());
    options.put("columnNameOfCorruptRecord", SourceReader.CORRUPT);
    StructType found = spark.read().format("json").options(options).load(path).schema();
    requireRecords(found, path);
    // The column is inferred only where a record is malformed today.
    StructType columns =
        new StructType(
            Arrays.stream(found.fields())
                .filter(f -> !f.name().equals(SourceReader.CORRUPT))
                .toArray(org.apache.spark.sql.types.StructField[]::new));
    return spark
        .read()
        .format("json")
        .options(options)
        .schema(columns.add(SourceReader.CORRUPT, "string"))
        .load(path);
  }

  private void requireRecords(StructType found, String path) {
    if (Arrays.equals(found.fieldNames(), new String[] {SourceReader.CORRUPT})) {
      throw new StratifyException(
          "Cannot read source %s (%s): no record of %s is a JSON object on a line of its own. Where"
              + " a record spans lines, or the file is one array, set sources.%s.options.multiLine ="
              + " true; else correct sources.%s.format",
          source.name(), source.origin(), path, source.name(), source.name());
    }
  }
}
