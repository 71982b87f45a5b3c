package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.io.CommitStamp;
import io.stratify.common.io.Lake;
import io.stratify.common.io.Snapshot;
import io.stratify.common.spark.Facts;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.Forgotten;
import io.stratify.common.tables.Identities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetCommandTest extends SparkSuite {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String SECRET = "the key of the hashes";

  @TempDir Path folder;

  @Test
  void whatWasRemovedIsReportedAndASecondTimeItIsNothing() {
    write("ZEBRA", "b", "c");
    Cli.Result first = forget("--customer", "ZEBRA", "--customer", "nobody", "--customer", "c");
    assertThat(first.exit()).as(first.toString()).isEqualTo(DONE);
    assertThat(first.out())
        .isEqualTo(
            String.format(
                """
                  table       rows removed  files removed
                  ----------  ------------  -------------
                  customers              2              1
                  identities             1              1
                  all                    3              2

                3 ids given, 3 with the other ids of the same persons.
                1 id was in no table (--customer number 2). Check the spelling; later runs keep\
                 them out all the same.
                Later runs keep them out for as long as erasure.secret stays the same.
                """));
    assertThat(ids()).containsExactly("b");
    Cli.Result second = forget("--customer", "ZEBRA", "--customer", "c");
    assertThat(second.exit()).isEqualTo(DONE);
    assertThat(second.out())
        .contains("customers              0              0")
        .contains("all                    0              0")
        .contains("2 ids were forgotten before.")
        .doesNotContain("in no table");
    assertThat(first.toString() + second).doesNotContain("ZEBRA").doesNotContain(SECRET);
  }

  @Test
  void theIdsOfAFileAreRead() throws IOException {
    write("a", "b", "c", "# d");
    Path file = folder.resolve("ids.txt");
    Files.writeString(file, "\uFEFFa\r\n\r\n# b\r\n   \n \u00a0c\t\nnobody");
    Cli.Result result = forget("--file", file.toString(), "--customer", "# d");
    assertThat(result.exit()).as(result.toString()).isEqualTo(DONE);
    assertThat(result.out())
        .contains("4 ids given")
        .contains("1 id was in no table (line 6 of " + file + ")");
    assertThat(ids()).containsExactly("b");
  }

  @Test
  void withoutASecretNothingIsDone() {
    write("a");
    Cli.Result result = Cli.run(List.of("forget", "--customer", "a", root()));
    assertThat(result.exit()).isEqualTo(USAGE);
    assertThat(result.err())
        .startsWith("Cannot forget: erasure.secret is not configured, and without it a later run")
        .contains("Set STRATIFY_ERASURE_SECRET to a key of at least 16 characters");
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void withAnotherSecretNothingIsDone() {
    write("a", "b");
    assertThat(forget("--customer", "a").exit()).isEqualTo(DONE);
    Cli.Result result =
        Cli.run(
            List.of("forget", "--customer", "b", root(), "--conf", secret("quite another key")));
    assertThat(result.exit()).isEqualTo(FAILED);
    assertThat(result.err())
        .isEqualTo(
            String.format(
                "Cannot forget: 1 customer was erased with another erasure.secret, and with this"
                    + " one they would come back. Set STRATIFY_ERASURE_SECRET to the key that was"
                    + " used%n"));
    assertThat(ids()).containsExactly("b");
  }

  @Test
  void badUsageIsRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\r\n# nobody\r\n\r\n");
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'M', (byte) 0xfc, '\n'});
    Path absent = folder.resolve("absent.txt");
    refused("Cannot forget: no customer is given. Give --customer ID, or --file FILE with one id");
    refused("Cannot forget: --customer number 2 is blank", "--customer", "a", "--customer", " ");
    refused("Cannot forget: there is no id in " + empty, "--file", empty.toString());
    refused("Cannot read " + latin + ": it is not UTF-8", "--file", latin.toString());
    refused("Cannot read " + absent + ": there is no such file", "--file", absent.toString());
    refused("Cannot read " + folder + ": ", "--file", folder.toString());
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFolderWithoutTablesIsNotTakenForOneWithoutTheCustomer() {
    Cli.Result result = forget("--customer", "a");
    assertThat(result.exit()).isEqualTo(FAILED);
    assertThat(result.err()).startsWith("Cannot forget: there are no tables in " + lake().root());
    assertThat(lake().exists(Forgotten.TABLE)).isFalse();
  }

  @Test
  void theHelpSaysWhatReadersLose() {
    Cli.Result help = Cli.run(List.of("forget", "--help"));
    assertThat(help.exit()).isEqualTo(DONE);
    assertThat(help.out().replaceAll("\\s+", " "))
        .contains("whoever is reading one fails, and time travel ends here")
        .contains("While it is at work no run can write to the same output.root");
  }

  private void refused(String message, String... arguments) {
    Cli.Result result = forget(arguments);
    assertThat(result.exit()).as(result.toString()).isEqualTo(USAGE);
    assertThat(result.err()).startsWith(message);
  }

  private Cli.Result forget(String... arguments) {
    List<String> all = new ArrayList<>(List.of("forget", root(), "--conf", secret(SECRET)));
    all.addAll(List.of(arguments));
    return Cli.run(all);
  }

  /** A file that holds the secret. */
  private String secret(String text) {
    try {
      Path file = Files.createTempFile(folder, "secret", ".conf");
      return Files.writeString(file, "stratify.erasure.secret = \"" + text + "\"\n").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String root() {
    return "--set=output.root=" + folder.resolve("out");
  }

  private Lake lake() {
    return new Lake(
        spark(), folder.resolve("out").toString(), new CommitStamp("run-1", "abc", "0.1.0"));
  }

  private void write(String... customers) {
    Snapshot snapshot = new Snapshot(LocalDate.of(2026, 5, 1), 1);
    List<Facts.CustomerRow> rows = List.of(customers).stream().map(Facts::customer).toList();
    lake().replace(Customers.TABLE, snapshot, table(Customers.TABLE, rows).coalesce(1), "conform");
    lake()
        .replace(
            Identities.TABLE,
            snapshot,
            spark()
                .createDataFrame(
                    List.of(
                        RowFactory.create(customers[0], "email", "hash"),
                        RowFactory.create("other", "email", "hash")),
                    Identities.TABLE.bodySchema())
                .coalesce(1),
            "conform");
  }

  private List<String> ids() {
    return lake().read(Customers.TABLE, "x").select("customer_id").collectAsList().stream()
        .map(r -> r.getString(0))
        .toList();
  }
}
