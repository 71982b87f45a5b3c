package io.stratify.jobs.bench;

import io.stratify.common.io.Scratch;
import io.stratify.common.tables.Customers;
import io.stratify.common.tables.IdentityMap;
import io.stratify.jobs.HeapWatch;
import io.stratify.jobs.conform.identity.PersonResolver;
import io.stratify.jobs.conform.identity.Persons;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times the resolution of identities.
 *
 * @param spark session
 * @param folder where the generated tables and the results on the way are kept meanwhile
 * @param maxIds most ids that one person may have
 */
public record IdentityBench(SparkSession spark, String folder, int maxIds) {
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);

  /**
   * What one size took.
   *
   * @param links keys given
   * @param customers customers given
   * @param persons persons found
   * @param withheld keys of crowds that are no person
   * @param rounds rounds of the connected components that changed something
   * @param seconds time from the tables to the written results
   * @param nextSeconds the same of the next run, which knows the customers and the map of this one
   * @param peakHeapMb most heap in use, garbage included
   * @param liveHeapMb most heap in use right after a collection
   */
  public record Result(
      long links,
      long customers,
      long persons,
      long withheld,
      int rounds,
      double seconds,
      double nextSeconds,
      long peakHeapMb,
      long liveHeapMb) {
    /** Cost of one link. */
    public double microsPerLink() {
      return seconds * 1e6 / links;
    }
  }

  /** Generates this many links and resolves them. */
  public Result run(long links) {
    SyntheticLinks synthetic = new SyntheticLinks(spark, links);
    try (Scratch source = Scratch.below(spark, folder)) {
      Dataset<Row> customers = source.keep("generate customers", synthetic.customers());
      Dataset<Row> identities = source.keep("generate links", synthetic.identities());
      return resolve(customers, identities);
    }
  }

  private Result resolve(Dataset<Row> customers, Dataset<Row> identities) {
    Dataset<Row> noMap = spark.createDataFrame(List.of(), IdentityMap.TABLE.bodySchema());
    Last nothing = new Last(AS_OF, noMap, customers.limit(0));
    try (Scratch scratch = Scratch.below(spark, folder);
        HeapWatch heap = HeapWatch.start()) {
      Resolved first = resolve(customers, identities, nothing, scratch);
      Dataset<Row> merged = first.map().select(IdentityMap.CUSTOMER_ID.col());
      Dataset<Row> left = customers.join(merged, Customers.CUSTOMER_ID.name(), "left_anti");
      Last last = new Last(AS_OF.plusDays(1), first.map(), scratch.keep("customers left", left));
      Resolved next = resolve(customers, identities, last, scratch);
      long known = customers.count();
      return new Result(
          identities.count(),
          known,
          known - first.map().count(),
          first.oversized().count(),
          first.rounds(),
          first.seconds(),
          next.seconds(),
          heap.peakMb(),
          heap.liveMb());
    }
  }

  /** What a run finds of the one before. */
  private record Last(LocalDate asOf, Dataset<Row> map, Dataset<Row> customers) {}

  private record Resolved(Dataset<Row> map, Dataset<Row> oversized, int rounds, double seconds) {}

  private Resolved resolve(
      Dataset<Row> customers, Dataset<Row> identities, Last last, Scratch scratch) {
    long start = System.nanoTime();
    Persons persons =
        new PersonResolver(last.asOf(), maxIds)
            .resolve(customers, identities, last.map(), last.customers(), scratch);
    Dataset<Row> map = scratch.keep("identity: map", persons.map());
    Dataset<Row> oversized = scratch.keep("identity: oversized", persons.oversized());
    return new Resolved(map, oversized, persons.rounds(), (System.nanoTime() - start) / 1e9);
  }
}
