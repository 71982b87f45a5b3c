package io.stratify.common.config;

import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.FeatureGroup;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.TableSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A feature that the configuration adds: an aggregate over the rows of one table before the as-of
 * date.
 *
 * @param name key in the map {@code custom} of {@code customer_features}
 * @param type what its values are
 * @param doc unit and definition
 * @param group what it is about
 * @param table {@code customer_day}, or a conformed table of which the rows belong to a customer
 *     and have a time
 * @param sql the aggregate, with the place where it is written
 */
public record CustomFeature(
    String name, Type type, String doc, String group, String table, SqlExpression sql) {

  /** What the values of a feature are; all are kept as numbers. */
  public enum Type {
    /** Any number. */
    NUMBER,
    /** A whole number. */
    INTEGER,
    /** True or false, kept as 1 or 0. */
    FLAG
  }

  static final String PATH = "features.custom[]";
  static final Key<String> NAME =
      Key.matching(
          PATH + ".name",
          "a name of at most 63 small letters, digits and _ that begins with a letter",
          "[a-z][a-z0-9_]{0,62}");
  static final Key<Type> TYPE = Key.oneOf(PATH + ".type", Type.class);
  static final Key<String> DOC = Key.text(PATH + ".doc", "a text with unit and definition");
  static final Key<String> GROUP =
      new Key<>(
          PATH + ".group",
          "one of " + String.join(", ", FeatureGroup.NAMES),
          Values::text,
          FeatureGroup.NAMES::contains);
  static final Key<String> TABLE =
      new Key<>(PATH + ".table", "one of " + offered(), Values::text, t -> find(t).isPresent());
  static final Key<String> SQL = Key.sql(PATH + ".sql", "a SQL aggregate");

  /** Checks each value, and that no column of the table has the name. */
  public CustomFeature {
    new Checks()
        .check(NAME, name)
        .check(DOC, doc)
        .check(GROUP, group)
        .check(TABLE, table)
        .that(
            CustomerFeatures.TABLE.column(name).isEmpty(),
            NAME.path(),
            NAME.path()
                + " is "
                + Values.show(name)
                + ", which is a column of customer_features already; choose another name")
        .done();
  }

  /** The tables that a feature may be made of. */
  public static List<TableSpec> tables() {
    return Stream.concat(
            Stream.of(CustomerDay.TABLE),
            Inputs.SPECS.stream()
                .filter(s -> s.ofCustomer() && s.occurredAt().isPresent())
                .map(s -> s.table()))
        .toList();
  }

  private static String offered() {
    return String.join(", ", tables().stream().map(TableSpec::name).toList());
  }

  private static Optional<TableSpec> find(String table) {
    return tables().stream().filter(t -> t.name().equals(table)).findFirst();
  }
}
