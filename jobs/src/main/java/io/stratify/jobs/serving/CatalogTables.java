package io.stratify.jobs.serving;

import io.stratify.common.StratifyException;
import io.stratify.common.io.Lake;
import io.stratify.common.spark.Names;
import io.stratify.common.tables.ColumnSpec;
import io.stratify.common.tables.Publication;
import io.stratify.common.tables.Slice;
import io.stratify.common.tables.TableSpec;
import io.stratify.common.tables.Tables;
import io.stratify.jobs.Failures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchDatabaseException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import scala.Option;

/**
 * Published tables, and the views on them, by name in a database of the session's catalog. Tables
 * stay where they are: the catalog only points at their folders. The views follow {@code
 * publication} by themselves, so that a run has nothing to change there unless tables or columns
 * are new.
 */
public final class CatalogTables {
  /** Property of our views: the output root whose tables they show. */
  private static final String ROOT = "stratify.root";

  /**
   * Characters of the comment of a column in a Hive metastore: COLUMNS_V2.COMMENT of its schema.
   */
  private static final int LONGEST = 256;

  private final Lake lake;
  private final SparkSession spark;
  private final SessionCatalog catalog;
  private final String database;

  /** What became of one name: a table or a view that is new, changed or as it was. */
  public record Entry(String name, String kind, String state) {}

  private CatalogTables(Lake lake, String database) {
    this.lake = lake;
    this.spark = lake.spark();
    this.catalog = spark.sessionState().catalog();
    this.database = database;
  }

  /**
   * Makes sure that the catalog can be reached and that the names are free or ours.
   *
   * @throws StratifyException that says what is in the way
   */
  public static void check(Lake lake, String database) {
    guarded(
        lake,
        database,
        c -> {
          c.makeDatabase();
          c.requireOurs();
          return List.of();
        });
  }

  /**
   * The same for who only looks, and makes no database.
   *
   * @throws StratifyException that says what is in the way
   */
  public static void look(Lake lake, String database) {
    guarded(
        lake,
        database,
        c -> {
          c.requireOurs();
          return List.of();
        });
  }

  /**
   * Enters what is missing and changes what is out of date.
   *
   * @return all names, tables first; none before the first publication
   * @throws StratifyException that says what is in the way
   */
  public static List<Entry> register(Lake lake, String database) {
    return guarded(
        lake,
        database,
        c -> {
          c.makeDatabase();
          c.requireOurs();
          c.published().forEach(lake::requireReadable);
          List<Entry> entries = new ArrayList<>();
          c.published().forEach(t -> entries.add(c.register(t)));
          c.views().forEach(v -> entries.add(c.register(v)));
          return entries;
        });
  }

  private interface Work {
    List<Entry> on(CatalogTables tables);
  }

  /** Spark throws checked exceptions undeclared, and Hive's have Hive's words. */
  private static List<Entry> guarded(Lake lake, String database, Work work) {
    try {
      CatalogTables tables = new CatalogTables(lake, database);
      return work.on(tables);
    } catch (StratifyException e) {
      throw e;
    } catch (Exception e) {
      throw new StratifyException(
          e,
          "Cannot use the catalog: %s. Is its metastore there, does it let this user make tables in"
              + " database %s, and, if it is embedded, does no other process have it open? Without"
              + " a catalog: --set catalog.kind=none",
          StringUtils.stripEnd(Failures.rootCause(e), "."),
          database);
    }
  }

  private void makeDatabase() {
    if (!catalog.databaseExists(database)) {
      spark.sql(
          "CREATE DATABASE IF NOT EXISTS "
              + Names.quoted(database)
              + " COMMENT "
              + text("Customer segments, made by Stratify"));
    }
  }

  private List<TableSpec> published() {
    if (!lake.exists(Publication.TABLE)) {
      return List.of();
    }
    return Tables.ALL.stream().filter(t -> isPublished(t) && lake.exists(t)).toList();
  }

  private static boolean isPublished(TableSpec table) {
    return table.slice() == Slice.PUBLISHED || table.equals(Publication.TABLE);
  }

  private List<Views.View> views() {
    return Views.all(lake, this::reference);
  }

  private String reference(TableSpec table) {
    return Names.quoted(database) + "." + Names.quoted(table.name());
  }

