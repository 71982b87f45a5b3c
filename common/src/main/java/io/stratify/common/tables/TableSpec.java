package io.stratify.common.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The declaration of one table: its name, its documented columns, its key and what a run replaces.
 *
 * @param name name below the output root and in a catalog
 * @param doc one sentence on what a row is
 * @param slice what one run replaces
 * @param columns all columns in order, those of the slice first
 * @param key names of the columns that identify a row; empty where nothing does
 */
public record TableSpec(
    String name, String doc, Slice slice, List<ColumnSpec> columns, List<String> key) {

  /** Money in the warehouse's one currency: sums are exact whatever the order of the rows. */
  public static final DecimalType MONEY = DataTypes.createDecimalType(18, 4);

  /** A sum of {@link #MONEY} over any number of customers. */
  public static final DecimalType MONEY_SUM = DataTypes.createDecimalType(28, 4);

  /** The as-of date of a snapshot. */
  public static final ColumnSpec AS_OF =
      new ColumnSpec(
          "as_of",
          DataTypes.DateType,
          true,
          List.of(),
          "the day this row describes: only facts before its midnight UTC count");

  /** The revision of a snapshot. */
  public static final ColumnSpec REVISION =
      new ColumnSpec(
          "revision",
          DataTypes.IntegerType,
          true,
          List.of(),
          "1 for the first published run of this as_of, one more for each run published again");

  /** The month of a day, by which the files of a table of days are told apart. */
  public static final ColumnSpec MONTH =
      new ColumnSpec(
          "month",
          DataTypes.DateType,
          true,
          List.of(),
          "first day of the month of the day; a refresh replaces whole months");

  /** Makes the lists immutable. */
  public TableSpec {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** Starts the declaration of a table that a run replaces as a whole. */
  public static Builder whole(String name, String doc) {
    return new Builder(name, doc, Slice.WHOLE);
  }

  /**
   * Starts the declaration of a table of days that a run keeps up to date month by month. It is
   * made of other tables alone, and has a column {@code day}.
   */
  public static Builder monthly(String name, String doc) {
    return new Builder(name, doc, Slice.MONTHS);
  }

  /** Starts the declaration of a table of which a run replaces one as-of date. */
  public static Builder snapshot(String name, String doc) {
    return new Builder(name, doc, Slice.AS_OF);
  }

  /** Starts the declaration of a table that a run replaces as a whole, as-of date by as-of date. */
  public static Builder past(String name, String doc) {
    return new Builder(name, doc, Slice.AS_OF_DATES);
  }

  /** Starts the declaration of a table that readers see through the last publication. */
  public static Builder published(String name, String doc) {
    return new Builder(name, doc, Slice.PUBLISHED);
  }

  /** Starts the declaration of a table that only grows. */
  public static Builder appended(String name, String doc) {
    return new Builder(name, doc, Slice.APPENDED);
  }

  /** The schema that the table has on disk; columns carry their documentation as comment. */
  public StructType schema() {
    StructType schema = new StructType();
    for (ColumnSpec c : columns) {
      schema =
          schema.add(
              new StructField(
                  c.name(),
                  c.type(),
                  !c.required(),
                  new MetadataBuilder().putString("comment", c.doc()).build()));
    }
    return schema;
  }

  /** The schema of rows made on the driver: the body, nothing required before it is written. */
  public StructType bodySchema() {
    StructType schema = new StructType();
    for (ColumnSpec c : body()) {
      schema = schema.add(c.name(), c.type());
    }
    return schema;
  }

  /** The columns that partition the table on disk. */
  public List<String> partition() {
    return switch (slice) {
      case WHOLE, APPENDED -> List.of();
      case AS_OF, AS_OF_DATES -> List.of(AS_OF.name());
      case MONTHS -> List.of(MONTH.name());
      case PUBLISHED -> List.of(AS_OF.name(), REVISION.name());
    };
  }

  /** The columns of a row without those of the slice. */
  public List<ColumnSpec> body() {
    return columns.stream().filter(c -> !partition().contains(c.name())).toList();
  }

  /** A column by name, if the table has it. */
  public Optional<ColumnSpec> column(String column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }

  /** All columns of the table, for a select in the declared order. */
  public Column[] cols() {
    return columns.stream().map(ColumnSpec::col).toArray(Column[]::new);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects the columns of one table; each call hands back the column for use as a constant. */
  public static final class Builder {
    private final String name;
    private final String doc;
    private final Slice slice;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<String> key = new ArrayList<>();

    private Builder(String name, String doc, Slice slice) {
      this.name = name;
      this.doc = doc;
      this.slice = slice;
      if (slice == Slice.MONTHS) {
        columns.add(MONTH);
      }
      if (slice == Slice.AS_OF || slice == Slice.AS_OF_DATES || slice == Slice.PUBLISHED) {
        columns.add(AS_OF);
        key.add(AS_OF.name());
      }
      if (slice == Slice.PUBLISHED) {
        columns.add(REVISION);
        key.add(REVISION.name());
      }
    }

    /** Adds a required column that is part of the key. */
    public ColumnSpec key(String column, DataType type, String columnDoc) {
      key.add(column);
      return add(new ColumnSpec(column, type, true, List.of(), columnDoc));
    }

    /** Adds a column that must not be null. */
    public ColumnSpec required(String column, DataType type, String columnDoc) {
      return add(new ColumnSpec(column, type, true, List.of(), columnDoc));
    }

    /** Adds a column that may be null. */
    public ColumnSpec column(String column, DataType type, String columnDoc) {
      return add(new ColumnSpec(column, type, false, List.of(), columnDoc));
    }

    /** Adds a text column that may be null and otherwise holds one of some values. */
    public ColumnSpec oneOf(String column, List<String> allowed, String columnDoc) {
      return add(new ColumnSpec(column, DataTypes.StringType, false, allowed, columnDoc));
    }

    /** Adds a text column that must hold one of some values. */
    public ColumnSpec requiredOneOf(String column, List<String> allowed, String columnDoc) {
      return add(new ColumnSpec(column, DataTypes.StringType, true, allowed, columnDoc));
    }

    /** Adds a column that is declared elsewhere. */
    public Builder with(ColumnSpec column) {
      add(column);
      return this;
    }

    /** Ends the declaration. */
    public TableSpec build() {
      return new TableSpec(name, doc, slice, columns, key);
    }

    private ColumnSpec add(ColumnSpec column) {
      columns.add(column);
      return column;
    }
  }
}
