package io.stratify.common.config;

/**
 * Where Stratify keeps its tables, and how.
 *
 * @param root folder or object store prefix
 * @param retentionDays days for which files that a table no longer needs are kept for readers
 * @param fileMb size in MB up to which small files of a table are put together
 * @param onlyWriter whether one command at a time writes there, as somebody else sees to
 */
public record OutputConfig(String root, int retentionDays, int fileMb, boolean onlyWriter) {
  static final Key<String> ROOT = Key.text("output.root", "a folder or an object store prefix");
  static final Key<Integer> RETENTION_DAYS = Key.wholeNumber("output.retention-days", 1);
  static final Key<Integer> FILE_MB = Key.wholeNumber("output.file-mb", 1, 4096);
  static final Key<Boolean> ONLY_WRITER = Key.flag("output.only-writer");

  /** Checks that there is a folder, and that no reader loses files at work. */
  public OutputConfig {
    new Checks()
        .check(ROOT, root)
        .check(RETENTION_DAYS, retentionDays)
        .check(FILE_MB, fileMb)
        .done();
  }
}
