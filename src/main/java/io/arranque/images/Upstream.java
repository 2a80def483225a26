package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens URLs for reading, from an offset on where that is possible. Not the JDK's newer HTTP
 * client: its body streams know no time-out, so that an upstream that falls silent in the middle
 * would hold a job for ever.
 */
public final class Upstream {
  private static final int REDIRECTS_MAX = 8;
  private static final int LIST_MAX = 4 << 20;
  private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]+/([0-9]{1,18})");

  private final Mirror mirror;
  private final Duration silence;

  /**
   * @param silence how long the other end may say nothing
   */
  public Upstream(Mirror mirror, Duration silence) {
    this.mirror = mirror;
    this.silence = silence;
  }

  /**
   * An open file of somewhere else.
   *
   * @param body ends the connection when closed
   * @param offset of its first byte in the file
   * @param total size of the whole file in bytes
   * @param validator what an {@code If-Range} may name: the same file has the same one
   */
  record Opened(InputStream body, long offset, Optional<Long> total, Optional<String> validator)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * @param offset from which byte on; what is opened may begin at 0 all the same
   * @param validator what the bytes before {@code offset} were of
   * @throws ImageFailure when there is no such file; asking again would not help
   * @throws IOException when the other end cannot be reached or is in trouble
   */
  Opened open(Source source, long offset, Optional<String> validator)
      throws IOException, ImageFailure {
    URI url = mirror.of(source.url());
    if ("file".equals(url.getScheme())) {
      return local(url, offset, validator);
    }
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      HttpURLConnection connection = connect(url, offset, validator);
      int status = connection.getResponseCode();
      if (status / 100 != 3 || status == 304) {
        return answered(connection, status, url, offset);
      }
      url = redirected(source, url, connection);
    }
    throw new ImageFailure(
        Kind.UPSTREAM, source.url() + " leads from one place to the next, without end");
  }

  /** A short text, such as a list of checksums. */
  String text(URI url) throws IOException, ImageFailure {
    Source source = Source.of(url.getPath(), url, Optional.empty());
    try (Opened opened = open(source, 0, Optional.empty())) {
      byte[] bytes = opened.body().readNBytes(LIST_MAX);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private HttpURLConnection connect(URI url, long offset, Optional<String> validator)
      throws IOException {
    URLConnection opened = url.toURL().openConnection();
    if (!(opened instanceof HttpURLConnection connection)) {
      throw new IOException("not http: " + url);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) silence.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    connection.setRequestProperty("User-Agent", "Arranque");
    // A file, byte by byte: what is packed on the way has another length.
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (offset > 0) {
      connection.setRequestProperty("Range", "bytes=" + offset + "-");
      validator.ifPresent(known -> connection.setRequestProperty("If-Range", known));
    }
    return connection;
  }

  private static Opened answered(HttpURLConnection connection, int status, URI url, long offset)
      throws IOException, ImageFailure {
    if (status == 200 || status == 206) {
      Matcher range = RANGE.matcher(String.valueOf(connection.getHeaderField("Content-Range")));
      boolean part = status == 206 && range.matches();
      if (status == 206 && (!part || Long.parseLong(range.group(1)) != offset)) {
        connection.disconnect();
        throw new IOException(url + " answers another range than was asked for");
      }
      long length = connection.getContentLengthLong();
      Optional<Long> total =
          part
              ? Optional.of(Long.valueOf(range.group(2)))
              : Optional.of(length).filter(known -> known >= 0);
      return new Opened(
          connection.getInputStream(), part ? offset : 0, total, validator(connection));
    }
    connection.disconnect();
    if (status == 416) {
      return new Opened(InputStream.nullInputStream(), -1, Optional.empty(), Optional.empty());
    }
    if (status / 100 == 4 && status != 408 && status != 429) {
      throw new ImageFailure(Kind.UPSTREAM, url + " is not there: the server says " + status);
    }
    throw new IOException(url + " cannot be had now: the server says " + status);
  }

  /** A weak tag says only that a file is as good, not that it is the same (RFC 9110 §13.1.5). */
  private static Optional<String> validator(HttpURLConnection connection) {
    Optional<String> tag =
        Optional.ofNullable(connection.getHeaderField("ETag")).filter(t -> t.startsWith("\""));
    return tag.or(() -> Optional.ofNullable(connection.getHeaderField("Last-Modified")));
  }

  private static URI redirected(Source source, URI url, HttpURLConnection connection)
      throws IOException, ImageFailure {
    String location = connection.getHeaderField("Location");
    connection.disconnect();
    if (location == null) {
      throw new IOException(url + " leads nowhere");
    }
    URI next;
    try {
      next = url.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(url + " leads to no URL: " + location, e);
    }
    boolean safe = "https".equals(next.getScheme());
    boolean same = next.getScheme() != null && next.getScheme().equals(url.getScheme());
    // From https to http is a way to be given anything, unless the checksum is known.
    boolean checked = source.sha256().isPresent() && "http".equals(next.getScheme());
    if (!safe && !same && !checked) {
      throw new ImageFailure(
          Kind.UPSTREAM,
          url + " leads to " + next + ", where anybody could change it: not followed");
    }
    return next;
  }

  private static Opened local(URI url, long offset, Optional<String> validator)
      throws IOException, ImageFailure {
    Path path = Path.of(url);
    try {
      String version = "\"" + Files.size(path) + "-" + Files.getLastModifiedTime(path) + "\"";
      InputStream in = Files.newInputStream(path);
      boolean same = validator.filter(version::equals).isPresent();
      if (same) {
        in.skipNBytes(offset);
      }
      return new Opened(in, same ? offset : 0, Optional.of(Files.size(path)), Optional.of(version));
    } catch (NoSuchFileException e) {
      throw new ImageFailure(Kind.UPSTREAM, path + " is not there", e);
    }
  }
}
