package io.stratify.common.io;

import static org.apache.spark.sql.functions.lit;

import io.stratify.common.config.SourceConfig;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads CSV so that no malformed record becomes nulls, and no value gets into a wrong column. */
final class CsvSource {
  private final SparkSession spark;
  private final SourceConfig source;
  private final SourceFiles files;
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  CsvSource(SparkSession spark, SourceConfig source, SourceFiles files) {
    this.spark = spark;
    this.source = source;
    this.files = files;
    options.putAll(source.options());
    // A type guessed from the data changes with the data; the mapping gives the types.
    options.putIfAbsent("inferSchema", "false");
    // Rows are read when the session is in another zone again.
    options.putIfAbsent("timeZone", spark.sessionState().conf().sessionLocalTimeZone());
    // Of a record whose columns are not all parsed, Spark does not see that fields are missing.
    options.put("columnPruning", "false");
    options.put("columnNameOfCorruptRecord", SourceReader.CORRUPT);
    if (encoding().startsWith("UTF-16") || encoding().startsWith("UTF-32")) {
      // Lines are split at a byte before they are decoded; only whole files are decoded first.
      options.put("multiLine", "true");
    }
  }

  Dataset<Row> read() {
    String path = source.path().orElseThrow();
    Dataset<Row> found = reader().load(path);
    new CsvHeaders(source, files, encoding()).require(found.inputFiles(), this::columns);
    if ("FAILFAST".equalsIgnoreCase(options.get("mode"))) {
      // Nothing malformed gets through, so nothing need be kept of it, which is faster.
      Column none = lit(null).cast("string");
      return reader().schema(found.schema()).load(path).withColumn(SourceReader.CORRUPT, none);
    }
    return reader().schema(found.schema().add(SourceReader.CORRUPT, "string")).load(path);
  }

  private String encoding() {
    String charset = options.getOrDefault("charset", "UTF-8");
    return options.getOrDefault("encoding", charset).toUpperCase(Locale.ROOT);
  }

  private String[] columns(String file) {
    return reader().load(SourcePaths.path(file).toString()).columns();
  }

  private DataFrameReader reader() {
    return spark.read().format("csv").options(options);
  }
}
