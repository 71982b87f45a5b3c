package io.stratify.common.config;

/**
 * Where Stratify keeps its tables.
 *
 * @param root folder or object store prefix
 * @param onlyWriter whether one command at a time writes there, as somebody else sees to
 */
public record OutputConfig(String root, boolean onlyWriter) {
  static final Key<String> ROOT = Key.text("output.root", "a folder or an object store prefix");
  static final Key<Boolean> ONLY_WRITER = Key.flag("output.only-writer");

  /** Checks that there is a folder. */
  public OutputConfig {
    new Checks().check(ROOT, root).done();
  }
}
