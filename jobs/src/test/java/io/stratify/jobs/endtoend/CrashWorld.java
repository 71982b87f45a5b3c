package io.stratify.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.jobs.Pipeline;
import io.stratify.jobs.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Some weeks of a shop, in commands that write: a first snapshot has been published when c11
 * becomes a regular and c09 and c10 turn out to be one person. Every commit of these commands is a
 * boundary at which a kill is possible; what it would leave on the disk is kept.
 */
final class CrashWorld {
  /** A run whose clusters are fitted anew. */
  static final int RUN = 0;

  /** The same once more. */
  static final int AGAIN = 1;

  static final int ROLLBACK = 2;
  static final int MAINTAIN = 3;
  static final int FORGET = 4;

  /** Two dates in one command. */
  static final int BACKFILL = 5;

  /** The jobs of a run as commands of their own: the first, and the others after it. */
  static final int PARTS = 6;

  static final int LAST_PART = PARTS + Pipeline.names().size() - 1;

  static final String AS_OF = "2026-02-01";

  private static final String CONF =
      """
      stratify {
        segments.behaviour.refit-every = always
        erasure.secret = "a secret of the tests"
        sources.shop_keys { format = csv, path = "FOLDER/keys.csv", options { header = true } }
        inputs.identities {
          source = shop_keys
          columns { customer_id = id, kind = kind, value = value }
        }
      }
      """;

  /**
   * What a kill at a boundary would leave.
   *
   * @param stop the boundary
   * @param published whether the date at work has just been published
   */
  record Kept(Doomed.Stop stop, boolean published, DiskState state) {}

  final Path folder;
  final Path root;

  /** What was there before the first command. */
  DiskState start;

  final List<Kept> boundaries = new ArrayList<>();

  /** What an undisturbed command left, by its number. */
  final Map<Integer, DiskState> ends = new TreeMap<>();

  final Map<Integer, Map<String, List<String>>> hashes = new TreeMap<>();

  /** What readers saw before the first command, at each publication and after each command. */
  final List<PollingReader.Reading> quiet = new ArrayList<>();

  /** What a reader saw meanwhile. */
  List<PollingReader.Reading> polled;

  private CrashWorld(Path folder) {
    this.folder = folder;
    this.root = folder.resolve("out");
  }

  /**
   * Publishes the first snapshot, and then does commands in a driver of their own.
   *
   * @param commands their numbers, ascending
   * @param which boundaries to keep
   */
  static CrashWorld live(Path folder, List<Integer> commands, Predicate<Doomed.Stop> which)
      throws Exception {
    CrashWorld world = new CrashWorld(folder);
    Shop shop = Shop.open(folder);
    shop.write("more.conf", CONF.replace("FOLDER", folder.toString()));
    shop.write("keys.csv", "id,kind,value\nc09,email,a@b.c\n");
    Cli.Result first = shop.run("--conf", folder + "/more.conf");
    assertThat(first.exit()).as(first.toString()).isZero();
    shop.write("keys.csv", "id,kind,value\nc09,email,a@b.c\nc10,email,A@B.C\n");
    List<String> orders = new ArrayList<>(Shop.goodOrders());
    for (int day = 3; day < 30; day += 3) {
      orders.add(String.format(Locale.ROOT, "n%02d,c11,2026-01-%02d 10:00:00,120", day, day));
    }
    shop.orders(orders.toArray(String[]::new));
    world.record(commands, which);
    return world;
  }

  /** The commands of a run whose jobs are commands of their own. */
  static List<Integer> parts() {
    return IntStream.rangeClosed(PARTS, LAST_PART).boxed().toList();
  }

  /** What a scheduler does once a command was killed: the same again, and what comes after it. */
  List<List<String>> rest(int number, Path below) {
    return number < PARTS
        ? List.of(command(number, below))
        : parts().stream().filter(p -> p >= number).map(p -> command(p, below)).toList();
  }

  /** The hashes of what an undisturbed command left, or the run that it is a part of. */
  Map<String, List<String>> wanted(int number) {
    return hashes.get(number < PARTS ? number : LAST_PART);
  }

  /** The words of a command below a root. */
  List<String> command(int number, Path below) {
    List<String> words =
        new ArrayList<>(
            switch (number) {
              case RUN, AGAIN -> List.of("run", "--as-of", AS_OF);
              case ROLLBACK -> List.of("segmentations", "rollback", "behaviour", "--by", "Ada");
              case MAINTAIN -> List.of("maintain");
              case FORGET -> List.of("forget", "--customer", "c09");
              case BACKFILL ->
                  List.of(
                      "run --from-date 2026-02-08 --to-date 2026-02-15 --every week"
                          .split(" ", -1));
              default ->
                  List.of(
                      Pipeline.names().get(number - PARTS),
                      "--part-of",
                      "daily.20260222",
                      "--as-of",
                      "2026-02-22");
            });
    for (String conf : List.of("shop.conf", "more.conf")) {
      words.addAll(List.of("--conf", folder + "/" + conf));
    }
    words.addAll(List.of("--set", "output.root=" + below));
    return words;
  }

  private void record(List<Integer> numbers, Predicate<Doomed.Stop> which) throws Exception {
    DiskState.Store store = new DiskState.Store(folder.resolve("states"));
    start = store.keep(root);
    quiet.add(PollingReader.read(root, () -> -1));
    List<List<String>> commands = numbers.stream().map(n -> command(n, root)).toList();
    try (Doomed doomed = Doomed.start(folder, commands);
        PollingReader reader = PollingReader.start(root, () -> number(numbers, doomed))) {
      boolean published = false;
      while (ends.size() < numbers.size()) {
        Doomed.Stop stop = doomed.next().of(numbers);
        published = (published && !isNext(stop)) || stop.is("after", "publication");
        if (stop.is("after", "publication")) {
          quiet.add(PollingReader.read(root, stop::command));
        }
        if (stop.isCommit() && which.test(stop)) {
          boundaries.add(new Kept(stop, published, doomed.frozen(store, root)));
        } else if (stop.text().startsWith("end")) {
          end(stop, store);
        }
        doomed.go();
      }
      polled = reader.stop();
    }
  }

  private static int number(List<Integer> numbers, Doomed doomed) {
    return doomed.command() < 0 ? -1 : numbers.get(doomed.command());
  }

  /** Whether a command begins, or its next date. */
  private static boolean isNext(Doomed.Stop stop) {
    return stop.text().equals("begin") || stop.is("before", "quarantine");
  }

  private void end(Doomed.Stop stop, DiskState.Store store) throws IOException {
    String log = Files.readString(folder.resolve("doomed.log"));
    assertThat(stop.text()).as(log).isEqualTo("end 0");
    ends.put(stop.command(), store.keep(root));
    hashes.put(stop.command(), TableHashes.of(new Outcome(root)));
    quiet.add(PollingReader.read(root, stop::command));
  }

  /** What is left after a run that was undisturbed has been done again. */
  Map<String, List<String>> again() throws IOException {
    if (!hashes.containsKey(AGAIN)) {
      Path below = ends.get(RUN).restore(folder.resolve("run-again"));
      Cli.Result result = Cli.run(command(AGAIN, below));
      assertThat(result.exit()).as(result.toString()).isZero();
      hashes.put(AGAIN, TableHashes.of(new Outcome(below)));
    }
    return hashes.get(AGAIN);
  }
}
