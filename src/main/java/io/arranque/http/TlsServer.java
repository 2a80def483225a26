package io.arranque.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate under which HTTPS is spoken. It is never kept on disk: a new one is made at each
 * start, when an address or a name came or went, and long before the present one ends. Machines
 * trust the authority, and notice nothing. Thread-safe.
 */
final class TlsServer {
  private static final Logger log = LoggerFactory.getLogger(TlsServer.class);

  /** Longer ones are refused by some systems (Apple's: 398 days). */
  private static final Duration LIFE = Duration.ofDays(90);

  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
  private static final Duration AUTHORITY_WARNS = Duration.ofDays(365);

  private final AuthorityServer authority;
  private final BootHttpServer.Secure settings;
  private final InstantSource clock;
  private volatile Present present;

  private record Present(SslContext context, X509Certificate own, Set<String> names) {}

  /**
   * Opens or makes the authority, and the first certificate.
   *
   * @throws IOException with a message for the operator
   */
  TlsServer(BootHttpServer.Secure settings, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    Instant now = clock.instant();
    this.authority = AuthorityServer.of(settings.folder(), settings.name(), now);
    this.present = issued(settings.names().get(), now);
    if (authority.ends().minus(AUTHORITY_WARNS).isBefore(now)) {
      log.warn(
          "the certificate authority in {} ends at {}; docs/https.md says how to replace it",
          settings.folder(),
          authority.ends());
    }
  }

  /** What machines have to trust, as PEM. */
  String authority() {
    return authority.pem();
  }

  /** Of the present certificate. */
  String serial() {
    return present.own().getSerialNumber().toString(16);
  }

  /** Makes a new certificate when it is time; to be called now and then. */
  void renew() {
    Present old = present;
    Instant now = clock.instant();
    Set<String> names = settings.names().get();
    if (names.equals(old.names()) && now.isBefore(ends(old.own()).minus(RENEWED_BEFORE_END))) {
      return;
    }
    try {
      present = issued(names, now);
      log.info("a new certificate for HTTPS, for {}", String.join(", ", names));
    } catch (IOException | RuntimeException e) {
      log.error("no new certificate for HTTPS could be made; the old one stays in use", e);
    }
  }

  /** Encrypts a connection; to be called before any other handler is added. */
  void equip(SocketChannel channel, Duration handshakeTime) {
    SslHandler handler = present.context().newHandler(channel.alloc());
    handler.setHandshakeTimeout(handshakeTime.toMillis(), TimeUnit.MILLISECONDS);
    channel.pipeline().addLast(handler, new ChunkedWriteHandler());
  }

  private Present issued(Set<String> names, Instant now) throws IOException {
    AuthorityServer.Issued issued = authority.issue(names, now, LIFE);
    // The JDK's own cryptography is several times slower, and needs the second compiler to be that.
    SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    SslContext context =
        SslContextBuilder.forServer(issued.key(), issued.chain().toArray(new X509Certificate[0]))
            .sslProvider(provider)
            .protocols("TLSv1.3", "TLSv1.2")
            .build();
    return new Present(context, issued.chain().get(0), Set.copyOf(names));
  }

  private static Instant ends(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }
}