  private Entry register(TableSpec table) {
    if (requireOurs(table).isPresent()) {
      return new Entry(table.name(), "table", "");
    }
    spark.sql(
        String.format(
            Locale.ROOT,
            "CREATE TABLE %s.%s USING delta COMMENT %s LOCATION %s",
            Names.quoted(database),
            Names.quoted(table.name()),
            text(table.doc()),
            text(lake.path(table))));
    return new Entry(table.name(), "table", "new");
  }

  private Entry register(Views.View view) {
    Optional<CatalogTable> there = requireOurs(view);
    if (there.filter(v -> isAsDeclared(v, view)).isPresent()) {
      return new Entry(view.name(), "view", "");
    }
    spark.sql(
        String.format(
            Locale.ROOT,
            "CREATE OR REPLACE VIEW %s.%s (%s) COMMENT %s TBLPROPERTIES (%s = %s) AS %s",
            Names.quoted(database),
            Names.quoted(view.name()),
            view.table().columns().stream()
                .map(c -> Names.quoted(c.name()) + " COMMENT " + text(comment(c)))
                .collect(Collectors.joining(", ")),
            text(view.doc()),
            text(ROOT),
            text(lake.root()),
            view.select()));
    return new Entry(view.name(), "view", there.isPresent() ? "changed" : "new");
  }

  private static boolean isAsDeclared(CatalogTable there, Views.View view) {
    List<String> declared = view.table().columns().stream().map(CatalogTables::column).toList();
    List<String> found =
        Arrays.stream(there.schema().fields())
            .map(
                f -> f.name() + " " + f.dataType().sql() + " " + f.getComment().getOrElse(() -> ""))
            .toList();
    return found.equals(declared)
        && there.viewText().contains(view.select())
        && there.comment().contains(view.doc());
  }

  private static String column(ColumnSpec column) {
    return column.name() + " " + column.type().sql() + " " + comment(column);
  }

  private static String comment(ColumnSpec column) {
    return StringUtils.abbreviate(column.doc(), LONGEST);
  }

  /** Names of tables that are yet to be written too: they would be in the way of a later run. */
  private void requireOurs() {
    List<TableSpec> published = Tables.ALL.stream().filter(CatalogTables::isPublished).toList();
    published.forEach(this::requireOurs);
    Views.of(published, this::reference).forEach(this::requireOurs);
  }

  private Optional<CatalogTable> requireOurs(TableSpec table) {
    Optional<CatalogTable> there = find(table.name());
    there
        .filter(t -> !isAt(t, lake.path(table)))
        .ifPresent(t -> refuse(table.name(), "is not the one in " + lake.path(table)));
    return there;
  }

  private Optional<CatalogTable> requireOurs(Views.View view) {
    Optional<CatalogTable> there = find(view.name());
    there
        .filter(
            v ->
                !v.properties()
                    .get(ROOT)
                    .map(CatalogTables::bareRoot)
                    .contains(bareRoot(lake.root())))
        .ifPresent(v -> refuse(view.name(), "is not a view of the tables in " + lake.root()));
    return there;
  }

  private void refuse(String name, String why) {
    throw new StratifyException(
        "Cannot enter %s in the catalog: %s.%s is there and %s. Nothing was changed. Drop it, or"
            + " choose another --set catalog.database=NAME",
        name, database, name, why);
  }

  private Optional<CatalogTable> find(String name) {
    TableIdentifier id = new TableIdentifier(name, Option.apply(database));
    try {
      return catalog.tableExists(id) ? Optional.of(catalog.getTableMetadata(id)) : Optional.empty();
    } catch (NoSuchDatabaseException | NoSuchTableException e) {
      return Optional.empty(); // dropped meanwhile
    }
  }

  private static boolean isAt(CatalogTable table, String path) {
    return table.tableType().equals(CatalogTableType.EXTERNAL())
        && table.provider().contains("delta")
        && table.storage().locationUri().isDefined()
        && bare(new Path(table.storage().locationUri().get())).equals(bare(new Path(path)));
  }

  /** A local folder is the same with and without its scheme. */
  private static String bare(Path path) {
    boolean local = path.toUri().getScheme() == null || path.toUri().getScheme().equals("file");
    return local ? path.toUri().getPath() : path.toString();
  }

  private static String bareRoot(String root) {
    return bare(new Path(root));
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
