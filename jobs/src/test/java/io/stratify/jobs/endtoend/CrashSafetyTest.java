package io.stratify.jobs.endtoend;

import static io.stratify.jobs.endtoend.CrashWorld.AGAIN;
import static io.stratify.jobs.endtoend.CrashWorld.BACKFILL;
import static io.stratify.jobs.endtoend.CrashWorld.FORGET;
import static io.stratify.jobs.endtoend.CrashWorld.MAINTAIN;
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
 * {@link CrashWorld} (0 is the run), and {@code -Dstratify.crash.part=1/3} a third of them.
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
      if (!difference.isEmpty()) {
        wrong.add("boundary " + i + ", " + world.boundaries.get(i).stop() + ": " + difference);
        System.out.println(wrong.get(wrong.size() - 1));
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
    Cli.Result result = Cli.run(world.command(command, root));
    boolean refused = killed.stop().text().matches("after segmentation_decision 0+1.json");
    if (result.exit() != (refused ? 1 : 0)
        || (refused && !result.err().contains("Ada rolled it back to "))) {
      return result.toString();
    }
    Outcome outcome = new Outcome(root);
    if (!result.err().contains("(2 of 2): published before")) { // the next run takes the log up
      try {
        outcome.assertNoTableIsBroken();
      } catch (AssertionError e) {
        return e.getMessage();
      }
    }
    boolean twice = command == RUN && killed.published();
    String difference =
        differ(TableHashes.of(outcome), twice ? world.again() : world.hashes.get(command));
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
    return WHICH.equals("all")
        ? List.of(RUN, AGAIN, ROLLBACK, MAINTAIN, FORGET, BACKFILL)
        : Stream.concat(Stream.of(RUN), Stream.of(WHICH.split(",", -1)).map(Integer::valueOf))
            .distinct()
            .sorted()
            .toList();
  }

  private static boolean isKept(Doomed.Stop stop) {
    return WHICH.isEmpty()
        ? isDecisive(stop) || RANDOM.nextInt(5) == 0
        : WHICH.equals("all") || List.of(WHICH.split(",", -1)).contains("" + stop.command());
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
    Driver driver = Driver.start(folder, Map.of(), run);
    while (!Files.exists(root.resolve("_lock"))) {
      Thread.sleep(20);
    }
    int wait = new Random(SEED).nextInt(8_000);
    System.out.println("CrashSafetyTest: killed " + wait + " ms after it took the lock");
    Thread.sleep(wait);
    driver.process().destroyForcibly().waitFor();
    quiet.add(PollingReader.read(root, () -> 0));
    try (Doomed second = Doomed.start(folder, List.of(run))) {
      while (!second.next().is("after", "publication")) {
        second.go();
      }
      second.kill();
    }
    quiet.add(PollingReader.read(root, () -> 0));
    Cli.Result last = Cli.run(run);
    assertThat(last.exit()).as(last.toString()).isZero();
    quiet.add(PollingReader.read(root, () -> 0));
    assertThat(differ(TableHashes.of(new Outcome(root)), world.again())).isEmpty();
    List<PollingReader.Reading> polled = reader.stop();
    assertThat(polled).hasSizeGreaterThan(3);
    polled.forEach(reading -> assertOneOf(quiet, reading));
  }
}
