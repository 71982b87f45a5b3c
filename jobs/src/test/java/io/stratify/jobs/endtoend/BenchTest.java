package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark at a size at which its persons can be counted by hand. */
class BenchTest {
  @TempDir Path folder;

  /**
   * 2,000 links are 800 customers in 200 fours. Every second four is grouped: 50 are one person
   * each, 50 are two pairs. Of each fifty, ten have a customer at a kiosk: of those ten persons of
   * four nobody is merged, of those ten fours one pair is not. So (50 - 10) * 3 + (50 - 10) * 2 +
   * 10 = 210 customers are merged into others.
   *
   * <p>At the kiosks are those 10 * 4 and 10 * 2, and 20 customers of the fours that are not
   * grouped. The 80 have an address and a number each, and 20 + 10 + 20 have a device: 210 keys.
   */
  @Test
  void countsThePersonsThatWereGenerated() throws IOException {
    SharedSpark.compiled();
    Path json = folder.resolve("bench.json");
    Cli.Result result = bench("--links", "2000", "--json", json.toString());
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).containsPattern("2,000 +800 +590 +210 ").contains("us per link");
    JsonNode sizes = new ObjectMapper().readTree(Files.readString(json)).get("sizes");
    assertThat(sizes.get(0).get("links").asLong()).isEqualTo(200);
    assertThat(sizes.get(0).get("ratio").asDouble()).isEqualTo(1);
    JsonNode all = sizes.get(1);
    assertThat(all.get("links").asLong()).isEqualTo(2000);
    assertThat(all.get("persons").asLong()).isEqualTo(590);
    assertThat(all.get("keys_of_crowds").asLong()).isEqualTo(210);
    assertThat(all.get("seconds").asDouble()).isPositive();
    assertThat(folder.resolve("lake/_scratch")).doesNotExist();
  }

  @Test
  void tooFewLinksAreRefused() {
    Cli.Result result = bench("--links", "99");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("Cannot measure 99 links").contains("Give --links 100");
  }

  @Test
  void conformIsHeldAgainstReadingAndWriting() throws IOException {
    Shop shop = Shop.open(folder.resolve("shop"));
    Path json = folder.resolve("conform.json");
    List<String> arguments = new ArrayList<>(List.of("bench", "conform", "--rounds", "1"));
    arguments.addAll(shop.arguments("--json", json.toString()).subList(1, 7));
    Cli.Result result = Cli.run(arguments);
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).contains("read and write", "median ratio");
    JsonNode round = new ObjectMapper().readTree(Files.readString(json)).get("rounds").get(0);
    double plain = round.get("plain_seconds").asDouble();
    assertThat(plain).isPositive();
    assertThat(round.get("ratio").asDouble())
        .isCloseTo(round.get("conform_seconds").asDouble() / plain, within(1e-9));
    assertThat(shop.outcome().files()).as("nothing is left").isEmpty();
  }

  @Test
  void aBenchmarkMustBeNamed() {
    Cli.Result result = Cli.run(List.of("bench"));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("Say what to measure.").contains("identity");
  }

  private Cli.Result bench(String... more) {
    ArrayList<String> arguments = new ArrayList<>(List.of("bench", "identity", "--set"));
    arguments.add("output.root=" + folder.resolve("lake"));
    arguments.addAll(List.of("--set", "conform.max-ids-per-person=4"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }
}
