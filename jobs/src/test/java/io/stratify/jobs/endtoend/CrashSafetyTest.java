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
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the moment at which a driver is killed, the same command given again leaves the tables
 * that an undisturbed one would have left, and readers see one publication or the next.
 *
 * <p>A few of the boundaries are tried, other ones each time: {@code -Dstratify.crash.seed=N}
 * repeats a choice, {@code -Dstratify.crash=all} tries all, {@code -Dstratify.crash=0,4} those of
 * some commands of {@link CrashWorld}, and {@code -Dstratify.crash.part=1/3} a third of them.
 */
class CrashSafetyTest {
  private static final long SEED = Long.getLong("stratify.crash.seed", System.nanoTime() % 100_000);
  private static final String WHICH = System.getProperty("stratify.crash", "");
  private static final String PART = System.getProperty("stratify.crash.part", "1/1");

  @TempDir static Path folder;
  private static CrashWorld world;

  @BeforeAll
  static void live() throws Exception {
    System.out.println("CrashSafetyTest: -Dstratify.crash.seed=" + SEED);
    world = CrashWorld.live(folder);
  }

  @Test
  void readersSeeOnePublicationOrTheNext() {
    assertThat(world.polled).as("readings").hasSizeGreaterThan(10);
    for (PollingReader.Reading reading : world.polled) {
      assertThat(reading.snapshots()).as("snapshots of a reading").hasSize(1);
      boolean erasing = reading.from() <= FORGET && reading.to() >= FORGET;
      if (!erasing) {
        assertThat(world.quiet)
            .as("during command %s of %s", reading.from(), reading.snapshots())
            .anySatisfy(quiet -> assertThat(quiet.rows()).isEqualTo(reading.rows()));
      }
    }
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
    System.out.printf(
        "CrashSafetyTest: %d of %d boundaries, %d wrong%n",
        chosen.size(), world.boundaries.size(), wrong.size());
    assertThat(wrong).as("seed %d", SEED).isEmpty();
  }

  /** What is otherwise after the same command again; nothing if all is as it should be. */
  private static String difference(CrashWorld.Kept killed, Path root) throws Exception {
    killed.state().restore(root);
    int command = killed.stop().command();
    Cli.Result result = Cli.run(world.command(command, root));
    boolean refused = command == ROLLBACK && killed.stop().text().startsWith("after");
    if (result.exit() != (refused ? 1 : 0)
        || (refused && !result.err().contains("Ada rolled it back to "))) {
      return result.toString();
    }
    Outcome outcome = new Outcome(root);
    try {
      outcome.assertNoTableIsBroken();
    } catch (AssertionError e) {
      return e.getMessage();
    }
    int like = command == RUN && killed.published() ? AGAIN : command;
    String difference = differ(TableHashes.of(outcome), world.hashes.get(like));
    FileUtils.deleteDirectory(root.toFile());
    return difference;
  }

  private static String differ(Map<String, List<String>> found, Map<String, List<String>> wanted) {
    List<String> tables = new ArrayList<>(wanted.keySet());
    found.keySet().stream().filter(t -> !wanted.containsKey(t)).forEach(tables::add);
    tables.removeIf(t -> found.getOrDefault(t, List.of()).equals(wanted.get(t)));
    return tables.isEmpty() ? "" : "other rows in " + tables;
  }

  private static List<Integer> chosen() {
    int[] part = List.of(PART.split("/")).stream().mapToInt(Integer::parseInt).toArray();
    if (!WHICH.isEmpty()) {
      List<String> commands = List.of(WHICH.split(","));
      return IntStream.range(0, world.boundaries.size())
          .filter(i -> i % part[1] == part[0] - 1)
          .filter(i -> WHICH.equals("all") || commands.contains("" + command(i)))
          .boxed()
          .toList();
    }
    Random random = new Random(SEED);
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < world.boundaries.size(); i++) {
      Doomed.Stop stop = world.boundaries.get(i).stop();
      boolean publishes = stop.is("before", "publication") || stop.is("after", "publication");
      if ((stop.command() == RUN && publishes)
          || (stop.command() == ROLLBACK && stop.text().startsWith("after"))) {
        chosen.add(i);
      }
    }
    for (int command : new int[] {RUN, RUN, AGAIN, MAINTAIN, FORGET, FORGET, BACKFILL}) {
      List<Integer> its =
          IntStream.range(0, world.boundaries.size())
              .filter(i -> command(i) == command)
              .boxed()
              .toList();
      chosen.add(its.get(random.nextInt(its.size())));
    }
    return chosen;
  }

  private static int command(int boundary) {
    return world.boundaries.get(boundary).stop().command();
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
    int wait = new Random(SEED).nextInt(10_000);
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
    assertThat(differ(TableHashes.of(new Outcome(root)), world.hashes.get(AGAIN))).isEmpty();
    List<PollingReader.Reading> polled = reader.stop();
    assertThat(polled).hasSizeGreaterThan(5);
    for (PollingReader.Reading reading : polled) {
      assertThat(quiet)
          .as("a reading of %s", reading.snapshots())
          .anySatisfy(q -> assertThat(q.rows()).isEqualTo(reading.rows()));
    }
  }
}
