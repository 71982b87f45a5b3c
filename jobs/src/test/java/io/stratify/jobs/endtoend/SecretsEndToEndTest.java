package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is told every kind of secret, with all of Spark's log, its event log and its pages
 * open, in a process of its own: the canary is nowhere but in its environment and the database.
 */
class SecretsEndToEndTest {
  private static final String CANARY = "canary-0d5f1b7c9e";

  /** Pages of Spark, and what its REST interface answers below an application. */
  private static final List<String> PAGES =
      List.of("/environment/", "/jobs/", "/SQL/", "/executors/", "/api/v1/applications");

  private static final List<String> ANSWERS =
      List.of("/environment", "/sql?details=true&planDescription=true&length=1000", "/jobs");

  @TempDir Path folder;

  @Test
  void aSecretIsInNoLogNoErrorNoTableAndOnNoPageOfSpark()
      throws IOException, InterruptedException, SQLException {
    Shop.open(folder);
    String url = "jdbc:derby:" + folder.resolve("crm");
    database(url);
    int port = freePort();
    Path conf = folder.resolve("secret.conf");
    Files.writeString(conf, overlay(url, port));
    Files.createDirectories(folder.resolve("events"));

    Driver run =
        Driver.start(
            folder,
            Map.of("CRM_PASSWORD", CANARY, "STRATIFY_ERASURE_SECRET", CANARY),
            List.of(
                "run",
                "-v",
                "--as-of",
                Shop.AS_OF,
                "--conf",
                folder.resolve("shop.conf").toString(),
                "--conf",
                conf.toString()));
    Map<String, String> pages = pagesWhile(run, port);
    Cli.Result result = run.await();

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(pages.keySet()).as("pages were seen").hasSizeGreaterThanOrEqualTo(8);
    assertThat(pages.get("/environment/"))
        .as("its place is there, and masked")
        .contains("fs.azure.account.key.shop", "redacted");
    assertThat(result.err()).as("all of Spark's log").contains(" INFO ");
    pages.forEach((page, text) -> assertThat(text).as(page).doesNotContain(CANARY));
    assertThat(result.out() + result.err()).doesNotContain(CANARY);
    assertThat(filesWith(folder.resolve("out"))).isEmpty();
    assertThat(filesWith(folder.resolve("events"))).isEmpty();
    assertThat(tablesWith(folder.resolve("out"))).isEmpty();
  }

  @Test
  void aWrongPasswordIsNotInTheErrorThatTellsOfIt() throws IOException, SQLException {
    Shop.open(folder);
    String url = "jdbc:derby:" + folder.resolve("crm");
    database(url);
    Path conf = folder.resolve("secret.conf");
    Files.writeString(
        conf,
        overlay(url + "-that-is-not-there", 0).replace("${CRM_PASSWORD}", "\"" + CANARY + "\""));
    Cli.Result result =
        Cli.run(
            List.of(
                "run",
                "-v",
                "--as-of",
                Shop.AS_OF,
                "--conf",
                folder.resolve("shop.conf").toString(),
                "--conf",
                conf.toString()));
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).contains("crm").doesNotContain(CANARY);
    assertThat(filesWith(folder.resolve("out"))).isEmpty();
    assertThat(Cli.run(List.of("config", "--conf", conf.toString())).out())
        .contains("sources.crm.options.password", "******")
        .doesNotContain(CANARY);
  }

  /** The customers come from a database; other secrets go to the session and to file systems. */
  private String overlay(String url, int port) {
    return String.format(
        Locale.ROOT,
        """
        stratify {
          sources.crm {
            format = jdbc
            options { url = "%s", dbtable = people, user = reader, password = ${CRM_PASSWORD} }
          }
          inputs.customers {
            source = crm
            columns { customer_id = ID, signed_up_on = JOINED, country = COUNTRY }
          }
          spark.conf {
            "spark.ui.enabled" = "%s"
            "spark.ui.port" = "%d"
            "spark.eventLog.enabled" = "true"
            "spark.eventLog.dir" = "%s"
            "spark.hadoop.fs.azure.account.key.shop" = ${CRM_PASSWORD}
            "spark.hadoop.fs.s3a.secret.key" = ${CRM_PASSWORD}
            "spark.hadoop.javax.jdo.option.ConnectionPassword" = ${CRM_PASSWORD}
          }
        }
        """,
        url,
        port > 0,
        port,
        folder.resolve("events").toUri());
  }

  private static void database(String url) throws SQLException {
    try (Connection db = DriverManager.getConnection(url + ";create=true");
        Statement sql = db.createStatement()) {
      sql.execute("CREATE SCHEMA reader");
      sql.execute(
          "CREATE TABLE reader.people (id VARCHAR(9), joined VARCHAR(10), country CHAR(2))");
      for (String line : Shop.goodCustomers()) {
        String[] cells = line.split(",", -1);
        sql.execute(
            String.format(
                Locale.ROOT,
                "INSERT INTO reader.people VALUES ('%s', '%s', '%s')",
                cells[0],
                cells[1],
                cells[2]));
      }
    }
    try {
      DriverManager.getConnection(url + ";shutdown=true").close();
    } catch (SQLException e) {
      assertThat(e.getSQLState())
          .as("closed, so that another process may open it")
          .isEqualTo("08006");
    }
  }

  /** What the pages say, the last time and all times together, while the process is alive. */
  private static Map<String, String> pagesWhile(Driver run, int port) throws InterruptedException {
    Map<String, String> seen = new TreeMap<>();
    HttpClient http = HttpClient.newHttpClient();
    while (run.process().isAlive()) {
      for (String page : PAGES) {
        see(http, port, page, seen);
      }
      Matcher id =
          Pattern.compile("\"id\" : \"([^\"]+)\"").matcher(seen.getOrDefault(PAGES.get(4), ""));
      if (id.find()) {
        for (String answer : ANSWERS) {
          see(http, port, PAGES.get(4) + "/" + id.group(1) + answer, seen);
        }
      }
      Thread.sleep(500);
    }
    return seen;
  }

  private static void see(HttpClient http, int port, String page, Map<String, String> seen)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        boolean leaked = seen.getOrDefault(page, "").contains(CANARY);
        seen.put(page, leaked ? seen.get(page) : answer.body());
      }
    } catch (IOException e) {
      // Not there yet, or no more.
    }
  }

  private static List<String> filesWith(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY)) {
            found.add(file.toString());
          }
        }
      }
    }
    return found;
  }

  /** Parquet compresses what it holds, so the rows are looked at as well. */
  private static List<String> tablesWith(Path root) throws IOException {
    SparkSession spark = SharedSpark.interpreted();
    List<String> found = new ArrayList<>();
    try (Stream<Path> tables = Files.list(root)) {
      for (Path table : tables.filter(t -> Files.isDirectory(t.resolve("_delta_log"))).toList()) {
        boolean there =
            !spark
                .read()
                .format("delta")
                .load(table.toString())
                .selectExpr("to_json(struct(*)) AS text")
                .where(functions.col("text").contains(CANARY))
                .isEmpty();
        if (there) {
          found.add(table.getFileName().toString());
        }
      }
    }
    return found;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
