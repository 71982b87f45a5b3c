package io.stratify.common.tables;

/** What one run replaces when it writes a table. */
public enum Slice {
  /** The whole table: it holds the present state of the warehouse and no snapshot. */
  WHOLE("the whole table"),
  /** The months that hold a day whose rows changed; all of them when it is made anew. */
  MONTHS("the months of the days that changed"),
  /** The rows of one as-of date. */
  AS_OF("one as_of"),
  /** All rows, of as-of dates that the run chose: past ones, to validate with. */
  AS_OF_DATES("the whole table, partitioned by as_of"),
  /**
   * The rows of one as-of date and revision. Readers follow the revision that {@code publication}
   * names, so a run that is still writing, or that failed, is never seen.
   */
  PUBLISHED("one as_of and revision; readers follow `publication`"),
  /** Nothing: rows are only ever added. */
  APPENDED("nothing, rows are added");

  private final String text;

  Slice(String text) {
    this.text = text;
  }

  /** What a run replaces, for people. */
  public String text() {
    return text;
  }
}
