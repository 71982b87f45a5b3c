package io.stratify.jobs.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server of this machine and hands their bytes on; while it is
 * broken, it resets the connections that there are and answers 500 on new ones.
 */
final class FaultyLink implements AutoCloseable {
  private static final String REFUSAL =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket door;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean broken;

  FaultyLink(int port) throws IOException {
    this.port = port;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** How often it answered 500. */
  int refused() {
    return refused.get();
  }

  void breakDown() {
    broken = true;
    open.forEach(FaultyLink::shut);
    open.clear();
  }

  void repair() {
    broken = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try {
      if (broken) {
        client.getInputStream().read(new byte[8192]);
        client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
        refused.incrementAndGet();
        shut(client);
        return;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.add(client);
      open.add(server);
      if (broken) { // it broke down meanwhile and may not have seen these two
        shut(client);
        shut(server);
        return;
      }
      start(() -> pump(server, client));
      pump(client, server);
    } catch (IOException e) {
      shut(client);
    }
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two has gone; so does the other.
    } finally {
      shut(from);
      shut(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "faulty link");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    breakDown();
  }
}
