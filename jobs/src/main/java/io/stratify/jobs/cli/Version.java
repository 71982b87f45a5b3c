package io.stratify.jobs.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the application jar. */
final class Version implements IVersionProvider {
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"stratify " + text()};
  }
}
