package io.stratify.jobs.demo;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A table whose rows all come from one customer's life at a time. Dates are given as days since
 * 1970.
 *
 * @param name name of the table
 * @param schema its columns
 * @param rows how a life becomes rows
 * @param sample a sound row of which dirty ones are made
 */
record CustomerTable(String name, StructType schema, Rows rows, Sample sample)
    implements Serializable {

  /** A table without dirty rows besides those that it makes itself. */
  CustomerTable(String name, StructType schema, Rows rows) {
    this(name, schema, rows, (spec, who, id) -> new Object[schema.size()]);
  }

  /** Adds the rows of one customer. */
  interface Rows extends Serializable {
    void add(DemoSpec spec, long customer, Sink sink);
  }

  /** Gives a sound row of a customer with an id of its own. */
  interface Sample extends Serializable {
    Object[] row(DemoSpec spec, Profile who, String id);
  }

  /** One row; {@code dirt} is null for a clean one. */
  record Marked(DirtyRow dirt, Row row) {}

  List<Marked> of(DemoSpec spec, long customer) {
    Sink sink = new Sink();
    rows.add(spec, customer, sink);
    for (DirtyRow kind : DirtyRow.of(spec, customer)) {
      if (kind.table().equals(name)) {
        dirty(kind, spec, customer, sink);
      }
    }
    return sink.rows;
  }

  private void dirty(DirtyRow kind, DemoSpec spec, long customer, Sink sink) {
    if (kind.flaw().equals(Flaw.REPEATED)) {
      sink.repeatFirst(kind);
    } else if (!kind.flaw().equals(Flaw.SPECIAL)) {
      Profile who = Profile.of(spec, customer);
      Object[] sound = sample.row(spec, who, Text.owned("D", customer, sink.rows.size()));
      sink.dirty(kind, kind.flaw().in(sound, schema, who));
    }
  }

  List<Row> rowsOf(DemoSpec spec, long customer) {
    return of(spec, customer).stream().map(Marked::row).toList();
  }

  List<String> dirtOf(DemoSpec spec, long customer) {
    return of(spec, customer).stream()
        .filter(m -> m.dirt() != null)
        .map(m -> m.dirt().name())
        .toList();
  }

  /** Collects the rows of one customer. */
  static final class Sink {
    private final List<Marked> rows = new ArrayList<>();

    void clean(Object... values) {
      rows.add(new Marked(null, RowFactory.create(values)));
    }

    void dirty(DirtyRow kind, Object... values) {
      rows.add(new Marked(kind, RowFactory.create(values)));
    }

    /** The first row once more, where there is a clean one. */
    void repeatFirst(DirtyRow kind) {
      if (!rows.isEmpty() && rows.get(0).dirt() == null) {
        rows.add(new Marked(kind, rows.get(0).row()));
      }
    }
  }
}
