package io.arranque.conformance.files;

import io.arranque.conformance.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's dnsmasq, with nothing but its TFTP server. */
final class DnsmasqTftpProgram implements FileProgram {
  @Override
  public String name() {
    return "dnsmasq";
  }

  @Override
  public String title() {
    return "dnsmasq";
  }

  @Override
  public Command prepare(Path folder) {
    List<String> words =
        List.of(
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--log-facility=-",
            "--pid-file=",
            "--port=0",
            "--interface=" + Wires.SERVER_CARD,
            "--user=nobody",
            "--enable-tftp",
            // As many transfers as the cases have at once; the default is 50.
            "--tftp-max=400",
            "--tftp-root=" + folder.resolve("site").resolve(Served.TFTP));
    return new Command(words, Map.of(), List.of("dnsmasq", "--version"));
  }

  @Override
  public Map<Feature, String> lacks() {
    return TftpdHpaProgram.NO_WINDOWS;
  }
}
