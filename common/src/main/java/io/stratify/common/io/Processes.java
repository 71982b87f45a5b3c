package io.stratify.common.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What tells the process that wrote a file from others, which may be of another machine. */
final class Processes {
  /** The first namespace of processes of every Linux machine: proc(5), proc_ns.h of the kernel. */
  private static final String OUTSIDE_CONTAINERS = "pid:[4026531836]";

  private Processes() {}

  /** When a process began; -1 where the system does not tell. */
  static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
  }

  /** The name of this host; nothing where it has none. */
  static Optional<String> host() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Which processes this one sees: a name that on one host no two containers have at a time; empty
   * where the system has no such thing.
   */
  static String seen() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return "";
    }
  }

  /**
   * What tells machines of one host name apart, as clones are: the id that a machine keeps, or,
   * since an image may give all its containers one, the id of its last start; empty where the
   * system has neither.
   */
  static String machine() {
    String kept = seen().equals(OUTSIDE_CONTAINERS) ? line("/etc/machine-id") : "";
    return kept.isEmpty() ? line("/proc/sys/kernel/random/boot_id") : kept;
  }

  private static String line(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
