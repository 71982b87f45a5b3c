package io.stratify.jobs.membership;

import io.stratify.common.tables.SegmentDecision;
import io.stratify.common.tables.SegmentNames;
import io.stratify.common.tables.SegmentProposal;
import io.stratify.common.tables.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * One thing that people decided about a segment.
 *
 * @param lens lens
 * @param segmentId the segment; without the lens before it where people left that out
 * @param kind what was decided
 * @param value the name, the description, or the segment to merge into; null where there is none
 * @param decidedOn when; null where nobody said
 * @param decidedBy who; null where nobody said
 */
record Decision(
    String lens, String segmentId, Kind kind, String value, LocalDate decidedOn, String decidedBy) {
  /** Who decided what the evidence proposed. */
  static final String AUTOMATIC = "validation.proposals = automatic";

  /** The order in which decisions are applied. */
  static final Comparator<Decision> ORDER =
      Comparator.comparing(Decision::kind)
          .thenComparing(Decision::lens)
          .thenComparing(Decision::segmentId);

  /** What can be decided, in the order in which it is done. */
  enum Kind {
    /** Customers of one segment count as another's. */
    MERGE,
    /** The segment is given up; its customers go where they are nearest. */
    RETIRE,
    /** A name for people. */
    RENAME,
    /** What kind of customers they are. */
    DESCRIBE,
    /** No refit may do without the segment. */
    PIN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The decisions of {@code segment_names}, merges first, by lens and segment. */
  static List<Decision> of(List<Row> segmentNames) {
    List<Decision> decisions = new ArrayList<>();
    for (Row r : segmentNames) {
      add(decisions, r, Kind.MERGE, SegmentNames.MERGE_INTO.text(r));
      add(decisions, r, Kind.RENAME, SegmentNames.NAME.text(r));
      add(decisions, r, Kind.DESCRIBE, SegmentNames.DESCRIPTION.text(r));
      if (Boolean.TRUE.equals(r.getAs(SegmentNames.RETIRED.name()))) {
        decisions.add(of(r, Kind.RETIRE, null));
      }
      if (Boolean.TRUE.equals(r.getAs(SegmentNames.PINNED.name()))) {
        decisions.add(of(r, Kind.PIN, null));
      }
    }
    decisions.sort(ORDER);
    return decisions;
  }

  private static void add(List<Decision> decisions, Row row, Kind kind, String value) {
    if (value != null) {
      decisions.add(of(row, kind, value));
    }
  }

  private static Decision of(Row row, Kind kind, String value) {
    Date on = row.getAs(SegmentNames.DECIDED_ON.name());
    return new Decision(
        SegmentNames.LENS.text(row),
        SegmentNames.SEGMENT_ID.text(row),
        kind,
        value,
        on == null ? null : on.toLocalDate(),
        SegmentNames.DECIDED_BY.text(row));
  }

  /** A row of {@code segment_decision} as the decision that it keeps. */
  static Decision kept(Row row) {
    return new Decision(
        SegmentDecision.LENS.text(row),
        SegmentDecision.SEGMENT_ID.text(row),
        Kind.valueOf(SegmentDecision.DECISION.text(row).toUpperCase(Locale.ROOT)),
        SegmentDecision.VALUE.text(row),
        row.<Date>getAs(SegmentDecision.DECIDED_ON.name()).toLocalDate(),
        SegmentDecision.DECIDED_BY.text(row));
  }

  /** A row of {@code segment_proposal} as the decision that it proposes. */
  static Decision proposed(Row row) {
    return new Decision(
        SegmentProposal.LENS.text(row),
        SegmentProposal.SEGMENT_ID.text(row),
        Kind.valueOf(SegmentProposal.PROPOSAL.text(row).toUpperCase(Locale.ROOT)),
        SegmentProposal.MERGE_INTO.text(row),
        row.<Date>getAs(TableSpec.AS_OF.name()).toLocalDate(),
        AUTOMATIC);
  }

  /** Whether it says what becomes of the segments of a proposal, or needs the one that would go. */
  boolean settles(Row proposal) {
    String id = SegmentProposal.SEGMENT_ID.text(proposal);
    boolean about = kind == Kind.MERGE || kind == Kind.RETIRE || kind == Kind.PIN;
    boolean goes = kind == Kind.MERGE || kind == Kind.RETIRE;
    String into = SegmentProposal.MERGE_INTO.text(proposal);
    return lens.equals(SegmentProposal.LENS.text(proposal))
        && ((about && isNamed(segmentId, id))
            || (kind == Kind.MERGE && isNamed(value, id))
            || (goes && into != null && isNamed(segmentId, into)));
  }

  /** People may leave the lens out of an id. */
  private boolean isNamed(String named, String id) {
    return named.equals(id) || (lens + "." + named).equals(id);
  }

  /** The same decision as of a day. */
  Decision on(LocalDate day) {
    return new Decision(lens, segmentId, kind, value, day, decidedBy);
  }

  /** Whether the same was decided about the same segment. */
  boolean sameAs(Decision other) {
    return lens.equals(other.lens)
        && segmentId.equals(other.segmentId)
        && kind == other.kind
        && Objects.equals(value, other.value);
  }
}
