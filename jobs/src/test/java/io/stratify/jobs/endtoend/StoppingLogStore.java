package io.stratify.jobs.endtoend;

import io.delta.storage.HDFSLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on the local disk in a {@link Doomed} driver: before and after every commit it says
 * where it is and waits until it may go on. There is one commit at a time.
 */
public final class StoppingLogStore extends HDFSLogStore {
  /** System property with the port of whoever listens. */
  static final String PORT = "stratify.test.stops";

  private static Line line;

  /** Made by Delta. */
  public StoppingLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, hadoop);
      return;
    }
    String commit = path.getParent().getParent().getName() + " " + path.getName();
    synchronized (StoppingLogStore.class) {
      say("before " + commit);
      super.write(path, actions, false, hadoop);
      say("after " + commit);
    }
  }

  /** Says where the driver is, and waits. */
  static synchronized void say(String place) throws IOException {
    if (line == null) {
      line = Line.to(Integer.getInteger(PORT));
    }
    line.out().write((place + "\n").getBytes(StandardCharsets.UTF_8));
    line.out().flush();
    if (line.in().readLine() == null) {
      throw new IOException("whoever listened has gone");
    }
  }

  private record Line(OutputStream out, BufferedReader in) {
    static Line to(int port) throws IOException {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new Line(
          socket.getOutputStream(),
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    }
  }
}
