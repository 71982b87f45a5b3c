package io.stratify.jobs.conform;

import io.stratify.jobs.JobResult;
import java.util.List;
import java.util.Locale;

/** What conform did: the books of every input. */
record ConformResult(List<Books> books, long customers) implements JobResult {
  @Override
  public String sentence() {
    long read = books.stream().mapToLong(Books::read).sum();
    long quarantined = books.stream().mapToLong(Books::inQuarantine).sum();
    long duplicates = books.stream().mapToLong(Books::duplicates).sum();
    return String.format(
        Locale.ROOT,
        "%,d rows of %d inputs read: %,d quarantined, %,d duplicates, the books balance; %,d customers",
        read,
        books.size(),
        quarantined,
        duplicates,
        customers);
  }
}
