package io.arranque.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** A wire on loopback between browser and appliance that can be cut and mended. */
final class CutWire implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final IntSupplier target;
  private volatile boolean cut;

  CutWire(IntSupplier target) throws IOException {
    this.target = target;
    thread(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Both sides lose every connection, and no new one comes about. */
  void cut() {
    cut = true;
    ends.forEach(CutWire::quietly);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket browser = door.accept();
        ends.add(browser);
        if (cut) {
          quietly(browser);
          continue;
        }
        Socket appliance = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
        ends.add(appliance);
        thread(() -> copy(browser, appliance));
        thread(() -> copy(appliance, browser));
      } catch (IOException e) {
        // The appliance is away, or the test is over.
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Cut, or closed by one side.
    } finally {
      quietly(from);
      quietly(to);
      ends.remove(from);
      ends.remove(to);
    }
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "cut-wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
