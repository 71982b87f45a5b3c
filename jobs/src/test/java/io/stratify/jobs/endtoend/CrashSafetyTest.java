package io.stratify.jobs.endtoend;

import static io.stratify.jobs.endtoend.CrashWorld.FORGET;
import static io.stratify.jobs.endtoend.CrashWorld.LAST_PART;
import static io.stratify.jobs.endtoend.CrashWorld.MAINTAIN;
import static io.stratify.jobs.endtoend.CrashWorld.PARTS;
import static io.stratify.jobs.endtoend.CrashWorld.ROLLBACK;
import static io.stratify.jobs.endtoend.CrashWorld.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the moment at which a driver is killed, the same command given again leaves the tables
 * that an undisturbed one would have left, and readers see one publication or the next.
 *
 * <p>A few of the boundaries are tried: {@code -Dstratify.crash.seed=N} makes another choice,
 * {@code -Dstratify.crash=all} tries all, {@code -Dstratify.crash=0,4} those of some commands of
 * {@link CrashWorld} (0 is the run, 6 one whose jobs are commands of their own), and {@code
 * -Dstratify.crash.part=1/3} a third of them.
 */
class CrashSafetyTest {
  private static final long SEED = Long.getLong("stratify.crash.seed", 84_645);
  private static final String WHICH = System.getProperty("stratify.crash", "");
  private static final Random RANDOM = new Random(SEED);
  private static final String PART = System.getProperty("stratify.crash.part", "1/1");

  @TempDir static Path folder;
  private static CrashWorld world;

  @BeforeAll
  static void live() throws Exception {
    System.out.println("CrashSafetyTest: -Dstratify.crash.seed=" + SEED);
    world = CrashWorld.live(folder, commands(), CrashSafetyTest::isKept);
  }

  @Test
  void readersSeeOnePublicationOrTheNext() {
    assertThat(world.polled).as("readings").hasSizeGreaterThan(5);
    for (PollingReader.Reading reading : world.polled) {
      assertThat(reading.snapshots()).as("snapshots of a reading").hasSize(1);
      boolean erasing = reading.from() <= FORGET && reading.to() >= FORGET;
      if (!erasing) {
        assertOneOf(world.quiet, reading);
      }
    }
  }

  private static void assertOneOf(
      List<PollingReader.Reading> quiet, PollingReader.Reading reading) {
    assertThat(quiet.stream().anyMatch(q -> q.rows().equals(reading.rows())))
        .as(
            "a reading of %s during command %d, otherwise in %s",
            reading.snapshots(),
            reading.from(),
            quiet.stream().map(q -> differ(reading.rows(), q.rows())).toList())
        .isTrue();
  }

  @Test
  void aCommandThatWasKilledDoesTheRestWhenItIsGivenAgain() throws Exception {
    List<Integer> chosen = chosen();
    List<String> wrong = new ArrayList<>();
    for (int i : chosen) {
      String difference = difference(world.boundaries.get(i), folder.resolve("again-" + i));
      String tried = "boundary " + i + ", " + stop(i) + ": ";
      System.out.println(
          "CrashSafetyTest: " + tried + (difference.isEmpty() ? "right" : difference));
      if (!difference.isEmpty()) {
        wrong.add(tried + difference);
      }
    }
    System.out.println(
        "CrashSafetyTest: tried " + chosen.size() + " boundaries, " + wrong.size() + " wrong");
    assertThat(wrong).as("seed %d", SEED).isEmpty();
  }

  /** What is otherwise after the same command again; nothing if all is as it should be. */
  private static String difference(CrashWorld.Kept killed, Path root) throws Exception {
    killed.state().restore(root);
    int command = killed.stop().command();
    boolean refused = killed.stop().text().matches("after segmentation_decision 0+1.json");
    Cli.Result result = null;
    for (List<String> words : world.rest(command, root)) {
      result = Cli.run(words);
      if (result.exit() != (refused ? 1 : 0)
          || (refused && !result.err().contains("Ada rolled it back to "))) {
        return result.toString();
      }
    }
    Outcome outcome = new Outcome(root);
    if (!result.err().contains("(2 of 2): published before")) { // the next run takes the log up
      try {
        outcome.assertAllIsAsDeclared(); // that every row can be read, the hashes show
      } catch (AssertionError e) {
        return e.getMessage();
      }
    }
    boolean twice = command == RUN && killed.published();
    String difference =
        differ(TableHashes.of(outcome), twice ? world.again() : world.wanted(command));
    FileUtils.deleteDirectory(root.toFile());
    return difference;
  }

  private static String differ(Map<String, List<String>> found, Map<String, List<String>> wanted) {
    List<String> tables = new ArrayList<>(wanted.keySet());
    found.keySet().stream().filter(t -> !wanted.containsKey(t)).forEach(tables::add);
    tables.removeIf(t -> found.getOrDefault(t, List.of()).equals(wanted.get(t)));
    return tables.isEmpty() ? "" : "other rows in " + tables;
  }

