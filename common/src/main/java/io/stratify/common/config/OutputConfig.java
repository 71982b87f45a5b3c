package io.stratify.common.config;

/**
 * Where Stratify keeps its tables.
 *
 * @param root folder or object store prefix
 */
public record OutputConfig(String root) {
  static final Key<String> ROOT = Key.text("output.root", "a folder or an object store prefix");

  /** Checks that there is a folder. */
  public OutputConfig {
    new Checks().check(ROOT, root).done();
  }
}
