package io.stratify.common.config;

/**
 * The Spark catalog in which BI tools find published tables by name.
 *
 * @param kind which one
 * @param database database of it that holds our tables and nothing else
 * @param folder where an embedded one lies on the local disk
 */
public record CatalogConfig(Kind kind, String database, String folder) {
  static final Key<Kind> KIND = Key.oneOf("catalog.kind", Kind.class);
  static final Key<String> DATABASE =
      Key.matching(
          "catalog.database",
          "a name of letters, digits and underscores, such as stratify",
          "[A-Za-z][A-Za-z0-9_]{0,127}");
  static final Key<String> FOLDER = Key.text("catalog.folder", "a folder on the local disk");

  /** Where names of tables are kept. */
  public enum Kind {
    /** Nowhere: readers go by the folders. */
    NONE,
    /** In a Hive metastore of our own in an embedded Derby, one process at a time: for a trial. */
    EMBEDDED,
    /** In the Hive metastore that spark-submit or hive-site.xml names. */
    HIVE
  }

  /** Checks each value. */
  public CatalogConfig {
    new Checks().check(DATABASE, database).check(FOLDER, folder).done();
  }

  /** Whether there is one. */
  public boolean isUsed() {
    return kind != Kind.NONE;
  }
}
