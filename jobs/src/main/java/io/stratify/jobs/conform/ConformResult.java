package io.stratify.jobs.conform;

import io.stratify.common.Counted;
import io.stratify.jobs.JobResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What conform did: the books of every input. */
record ConformResult(List<Books> books, long customers) implements JobResult {
  @Override
  public String sentence() {
    long read = books.stream().mapToLong(Books::read).sum();
    long quarantined = books.stream().mapToLong(Books::inQuarantine).sum();
    long duplicates = books.stream().mapToLong(Books::duplicates).sum();
    long superseded = books.stream().mapToLong(Books::superseded).sum();
    long merged = books.stream().mapToLong(Books::merged).sum();
    long withheld = books.stream().mapToLong(Books::withheld).sum();
    return String.format(
            Locale.ROOT,
            "%s of %s read: %,d quarantined, %s",
            Counted.of(read, "row"),
            Counted.of(books.size(), "input"),
            quarantined,
            Counted.of(duplicates, "duplicate"))
        + some(superseded, "superseded")
        + (merged == 0 ? "" : ", " + Counted.of(merged, "customer") + " merged")
        + some(withheld, "withheld")
        + ", the books balance; "
        + Counted.of(customers, "customer");
  }

  @Override
  public Map<String, Long> rowsIn() {
    return books.stream().collect(Collectors.toMap(b -> "source." + b.input(), Books::read));
  }

  private static String some(long rows, String what) {
    return rows == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", rows, what);
  }
}
