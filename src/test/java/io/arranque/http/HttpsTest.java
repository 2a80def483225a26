package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.inventory.Boot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The boot plane over HTTPS, as clients see it that trust the appliance's own authority. */
@Timeout(60)
class HttpsTest extends RunningBootServer {
  private BootHttpServer.Encrypted encrypted;
  private final Set<String> names = new TreeSet<>(Set.of("127.0.0.1", "boot.example"));

  @BeforeEach
  void startHttps() throws IOException {
    encrypted = server.startSecure(secure());
  }

  @AfterEach
  void stopHttps() {
    encrypted.close();
  }

  private BootHttpServer.Secure secure() {
    return new BootHttpServer.Secure(0, tls(), "Sala 5", () -> names);
  }

  private Path tls() {
    return folder.resolve("state/tls");
  }

  private HttpRequest.Builder over(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + encrypted.port() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  /** As the certificate is handed out: over plain HTTP. */
  private HttpClient trusting() throws Exception {
    String pem = get("/ca.crt").body();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", certificate(pem));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aDocumentAFileAndARangeArrive() throws Exception {
    HttpClient client = trusting();
    byte[] large = random(5 * 1024 * 1024);
    Files.write(folder.resolve("images/linux/initrd"), large);
    book.assign(TestSite.MAC, "worker");
    get(SCRIPT);
    Boot boot = book.boot(TestSite.MAC).orElseThrow();
    HttpResponse<String> document =
        client.send(
            over("/boot/52-54-00-12-34-56/" + boot.nonce() + "/cloud-config").build(),
            BodyHandlers.ofString());
    assertThat(document.body()).startsWith("#cloud-config");
    assertThat(client.send(over("/images/linux/initrd").build(), BodyHandlers.ofByteArray()).body())
        .isEqualTo(large);
    HttpResponse<byte[]> part =
        client.send(
            over("/images/linux/initrd").header("Range", "bytes=1000000-1999999").build(),
            BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(large, 1_000_000, 2_000_000));
  }

  @Test
  void curlThatIsGivenTheCertificateTrustsIt() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.crt"), get("/ca.crt").body());
    Files.write(folder.resolve("images/linux/initrd"), random(3_000_000));
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sS",
                "--fail",
                "--cacert",
                ca.toString(),
                "-r",
                "100-2000099",
                "https://127.0.0.1:" + encrypted.port() + "/images/linux/initrd")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] got = curl.getInputStream().readAllBytes();
    assertThat(curl.waitFor()).isZero();
    assertThat(got).isEqualTo(Arrays.copyOfRange(random(3_000_000), 100, 2_000_100));
  }

  @Test
  void whoDoesNotTrustTheAuthorityDoesNotConnect() {
    assertThatThrownBy(() -> client.send(over("/boot.ipxe").build(), BodyHandlers.ofString()))
        .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class)
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void plainWordsOnTheEncryptedPortHinderNobody() throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), encrypted.port())) {
      send(plain, "GET /boot.ipxe HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(plain.getInputStream().readAllBytes()).isNotNull();
    }
    assertThat(trusting().send(over("/boot.ipxe").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void oldVersionsOfTlsAreRefused() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", encrypted.port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theAuthorityOutlivesARestartAndItsKeyIsSecret() throws Exception {
    String before = get("/ca.crt").body();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(tls().resolve("ca.key"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls())))
        .isEqualTo("rwx------");
    encrypted.close();
    restart(settings());
    assertThat(get("/ca.crt").statusCode()).isEqualTo(404);
    encrypted = server.startSecure(secure());
    assertThat(get("/ca.crt").body()).isEqualTo(before);
    assertThat(get("/ca.crt").headers().firstValue("content-type"))
        .contains("application/x-pem-file");
  }

  @Test
  void aTakenPortSaysWhatToDo() {
    assertThatThrownBy(
            () ->
                server.startSecure(
                    new BootHttpServer.Secure(server.port(), tls(), "x", () -> names)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("https: { port: … }");
  }

  @Test
  void filesThatDoNotBelongTogetherAreNotUsed() throws Exception {
    Path other = folder.resolve("other");
    var made = AuthorityServer.of(other, "x", Instant.now());
    assertThat(made.pem()).contains("BEGIN CERTIFICATE");
    Files.copy(
        other.resolve("ca.crt"),
        tls().resolve("ca.crt"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused("do not belong together");
    Files.writeString(tls().resolve("ca.key"), "nonsense");
    refused("holds no key");
    Files.delete(tls().resolve("ca.key"));
    refused("only one is there");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> server.startSecure(secure()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("backup");
  }

  @Test
  void aCertificateNamesAllAddressesAndEndsInTime() throws Exception {
    Instant now = Instant.now();
    AuthorityServer authority = AuthorityServer.of(tls(), "x", now);
    X509Certificate own =
        authority
            .issue(List.of("10.0.0.1", "boot.example"), now, Duration.ofDays(90))
            .chain()
            .get(0);
    assertThat(own.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(7, "10.0.0.1"), List.of(2, "boot.example"));
    assertThat(own.getNotAfter().toInstant()).isBefore(now.plus(Duration.ofDays(91)));
    own.verify(certificate(authority.pem()).getPublicKey());
    assertThat(certificate(authority.pem()).getBasicConstraints()).isZero();
  }

  @Test
  void aNewAddressAndTheEndOfTheOldOneMakeANewCertificate() throws Exception {
    var clock = new java.util.concurrent.atomic.AtomicReference<>(Instant.now());
    TlsServer tls = new TlsServer(secure(), clock::get);
    String first = tls.serial();
    tls.renew();
    assertThat(tls.serial()).isEqualTo(first);
    names.add("10.9.9.9");
    tls.renew();
    String second = tls.serial();
    assertThat(second).isNotEqualTo(first);
    clock.set(clock.get().plus(Duration.ofDays(61)));
    tls.renew();
    assertThat(tls.serial()).isNotEqualTo(second);
  }
}
