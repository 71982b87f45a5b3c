package io.stratify.jobs.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Counts the categories of many columns in one pass. It gives counts away when it holds too many,
 * so that there may be several rows per column and category.
 */
final class CategoryTally implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Of the rows that it gives; the category is null for those without one. */
  static final StructType SCHEMA =
      new StructType()
          .add("feature", DataTypes.StringType)
          .add("category", DataTypes.StringType)
          .add("rows", DataTypes.LongType);

  private static final int MOST = 50_000;

  private final List<String> columns;

  CategoryTally(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new Counts(rows, columns);
  }

  private static final class Counts implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final UTF8String[] names;
    private final List<Map<UTF8String, long[]>> counts = new ArrayList<>();
    private int held;
    private Iterator<InternalRow> given = new ArrayList<InternalRow>().iterator();

    Counts(Iterator<InternalRow> rows, List<String> columns) {
      this.rows = rows;
      this.names = columns.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
      columns.forEach(c -> counts.add(new HashMap<>()));
    }

    @Override
    public boolean hasNext() {
      while (!given.hasNext() && rows.hasNext()) {
        while (held < MOST && rows.hasNext()) {
          count(rows.next());
        }
        given = give();
      }
      return given.hasNext();
    }

    private void count(InternalRow row) {
      for (int i = 0; i < names.length; i++) {
        UTF8String category = row.isNullAt(i) ? null : row.getUTF8String(i);
        long[] n = counts.get(i).get(category);
        if (n == null) {
          n = new long[1];
          counts.get(i).put(category == null ? null : category.copy(), n);
          held++;
        }
        n[0]++;
      }
    }

    private Iterator<InternalRow> give() {
      List<InternalRow> partial = new ArrayList<>(held);
      for (int i = 0; i < names.length; i++) {
        UTF8String name = names[i];
        counts
            .get(i)
            .forEach(
                (category, n) ->
                    partial.add(new GenericInternalRow(new Object[] {name, category, n[0]})));
        counts.get(i).clear();
      }
      held = 0;
      return partial.iterator();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return given.next();
    }
  }
}
