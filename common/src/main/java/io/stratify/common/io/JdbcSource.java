package io.stratify.common.io;

import io.stratify.common.config.SourceConfig;
import io.stratify.common.spark.Names;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCOptions;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.apache.spark.sql.types.StructType;

/** Reads a database. */
final class JdbcSource {
  private final SparkSession spark;
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  JdbcSource(SparkSession spark, SourceConfig source) {
    this.spark = spark;
    // Without it some drivers, that of PostgreSQL for one, hold the whole result in memory.
    options.put("fetchsize", "10000");
    options.putAll(source.options());
  }

  Dataset<Row> read() throws SQLException {
    // When debugging, Spark logs the properties of a connection, and the password is one.
    Configurator.setLevel("org.apache.spark.sql.execution.datasources.jdbc.connection", Level.INFO);
    if (!Boolean.parseBoolean(options.get("preferTimestampNTZ"))
        && options.getOrDefault("url", "").startsWith("jdbc:postgresql:")) {
      List<String> naive = timestampsWithoutZone();
      if (!naive.isEmpty()) {
        Optional.ofNullable(options.get("customSchema")).ifPresent(given -> naive.add(0, given));
        options.put("customSchema", String.join(", ", naive));
      }
    }
    return spark.read().format("jdbc").options(options).load();
  }

  /**
   * Spark takes both kinds of timestamps for one, so it would read those without a zone in the zone
   * of the machine (or, with preferTimestampNTZ, lose the zone of the others). Those to which the
   * user gave a type have that.
   */
  private List<String> timestampsWithoutZone() throws SQLException {
    JDBCOptions jdbc = new JDBCOptions(immutable(options));
    JdbcDialect dialect = JdbcDialects.get(jdbc.url());
    StructType chosen =
        Optional.ofNullable(options.get("customSchema"))
            .map(StructType::fromDDL)
            .orElseGet(StructType::new);
    List<String> columns = new ArrayList<>();
    try (Connection connection = dialect.createConnectionFactory(jdbc).apply(-1);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(dialect.getSchemaQuery(jdbc.tableOrQuery()))) {
      ResultSetMetaData found = rows.getMetaData();
      for (int i = 1; i <= found.getColumnCount(); i++) {
        String column = found.getColumnLabel(i);
        boolean isChosen = Arrays.stream(chosen.fieldNames()).anyMatch(column::equalsIgnoreCase);
        if (found.getColumnTypeName(i).equals("timestamp") && !isChosen) {
          columns.add(Names.quoted(column) + " TIMESTAMP_NTZ");
        }
      }
    }
    return columns;
  }

  private static scala.collection.immutable.Map<String, String> immutable(Map<String, String> map) {
    var result = scala.collection.immutable.Map$.MODULE$.<String, String>empty();
    for (Map.Entry<String, String> entry : map.entrySet()) {
      result = result.updated(entry.getKey(), entry.getValue());
    }
    return result;
  }
}
