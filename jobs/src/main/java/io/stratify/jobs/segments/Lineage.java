package io.stratify.jobs.segments;

import static org.apache.spark.sql.functions.col;

import io.stratify.common.tables.CustomerSegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of every segment in the next segmentation. A segment survives where its id goes on
 * (see {@link Matching}). One that does not was split where at least 30 % of it are in a new
 * segment, or merged where at least 30 % of it are in one that has other sources too, and is
 * retired where it has gone nowhere in particular. A segment of which no earlier one gave 30 % has
 * appeared. The limit is ours: three sources at most can reach it, which a person can still follow.
 */
public final class Lineage {
  /** Least share at which one segment is a source of another. */
  static final double SOURCE = 0.3;

  /** What became of a segment. */
  public enum Event {
    /** Still the same group of people. */
    SURVIVED,
    /** A part of an earlier segment. */
    SPLIT,
    /** An earlier segment has gone into one that has other sources too. */
    MERGED,
    /** No earlier segment is a source of it. */
    APPEARED,
    /** It is no source of a later one. */
    RETIRED;

    /** As it is kept in tables. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One link.
   *
   * @param event what became of the segment
   * @param before the earlier segment; null where it appeared
   * @param after the later segment; null where it is retired
   * @param customers customers in both; for the appeared and the retired its own
   * @param shareOfBefore share of the earlier segment; null where there is none
   * @param shareOfAfter share of the later segment; null where there is none
   */
  public record Link(
      Event event,
      String before,
      String after,
      long customers,
      Double shareOfBefore,
      Double shareOfAfter) {}

  private final Overlap overlap;
  private final List<Link> links = new ArrayList<>();
  private final Set<String> sources = new HashSet<>();
  private final Set<String> targets = new HashSet<>();

  private Lineage(Overlap overlap) {
    this.overlap = overlap;
  }

  /** What became of the segments of one segmentation in the next, on the same customers. */
  public static List<Link> between(Segmentation before, Segmentation after, Dataset<Row> features) {
    return of(
        Overlap.count(
            features,
            before.model().assignment().getField(Model.SEGMENT_ID),
            after.model().assignment().getField(Model.SEGMENT_ID)));
  }

  /**
   * The same where the earlier one can no longer assign anybody: of the customers that are in both,
   * by the segments that they were in and are in.
   *
   * @param before {@code customer_segment} of one lens, of then
   * @param after the same of now
   */
  public static List<Link> between(Dataset<Row> before, Dataset<Row> after) {
    String customer = CustomerSegment.CUSTOMER_ID.name();
    Column was = before.col(CustomerSegment.SEGMENT_ID.name());
    Column is = after.col(CustomerSegment.SEGMENT_ID.name());
    return of(
        Overlap.count(
            before
                .select(before.col(customer), was.as("was"))
                .join(after.select(after.col(customer), is.as("is")), customer),
            col("was"),
            col("is")));
  }

  /** The links of all segments, by earlier and later id. */
  public static List<Link> of(Overlap overlap) {
    Lineage lineage = new Lineage(overlap);
    lineage.survived();
    lineage.moved();
    lineage.cameAndWent();
    lineage.links.sort(
        Comparator.comparing(Link::before, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Link::after, Comparator.nullsLast(Comparator.naturalOrder())));
    return List.copyOf(lineage.links);
  }

  private void survived() {
    for (int i = 0; i < overlap.before().size(); i++) {
      int j = overlap.after().indexOf(overlap.before().get(i));
      if (j >= 0) {
        add(Event.SURVIVED, i, j);
      }
    }
  }

  private void moved() {
    List<Link> survivors = List.copyOf(links);
    for (int i = 0; i < overlap.before().size(); i++) {
      for (int j = 0; j < overlap.after().size(); j++) {
        boolean source =
            (!survives(survivors, i) && overlap.shareOfBefore(i, j) >= SOURCE)
                || (!isSurvivor(survivors, j) && overlap.shareOfAfter(i, j) >= SOURCE);
        if (source && !overlap.before().get(i).equals(overlap.after().get(j))) {
          boolean shared = isSurvivor(survivors, j) || sourcesOf(j) > 1;
          add(shared ? Event.MERGED : Event.SPLIT, i, j);
        }
      }
    }
  }

  private boolean survives(List<Link> survivors, int i) {
    return survivors.stream().anyMatch(l -> l.before().equals(overlap.before().get(i)));
  }

  private boolean isSurvivor(List<Link> survivors, int j) {
    return survivors.stream().anyMatch(l -> l.after().equals(overlap.after().get(j)));
  }

  private long sourcesOf(int j) {
    return IntStream.range(0, overlap.before().size())
        .filter(i -> overlap.shareOfBefore(i, j) >= SOURCE || overlap.shareOfAfter(i, j) >= SOURCE)
        .count();
  }

  private void cameAndWent() {
    for (int i = 0; i < overlap.before().size(); i++) {
      if (!sources.contains(overlap.before().get(i))) {
        links.add(
            new Link(
                Event.RETIRED, overlap.before().get(i), null, overlap.sizeBefore(i), null, null));
      }
    }
    for (int j = 0; j < overlap.after().size(); j++) {
      if (!targets.contains(overlap.after().get(j))) {
        links.add(
            new Link(
                Event.APPEARED, null, overlap.after().get(j), overlap.sizeAfter(j), null, null));
      }
    }
  }

  private void add(Event event, int i, int j) {
    sources.add(overlap.before().get(i));
    targets.add(overlap.after().get(j));
    links.add(
        new Link(
            event,
            overlap.before().get(i),
            overlap.after().get(j),
            overlap.customers()[i][j],
            overlap.shareOfBefore(i, j),
            overlap.shareOfAfter(i, j)));
  }
}