  /** The commands whose boundaries are tried. */
  private static List<Integer> commands() {
    if (WHICH.isEmpty()) {
      return List.of(RUN, ROLLBACK, MAINTAIN, FORGET);
    }
    return Stream.concat(Stream.of(RUN), asked().stream())
        .flatMap(c -> c < PARTS ? Stream.of(c) : CrashWorld.parts().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The commands of which somebody wants all boundaries. */
  private static List<Integer> asked() {
    return WHICH.equals("all")
        ? IntStream.rangeClosed(RUN, LAST_PART).boxed().toList()
        : Stream.of(WHICH.split(",", -1))
            .map(Integer::valueOf)
            .flatMap(c -> c == PARTS ? CrashWorld.parts().stream() : Stream.of(c))
            .toList();
  }

  private static boolean isKept(Doomed.Stop stop) {
    return WHICH.isEmpty()
        ? isDecisive(stop) || RANDOM.nextInt(5) == 0
        : asked().contains(stop.command());
  }

  /** Around the commit that readers, or people, go by. */
  private static boolean isDecisive(Doomed.Stop stop) {
    return (stop.command() == RUN && stop.text().contains(" publication "))
        || (stop.command() == ROLLBACK && stop.text().startsWith("after"));
  }

  /** Boundaries by their number among those kept. */
  private static List<Integer> chosen() {
    if (!WHICH.isEmpty()) {
      int[] part = Stream.of(PART.split("/", -1)).mapToInt(Integer::parseInt).toArray();
      return boundaries(i -> i % part[1] == part[0] - 1);
    }
    List<Integer> chosen = new ArrayList<>(boundaries(i -> isDecisive(stop(i))));
    for (int command : new int[] {RUN, MAINTAIN, FORGET}) {
      List<Integer> its = boundaries(i -> stop(i).command() == command && !chosen.contains(i));
      if (!its.isEmpty()) {
        chosen.add(its.get(RANDOM.nextInt(its.size())));
      }
    }
    return chosen;
  }

  private static List<Integer> boundaries(IntPredicate which) {
    return IntStream.range(0, world.boundaries.size()).filter(which).boxed().toList();
  }

  private static Doomed.Stop stop(int boundary) {
    return world.boundaries.get(boundary).stop();
  }

  @Test
  void aDriverThatIsKilledAgainAndAgainPublishesOnceInTheEnd() throws Exception {
    Path root = world.start.restore(folder.resolve("killed"));
    List<PollingReader.Reading> quiet = new ArrayList<>(List.of(PollingReader.read(root, () -> 0)));
    PollingReader reader = PollingReader.start(root, () -> 0);
    List<String> run = world.command(RUN, root);
    kill(run, new Random(SEED).nextInt(8_000));
    quiet.add(PollingReader.read(root, () -> 0));
    askToEnd(run);
    quiet.add(PollingReader.read(root, () -> 0));
    try (Doomed second = Doomed.start(folder, List.of(run))) {
      while (!second.next().is("after", "publication")) {
        second.go();
      }
      second.kill();
    }
    quiet.add(PollingReader.read(root, () -> 0));
    assertThat(Cli.run(List.of("runs", "--set", "output.root=" + root)).out()).contains("killed");
    Cli.Result last = Cli.run(run);
    assertThat(last.exit()).as(last.toString()).isZero();
    quiet.add(PollingReader.read(root, () -> 0));
    assertThat(differ(TableHashes.of(new Outcome(root)), world.again())).isEmpty();
    List<PollingReader.Reading> polled = reader.stop();
    assertThat(polled).hasSizeGreaterThan(3);
    polled.forEach(reading -> assertOneOf(quiet, reading));
  }

  private static void kill(List<String> run, int wait) throws Exception {
    Driver driver = atWork(run);
    System.out.println("CrashSafetyTest: killed " + wait + " ms after it began");
    Thread.sleep(wait);
    driver.process().destroyForcibly().waitFor();
  }

  private static void askToEnd(List<String> run) throws Exception {
    Driver driver = atWork(run);
    Thread.sleep(2_000);
    driver.process().destroy();
    Cli.Result asked = driver.await();
    assertThat(asked.exit()).isEqualTo(128 + 15);
    assertThat(asked.err()).contains("Stopped: this process was told to end");
  }

  private static Driver atWork(List<String> run) throws Exception {
    Driver driver = Driver.start(folder, Map.of(), run);
    while (!Files.readString(driver.err()).contains(" -> ")) {
      assertThat(driver.process().isAlive()).as(Files.readString(driver.err())).isTrue();
      Thread.sleep(20);
    }
    return driver;
  }
}
