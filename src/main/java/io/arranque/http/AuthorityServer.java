package io.arranque.http;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The appliance's own certificate authority: made once, kept in two files, so that machines which
 * were told to trust it need not be told again. Its key never leaves its file, which only its owner
 * may read.
 */
final class AuthorityServer {
  static final String KEY_FILE = "ca.key";
  static final String CERTIFICATE_FILE = "ca.crt";
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(10 * 365);

  /** Clocks of PCs without a battery are behind. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final String SIGNATURE = "SHA256withECDSA";

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final SecureRandom random = new SecureRandom();

  private AuthorityServer(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * A key with its certificate, for a server.
   *
   * @param chain its own first, the authority's last
   */
  record Issued(PrivateKey key, List<X509Certificate> chain) {}

  /**
   * The authority of this folder, made if there is none yet.
   *
   * @param name of whom it speaks, for people who look at it
   * @throws IOException with a message for the operator
   */
  static AuthorityServer of(Path folder, String name, Instant now) throws IOException {
    Path keyFile = folder.resolve(KEY_FILE);
    Path certificateFile = folder.resolve(CERTIFICATE_FILE);
    try {
      if (Files.exists(keyFile) && Files.exists(certificateFile)) {
        return read(keyFile, certificateFile, now);
      }
      if (Files.exists(keyFile) || Files.exists(certificateFile)) {
        throw new IOException(
            "of %s and %s only one is there. %s"
                .formatted(keyFile, CERTIFICATE_FILE, remedy(folder)));
      }
      return made(folder, name, now);
    } catch (FileSystemException e) {
      throw new IOException("the certificate authority in " + folder + ": " + e, e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the certificate authority in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** What machines are given to trust. */
  String pem() {
    return pem(certificate);
  }

  /**
   * Makes a key and its certificate.
   *
   * @param names host names and addresses under which it is reached; at least one
   */
  Issued issue(Collection<String> names, Instant now, Duration life) {
    try {
      KeyPair own = newKeys();
      Instant end = now.plus(life);
      Instant last = certificate.getNotAfter().toInstant();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              certificate.getSubjectX500Principal(),
              serial(random),
              Date.from(now.minus(BACKDATED)),
              Date.from(end.isAfter(last) ? last : end),
              new X500Principal("CN=" + names.iterator().next()),
              own.getPublic());
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
          .addExtension(Extension.subjectAlternativeName, false, alternatives(names))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              ids.createSubjectKeyIdentifier(own.getPublic()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              ids.createAuthorityKeyIdentifier(certificate));
      return new Issued(own.getPrivate(), List.of(signed(builder, key), certificate));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every Java has elliptic curves", e);
    }
  }

  Instant ends() {
    return certificate.getNotAfter().toInstant();
  }

  private static AuthorityServer made(Path folder, String name, Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair keys = newKeys();
    // Beside the name something random: two appliances of one name, or an old and a new authority
    // of one appliance, are not to be taken for each other.
    SecureRandom random = new SecureRandom();
    String words = name.replaceAll("[^\\p{L}\\p{N} ._-]", " ").strip();
    X500Principal subject =
        new X500Principal("CN=" + words + " boot CA " + Integer.toHexString(random.nextInt()));
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            serial(random),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(AUTHORITY_LIFE)),
            subject,
            keys.getPublic());
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    AuthorityServer authority =
        new AuthorityServer(keys.getPrivate(), signed(builder, keys.getPrivate()));
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    write(
        folder.resolve(KEY_FILE), pem(new JcaPKCS8Generator(keys.getPrivate(), null)), "rw-------");
    write(folder.resolve(CERTIFICATE_FILE), authority.pem(), "rw-r--r--");
    return authority;
  }

  private static AuthorityServer read(Path keyFile, Path certificateFile, Instant now)
      throws IOException, GeneralSecurityException {
    // PKCS 8 is what we write; openssl's own form is what people bring.
    Object parsed = parsed(keyFile);
    Object info = parsed instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : parsed;
    if (!(info instanceof PrivateKeyInfo keyInfo)) {
      throw new IOException(keyFile + " holds no key. " + remedy(parent(keyFile)));
    }
    if (!(parsed(certificateFile) instanceof X509CertificateHolder holder)) {
      throw new IOException(certificateFile + " holds no certificate. " + remedy(parent(keyFile)));
    }
    PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(keyInfo);
    X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
    if (!belongTogether(key, certificate)) {
      throw new IOException(
          keyFile
              + " and "
              + certificateFile
              + " do not belong together. "
              + remedy(parent(keyFile)));
    }
    if (certificate.getNotAfter().toInstant().isBefore(now)) {
      throw new IOException(
          certificateFile
              + " ended on "
              + certificate.getNotAfter()
              + ". "
              + remedy(parent(keyFile)));
    }
    return new AuthorityServer(key, certificate);
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static String remedy(Path folder) {
    return "Restore both files from a backup, or remove both: then new ones are made at the next"
        + " start, and machines that trust the old "
        + folder.resolve(CERTIFICATE_FILE)
        + " need the new one";
  }

  private static boolean belongTogether(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    byte[] anything = {1, 2, 3};
    Signature signing = Signature.getInstance(SIGNATURE);
    signing.initSign(key);
    signing.update(anything);
    Signature verifying = Signature.getInstance(SIGNATURE);
    verifying.initVerify(certificate.getPublicKey());
    verifying.update(anything);
    return verifying.verify(signing.sign());
  }

  private static Object parsed(Path file) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      Object parsed = parser.readObject();
      return parsed == null ? "nothing" : parsed;
    } catch (PEMException e) {
      return "damaged";
    }
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey by)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
  }

  private static GeneralNames alternatives(Collection<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    return name.matches("[0-9]+(\\.[0-9]+){3}");
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static BigInteger serial(SecureRandom random) {
    return new BigInteger(127, random).add(BigInteger.ONE);
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  /** Whole or not at all, and never for a moment with another mode. */
  private static void write(Path file, String text, String mode) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
