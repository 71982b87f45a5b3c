package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSecretsTest {
  @TempDir Path folder;
  private ConfFolder conf;

  @BeforeEach
  void setUp() {
    conf = new ConfFolder(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "dbPassword",
        "passwd",
        "client_secret",
        "sfToken",
        "token",
        "credentials",
        "access-key",
        "fs.s3a.access.key",
        "fs.s3a.secret.key",
        "private-key",
        "sas",
        "fs.azure.account.key.shop.dfs.core.windows.net",
        "fs.azure.sas.fixed.token",
        "apiKey",
        "es.net.http.auth.pass",
        "ES_PASS",
        "keyStorePass",
        "spark.openlineage.transport.headers.Authorization",
        "storage_key"
      })
  void namesThatLookSecretAreMasked(String name) {
    LoadedConfig loaded =
        conf.load("sources.s { table = t, options { \"" + name + "\" = hunter2 } }");

    assertThat(ConfFolder.value(loaded, "sources.s.options." + name)).isEqualTo("\"******\"");
    assertThat(loaded.config().sources().get("s").options()).containsEntry(name, "hunter2");
    assertThat(loaded.config() + loaded.table()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header",
        "kafka.sasl.mechanism",
        "sasha",
        "key",
        "user",
        "passenger",
        "bypass",
        "foreign-key",
        "dbtable"
      })
  void otherNamesAreNot(String name) {
    LoadedConfig loaded =
        conf.load("sources.s { table = t, options { \"" + name + "\" = shown } }");

    assertThat(ConfFolder.value(loaded, "sources.s.options." + name)).isEqualTo("\"shown\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://bob:hunter2@host/db | postgres://bob:******@host/db",
        "postgres://bob:hun/ter@2@host:1/db | postgres://bob:******@host:1/db",
        "jdbc:oracle:thin:bob/hunter2@host:1:x | jdbc:oracle:thin:bob/******@host:1:x",
        "jdbc:x://h/db?user=bob&password=hunter2&ssl=on"
            + " | jdbc:x://h/db?user=bob&password=******&ssl=on",
        "jdbc:x://h;PWD=hunter2;a=b | jdbc:x://h;PWD=******;a=b",
        "wasbs://c@a/x?sv=1&sig=hunter2 | wasbs://c@a/x?sv=1&sig=******",
        "module required password='hunter 2'; | module required password=******;",
        "x Authorization: Bearer hunter2, y | x Authorization: ******, y",
        "pass=hunter2 passed=3 | pass=****** passed=3",
        "s3a://bucket/path:1 | s3a://bucket/path:1",
      })
  void secretsWithinATextAreMasked(String text, String masked) {
    LoadedConfig loaded = conf.load("sources.s { table = t, options { url = \"" + text + "\" } }");

    assertThat(ConfFolder.value(loaded, "sources.s.options.url")).isEqualTo("\"" + masked + "\"");
    assertThat(loaded.config().sources().get("s").toString()).contains(masked);
  }

  @Test
  void aSecretFromTheEnvironmentIsHiddenWhereverItGoes() {
    Path file =
        conf.stratify(
            "a.conf",
            "sources.s { format = csv, path = \"/lake/\"${DB_PASSWORD}\"/x\"",
            "  options { user = ${DB_PASSWORD}, password = ${DB_PASSWORD} } }");

    LoadedConfig loaded =
        ConfigLoader.load(List.of(file), Map.of(), Map.of("DB_PASSWORD", "hunter2"));

    assertThat(loaded.config().sources().get("s").path()).contains("/lake/hunter2/x");
    assertThat(loaded.table()).doesNotContain("hunter2");
    assertThat(ConfFolder.effective(loaded, "sources.s.path"))
        .isEqualTo(new EffectiveValue("sources.s.path", "\"/lake/******/x\"", file + ":2"));
    assertThat(ConfFolder.effective(loaded, "sources.s.options.password"))
        .isEqualTo(new EffectiveValue("sources.s.options.password", "\"******\"", "environment"));
  }

  @Test
  void aSecretOnTheCommandLineIsRefusedButMayBeTakenFromAVariableThere() {
    String option = "sources.s.options.";
    Map<String, String> environment = Map.of("DB_PASSWORD", "hunter2");
    Path file = conf.stratify("a.conf", "sources.s { table = t }");

    for (String[] set :
        new String[][] {
          {option + "password", "hunter2", ""},
          {option + "url", "jdbc:postgresql://bob:hunter2@host/db", ""},
          {"sources.s.options", "{ header = true, token = hunter2 }", ".token"},
          {"spark.conf", "{ \"fs.s3a.secret.key\" = hunter2 }", ".\"fs.s3a.secret.key\""},
          {"spark.conf.spark.hadoop.fs.s3a.secret.key", "hunter2", ""},
          {
            "stratify.spark.conf",
            "{ fs { s3a { secret { key = hunter2 } } } }",
            ".fs.s3a.secret.key"
          },
          {option + "fs.azure.account.key.acct.dfs.core.windows.net", "hunter2", ""}
        }) {
      String key = set[0] + set[2];
      assertThat(conf.problems(List.of(file), Map.of(set[0], set[1]), environment))
          .containsExactly(
              "--set: "
                  + key
                  + " holds a secret, which others could read in the list of processes. Give it in a"
                  + " file, or in quotes '${NAME}' for the variable of the environment that holds it");
    }
    LoadedConfig loaded =
        ConfigLoader.load(
            List.of(file), Map.of(option + "password", "${DB_PASSWORD}"), environment);
    assertThat(loaded.config().sources().get("s").options()).containsEntry("password", "hunter2");
    assertThat(loaded.table()).doesNotContain("hunter2");
  }

  @Test
  void variablesAreReplacedBesideWhatHoconTakesForAComment() {
    LoadedConfig loaded =
        ConfigLoader.load(
            List.of(),
            Map.of("output.root", "s3a://${BUCKET}/a#${?NO_SUCH}b"),
            Map.of("BUCKET", "shop"));
    assertThat(loaded.config().output().root()).isEqualTo("s3a://shop/a#b");
  }

  @Test
  void noProblemShowsASecret() {
    Path file =
        conf.stratify(
            "a.conf",
            "sources.s { table = t, options { password = [hunter2]",
            "  token = \"s3cr3t\" } }",
            "segments.seed = \"s3cr3t\"",
            "demo.seed = ${DB_PASSWORD}",
            "demo.end = \"x://bob:hunter2@host\"",
            "demo.passwrd = hunter2");

    assertThat(conf.problems(List.of(file), Map.of(), Map.of("DB_PASSWORD", "hunter2")))
        .containsExactly(
            "a.conf:2: sources.s.options.password is [\"******\"]; it must be a text, a number or a"
                + " flag",
            "a.conf:4: segments.seed is \"******\"; it must be a whole number",
            "a.conf:6: demo.end is \"x://bob:******@host\"; it must be a date such as 2026-05-01",
            "a.conf:7: unknown key demo.passwrd",
            "environment: demo.seed is \"******\"; it must be a whole number");
  }

  @Test
  void aLongSecretInTheWrongPlaceIsHiddenBeforeItIsCut() {
    String secret = "0123456789abcdef".repeat(4);
    Path file =
        conf.stratify(
            "a.conf", "erasure = ${ERASURE_SECRET}", "demo.seed = ${API_TOKEN}", "demo.end = x");
    assertThat(
            conf.problems(
                List.of(file),
                Map.of(),
                Map.of("ERASURE_SECRET", secret, "API_TOKEN", "a\"quoted\\one")))
        .containsExactly(
            "a.conf:4: demo.end is \"x\"; it must be a date such as 2026-05-01",
            "environment: erasure is \"******\"; it must be an object { ... }",
            "environment: demo.seed is \"******\"; it must be a whole number");
  }
}
