package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stratify.common.StratifyException;
import io.stratify.common.config.ConfigWith;
import io.stratify.common.config.LoadedConfig;
import io.stratify.common.config.SourceConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that asks for passwords. The JVM is in New York, the session in UTC. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "only the binaries of this platform are a dependency")
class JdbcSourceTest extends SourceSuite {
  private static final String PASSWORD = "Hunter-2222";

  @TempDir static Path server;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startPostgres() throws IOException, SQLException {
    Path access =
        Files.writeString(
            server.resolve("access.conf"),
            "host all postgres all trust\nhost all all all scram-sha-256\n");
    postgres = EmbeddedPostgres.builder().setServerConfig("hba_file", access.toString()).start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "CREATE ROLE ann LOGIN PASSWORD '" + PASSWORD + "'",
              "CREATE TABLE orders (id int, total numeric(12,2), free numeric, placed timestamp,"
                  + " seen timestamptz, day date, note text, gift boolean)",
              "INSERT INTO orders VALUES (1, 10.50, 0.1, '2026-01-01 00:30:00',"
                  + " '2026-01-01 00:30:00+01', '2026-01-01', 'Zoë', true),"
                  + " (2, -3.00, 2, '2026-07-01 23:30:00', '2026-07-01 23:30:00+00', '2026-07-01',"
                  + " '', false), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
              "CREATE TABLE many AS SELECT n AS id FROM generate_series(-50, 949) AS n",
              "INSERT INTO many VALUES (NULL)",
              "CREATE TABLE hidden (id int)",
              "GRANT SELECT ON orders, many TO ann")) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @Test
  void aTableIsReadWithItsTypes() {
    Dataset<Row> rows = read(jdbc("dbtable", "orders"));
    assertThat(rows.schema().simpleString())
        .isEqualTo(
            "struct<id:int,total:decimal(12,2),free:decimal(38,18),placed:timestamp_ntz,"
                + "seen:timestamp,day:date,note:string,gift:boolean>");
    assertThat(sorted(rows.selectExpr("id", "total", "CAST(free AS DOUBLE)", "note", "gift")))
        .containsExactly(
            "[1,10.50,0.1,Zoë,true]", "[2,-3.00,2.0,,false]", "[3,null,null,null,null]");
    // A naive time is what stands in the table, whatever the zone of the machine.
    assertThat(sorted(rows.selectExpr("id", "string(placed)", "string(seen)", "string(day)")))
        .containsExactly(
            "[1,2026-01-01 00:30:00,2025-12-31 23:30:00,2026-01-01]",
            "[2,2026-07-01 23:30:00,2026-07-01 23:30:00,2026-07-01]",
            "[3,null,null,null]");
  }

  @Test
  void aNaiveTimeIsTakenInTheZoneOfTheSession() {
    String zone = "spark.sql.session.timeZone";
    spark().conf().set(zone, "Europe/Paris");
    Dataset<Row> seconds;
    try {
      seconds =
          read(jdbc("dbtable", "orders")).where("id = 1").selectExpr("CAST(placed AS TIMESTAMP)");
    } finally {
      spark().conf().set(zone, "UTC");
    }
    // 00:30 in Paris in winter is 23:30 UTC of the day before.
    assertThat(seconds.first().getTimestamp(0).toInstant()).isEqualTo("2025-12-31T23:30:00Z");
  }

  @Test
  void theTypeOfOneColumnDoesNotChangeWhatTheTimesOfOthersMean() {
    Dataset<Row> rows = read(jdbc("dbtable", "orders", "customSchema", "free DECIMAL(20,4)"));
    assertThat(rows.select("free", "placed", "seen").schema().simpleString())
        .isEqualTo("struct<free:decimal(20,4),placed:timestamp_ntz,seen:timestamp>");
    assertThat(
            read(jdbc("dbtable", "orders", "customSchema", "placed STRING"))
                .select("placed")
                .schema()
                .simpleString())
        .isEqualTo("struct<placed:string>");
  }

  @Test
  void aQueryIsRunByTheDatabase() {
    String sql = "SELECT note, count(*) AS n FROM orders WHERE gift GROUP BY note";
    assertThat(sorted(read(jdbc("query", sql)))).containsExactly("[Zoë,1]");
  }

  @Test
  void aPartitionedReadTakesEveryRowOnceThoughItsBoundsAreTooNarrow() {
    Dataset<Row> rows =
        read(
            jdbc(
                "dbtable", "(SELECT id FROM many) AS t",
                "partitionColumn", "id",
                "lowerBound", "0",
                "upperBound", "800",
                "numPartitions", "4"));
    assertThat(rows.rdd().getNumPartitions()).isEqualTo(4);
    // Cuts at 200, 400, 600: -50 to 199 and null, 200 to 399, 400 to 599, 600 to 949.
    assertThat(sorted(rows.selectExpr("spark_partition_id() AS p").groupBy("p").count()))
        .containsExactly("[0,251]", "[1,200]", "[2,200]", "[3,350]");
    assertThat(rows.distinct().count()).isEqualTo(1001);
  }

  @Test
  void thePasswordOfTheEnvironmentIsNeitherPrintedNorPlannedNorLogged() throws IOException {
    Path file =
        write(
            "shop.conf",
            ("stratify.sources.s { format = jdbc, options { url = \"%s\", dbtable = orders,"
                    + " user = ann, password = ${?PG_PASSWORD} } }")
                .formatted(url()));
    LoadedConfig loaded = ConfigWith.environment(file, Map.of("PG_PASSWORD", PASSWORD));
    assertThat(loaded.table()).contains("sources.s.options.password").doesNotContain(PASSWORD);
    SourceConfig source = loaded.config().sources().get("s");
    assertThat(source.toString()).contains("orders").doesNotContain(PASSWORD);
    try (LogCapture log = new LogCapture("org.apache.spark")) {
      Dataset<Row> rows = read(source);
      assertThat(rows.collectAsList()).hasSize(3);
      assertThat(rows.queryExecution().explainString(ExplainMode.fromString("extended")))
          .contains("JDBCRelation(orders)")
          .doesNotContain(PASSWORD);
      assertThat(log.text()).contains("`placed` TIMESTAMP_NTZ").doesNotContain(PASSWORD);
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    String wrong = "not-" + PASSWORD;
    refusedWithout(
        wrong,
        jdbc("dbtable", "orders", "password", wrong),
        "the database said: FATAL: password authentication failed for user \"ann\". Correct user and"
            + " password in sources.s.options; a password comes from the environment with password ="
            + " ${?VARIABLE}");
    refusedWithout(
        wrong,
        jdbc("dbtable", "orders", "password", "", "url", url() + "?user=ann&password=" + wrong),
        "the database said: FATAL: password authentication failed for user \"ann\". Correct user and"
            + " password in sources.s.options; a password comes from the environment with password ="
            + " ${?VARIABLE}");
  }

  @Test
  void aMissingPasswordIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    connected(
                        "s", "jdbc", Map.of("url", url(), "dbtable", "orders", "user", "ann"))))
        .isInstanceOf(StratifyException.class)
        .hasMessageContaining("no password was provided")
        .hasMessageEndingWith("a password comes from the environment with password = ${?VARIABLE}");
  }

  @Test
  void aHostThatIsNotThereIsRefused() {
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "orders", "url", "jdbc:postgresql://no-such-host.invalid/shop"),
        "the database said: The connection attempt failed. (UnknownHostException:"
            + " no-such-host.invalid). Correct sources.s.options.url, or start the database");
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "orders", "url", "jdbc:postgresql://localhost:1/shop"),
        "the database said: Connection to localhost:1 refused. Check that the hostname and port are"
            + " correct and that the postmaster is accepting TCP/IP connections. (ConnectException:"
            + " Connection refused). Correct sources.s.options.url, or start the database");
  }

  @Test
  void aDatabaseOrTableThatIsNotThereOrIsForbiddenIsRefused() {
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "orders", "url", url().replace("/postgres", "/shop")),
        "the database said: FATAL: database \"shop\" does not exist. Correct the database in"
            + " sources.s.options.url");
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "ordres"),
        "the database said: ERROR: relation \"ordres\" does not exist. Correct dbtable or query in"
            + " sources.s.options");
    refusedWithout(
        PASSWORD,
        jdbc("query", "SELECT ttl FROM orders"),
        "the database said: ERROR: column \"ttl\" does not exist. Correct dbtable or query in"
            + " sources.s.options");
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "hidden"),
        "the database said: ERROR: permission denied for table hidden. Let this user read it, or"
            + " correct user in sources.s.options");
  }

  @Test
  void aDriverThatIsNotThereIsRefused() {
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "orders", "url", "jdbc:mysql://db/shop?password=" + PASSWORD),
        "there is no JDBC driver for its url. Add the jar of the database's driver to"
            + " STRATIFY_JARS, or correct sources.s.options.url");
    refusedWithout(
        PASSWORD,
        jdbc("dbtable", "orders", "driver", "com.mysql.cj.jdbc.Driver"),
        "there is no JDBC driver com.mysql.cj.jdbc.Driver. Add its jar to STRATIFY_JARS, or correct"
            + " sources.s.options.driver");
  }

  /** Asserts the message, and that no part of the failure has the secret. */
  private void refusedWithout(String secret, SourceConfig source, String message) {
    StratifyException refused = catchThrowableOfType(StratifyException.class, () -> read(source));
    assertThat(refused).hasMessage("Cannot read source s (shop.conf:3): " + message);
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(secret);
  }

  private static String url() {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
  }

  /** A source that ann reads, with options as name, value, name, value. */
  private static SourceConfig jdbc(String... options) {
    Map<String, String> all =
        new TreeMap<>(Map.of("url", url(), "user", "ann", "password", PASSWORD));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    all.values().removeIf(String::isEmpty);
    return connected("s", "jdbc", all);
  }
}
