package io.stratify.jobs.cli;

/** Bad usage or configuration: the command ends with 2 before any work. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
