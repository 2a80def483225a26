package io.arranque.conformance.tftp;

import io.arranque.conformance.Table;
import io.arranque.conformance.files.FileProgram;
import io.arranque.conformance.files.Judged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases against ours; with {@code -Dconformance.servers=arranque,tftpd-hpa,atftpd,dnsmasq}
 * against others too, of which only the results are taken down. Needs root, iproute2 and QEMU.
 */
final class TftpConformanceIT {
  static final Path DOCUMENT = Path.of("docs/conformance-tftp.md");

  /** Where the project wants something else than the RFC, and why. */
  static final Map<String, String> BY_DESIGN =
      Map.of(
          "RFC 1350 §2: a block that is not acknowledged is not followed by the next, however long",
          "when a block was sent again twice in vain, the next one comes along. Then it is likely the"
              + " acknowledgement that was lost, and some clients (U-Boot is one) say nothing to a"
              + " block that they have: only a new one gets them going before their own time-out of"
              + " seconds. Who does lack the block drops the next as any that is out of order");

  private static final String HEAD =
      """
      # TFTP conformance

      What the RFCs want of a TFTP server, one case to each sentence, and what four servers do. The judge is the
      RFC's text: where it leaves a server the choice, every choice passes. The cases are
      `src/test/java/io/arranque/conformance/tftp/*Cases.java`; server and clients are in two network namespaces, and
      the clients' packets are made and read octet by octet with code that shares nothing with the server's. Where a case
      speaks of a bad line, packets of both directions are lost, doubled and overtaken between the client and
      its socket, by a seed, so that each server meets the same. The cases run against ours in every build
      (`TftpConformanceIT`), where all must pass but those named below. The [contents](conformance.md) say what else is
      measured so.

      Made by a run, not by hand. To make it anew, as root, with Debian's package `dnsmasq-base` installed (`tftpd-hpa`
      and `atftpd`, which exclude each other, are downloaded and unpacked, and run from where they are unpacked):

          mvn verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=TftpConformanceIT \\
            -Dconformance.servers=arranque,tftpd-hpa,atftpd,dnsmasq -Ddocs.rewrite=true

      The others are configured as their manuals say (`TftpdHpaProgram`, `AtftpdProgram`, `DnsmasqTftpProgram`), and are
      judged by what they say, not when: they may take 40 s to send something again, and 400 s for a file over a bad line.

      ✓ does it · ✗ does not, with what it does instead at the end · – has no such thing, with the reason at the end.

      """;

  static final Table<TftpLab> TABLE = new Table<>(HEAD, TftpCases.all(), BY_DESIGN);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> everyServer() throws IOException, InterruptedException {
    return new Judged<>(FileProgram.tftp(), TftpCasesMain.class, TABLE).run(folder, DOCUMENT);
  }
}
