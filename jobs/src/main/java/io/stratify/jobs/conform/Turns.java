package io.stratify.jobs.conform;

import io.stratify.common.StratifyException;
import io.stratify.jobs.Concurrently;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes inputs side by side, each as soon as those that it needs are done.
 *
 * @param needs names of the tables that an input waits for, of those that are not done
 * @param work what is done with an input
 */
record Turns(Function<Inlet.Mapped, Set<String>> needs, Consumer<Inlet.Mapped> work) {
  /**
   * Works on all inputs. Where one fails the others are still finished.
   *
   * @param threads how many at a time
   * @throws StratifyException if an input needs one that is not among them, or that needs it
   */
  void take(int threads, List<Inlet.Mapped> inputs) {
    Map<String, CompletableFuture<Boolean>> done = new LinkedHashMap<>();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Inlet.Mapped input : inOrder(inputs)) {
      // Only inputs before it are waited for, so that the first that waits for nothing goes on.
      List<CompletableFuture<Boolean>> before = needs.apply(input).stream().map(done::get).toList();
      CompletableFuture<Boolean> after = new CompletableFuture<>();
      done.put(input.spec().table().name(), after);
      tasks.add(() -> whenDone(before, input, after));
    }
    Concurrently.all(threads, tasks);
  }

  /** An input that needs one that failed is left out: the failure is told already. */
  private boolean whenDone(
      List<CompletableFuture<Boolean>> before,
      Inlet.Mapped input,
      CompletableFuture<Boolean> after) {
    boolean worked = false;
    try {
      if (before.stream().allMatch(CompletableFuture::join)) {
        work.accept(input);
        worked = true;
      }
      return worked;
    } finally {
      after.complete(worked);
    }
  }

  /** Each input right after those that it needs. */
  private List<Inlet.Mapped> inOrder(List<Inlet.Mapped> inputs) {
    List<Inlet.Mapped> ordered = new ArrayList<>();
    List<Inlet.Mapped> left = new ArrayList<>(inputs);
    while (!left.isEmpty()) {
      List<String> placed = ordered.stream().map(i -> i.spec().table().name()).toList();
      Inlet.Mapped next =
          left.stream()
              .filter(i -> placed.containsAll(needs.apply(i)))
              .findFirst()
              .orElseThrow(() -> stuck(left.get(0), placed));
      ordered.add(next);
      left.remove(next);
    }
    return ordered;
  }

  private StratifyException stuck(Inlet.Mapped input, List<String> placed) {
    return new StratifyException(
        "Cannot conform %s (%s): its rules refer to %s, which is conformed after it. Put the"
            + " rule on the other input, or leave it out",
        input.spec().table(),
        input.input().origin(),
        String.join(", ", needs.apply(input).stream().filter(n -> !placed.contains(n)).toList()));
  }
}
