package io.stratify.jobs.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.stratify.common.StratifyException;
import io.stratify.common.config.InputConfig;
import io.stratify.common.io.SourceReader;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Opens the sources of all inputs and maps them, after every mapping has been checked. */
final class Inlet {
  /**
   * The mapped rows of one input.
   *
   * @param input configuration
   * @param rows canonical columns with the marks of {@link Mapping}
   * @param read observes the rows read
   * @param sourceBytes Spark's estimate of the size of the source
   */
  record Mapped(InputConfig input, Dataset<Row> rows, Observation read, BigInteger sourceBytes) {
    /** The same input with rows that went through another step. */
    Mapped with(Dataset<Row> next) {
      return new Mapped(input, next, read, sourceBytes);
    }

    /** The same input where rows without a value in a column break a rule. */
    Mapped requiring(String column) {
      return with(Mapping.breaking(rows, col(column).isNull(), column + " is missing"));
    }
  }

  private Inlet() {}

  /**
   * The mapped rows of each configured input, by table name.
   *
   * @throws StratifyException that names every expression that does not fit its source
   */
  static Map<String, Mapped> open(SourceReader sources, Map<String, InputConfig> inputs) {
    List<String> problems = new ArrayList<>();
    Map<String, Mapped> mapped = new LinkedHashMap<>();
    for (TableSpec table : Inputs.ALL) {
      InputConfig input = inputs.get(table.name());
      if (input == null) {
        continue;
      }
      Dataset<Row> source = sources.read(input.source());
      Mapping mapping = new Mapping(table, input);
      List<String> found = mapping.problems(source);
      problems.addAll(found);
      if (found.isEmpty()) {
        mapped.put(table.name(), observed(mapping, input, source));
      }
    }
    if (!problems.isEmpty()) {
      throw new StratifyException(
          "Cannot map the inputs; nothing was written. Correct these expressions:%n  %s",
          String.join(String.format("%n  "), problems));
    }
    return mapped;
  }

  private static Mapped observed(Mapping mapping, InputConfig input, Dataset<Row> source) {
    Observation read = new Observation("rows read for " + input.table());
    Dataset<Row> wanted = input.where().map(w -> source.where(expr(w))).orElse(source);
    Dataset<Row> counted = wanted.observe(read, count(lit(1)).as("rows"));
    BigInteger bytes = source.queryExecution().optimizedPlan().stats().sizeInBytes().bigInteger();
    return new Mapped(input, mapping.map(counted), read, bytes);
  }
}
