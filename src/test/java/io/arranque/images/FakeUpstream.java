package io.arranque.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real web server on loopback that can be told to misbehave. */
public final class FakeUpstream implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-");

  /** What it does with one request. */
  public sealed interface Habit {
    /** As it should. */
    record Good() implements Habit {}

    /** Ends the connection after so many bytes of the answer. */
    record Break(int after) implements Habit {}

    /** Says that there is so much more than there is, and ends the connection. */
    record Lie(int more) implements Habit {}

    /** Answers with this status and nothing. */
    record Status(int status) implements Habit {}

    /** Leads elsewhere. */
    record Redirect(String location) implements Habit {}

    /** Sends so many bytes, then waits for the latch. */
    record Hold(int after, CountDownLatch until) implements Habit {}

    /** Without saying how long it is. */
    record Chunked() implements Habit {}
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Content(byte[] bytes, Optional<String> tag) {}

  private final HttpServer server;
  private final Map<String, Content> files = new ConcurrentHashMap<>();
  private final Deque<Habit> habits = new ArrayDeque<>();
  private Optional<Habit> always = Optional.empty();

  /** {@code GET /path Range If-Range}, what is not there left out. */
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  public FakeUpstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  public FakeUpstream file(String path, byte[] bytes) {
    return file(path, bytes, "\"" + Arrays.hashCode(bytes) + "\"");
  }

  public FakeUpstream file(String path, byte[] bytes, String tag) {
    files.put(path, new Content(bytes, Optional.of(tag).filter(t -> !t.isEmpty())));
    return this;
  }

  /** For the next requests, one each; afterwards it behaves. */
  public synchronized FakeUpstream then(Habit... next) {
    habits.addAll(List.of(next));
    return this;
  }

  public synchronized FakeUpstream always(Habit habit) {
    always = Optional.of(habit);
    return this;
  }

  public synchronized FakeUpstream behave() {
    always = Optional.empty();
    habits.clear();
    return this;
  }

  private synchronized Habit next() {
    Habit habit = habits.poll();
    return habit != null ? habit : always.orElse(new Habit.Good());
  }

  private void handle(HttpExchange exchange) throws IOException {
    Habit habit = next();
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    asked.add(path + (range == null ? "" : " " + range) + (ifRange == null ? "" : " " + ifRange));
    Content content = files.get(path);
    try (exchange) {
      if (habit instanceof Habit.Status status) {
        exchange.sendResponseHeaders(status.status(), -1);
      } else if (habit instanceof Habit.Redirect redirect) {
        exchange.getResponseHeaders().set("Location", redirect.location());
        exchange.sendResponseHeaders(302, -1);
      } else if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        send(exchange, content, range, ifRange, habit);
      }
    }
  }

  private static void send(
      HttpExchange exchange, Content content, String range, String ifRange, Habit habit)
      throws IOException {
    content.tag().ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
    Matcher matcher = RANGE.matcher(String.valueOf(range));
    boolean same = ifRange == null || content.tag().filter(ifRange::equals).isPresent();
    int from = matcher.matches() && same ? Integer.parseInt(matcher.group(1)) : 0;
    int size = content.bytes().length;
    int claimed = size + (habit instanceof Habit.Lie lie ? lie.more() : 0);
    if (from > 0 && from >= size) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (claimed - 1) + "/" + claimed);
    }
    long length = habit instanceof Habit.Chunked ? 0 : claimed - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
    OutputStream out = exchange.getResponseBody();
    byte[] rest = Arrays.copyOfRange(content.bytes(), from, size);
    if (habit instanceof Habit.Break broken) {
      out.write(rest, 0, Math.min(broken.after(), rest.length));
      out.flush();
      throw new IOException("as told");
    }
    if (habit instanceof Habit.Hold hold) {
      out.write(rest, 0, Math.min(hold.after(), rest.length));
      out.flush();
      await(hold.until());
      out.write(rest, Math.min(hold.after(), rest.length), Math.max(0, rest.length - hold.after()));
    } else {
      out.write(rest);
    }
    out.flush();
    if (habit instanceof Habit.Lie) {
      throw new IOException("as told");
    }
    out.close();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
