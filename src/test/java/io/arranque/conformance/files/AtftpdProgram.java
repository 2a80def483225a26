package io.arranque.conformance.files;

import io.arranque.conformance.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's atftpd. */
final class AtftpdProgram implements FileProgram {
  @Override
  public String name() {
    return "atftpd";
  }

  @Override
  public String title() {
    return "atftpd";
  }

  @Override
  public Command prepare(Path folder) throws IOException, InterruptedException {
    String program = Unpacked.of("atftpd").resolve("usr/sbin/atftpd").toString();
    List<String> words =
        List.of(
            program,
            "--daemon",
            "--no-fork",
            "--bind-address",
            "0.0.0.0",
            // As many transfers as the cases have at once; the default is 100.
            "--maxthread",
            "400",
            // RFC 1123 §4.2.3.1; without it, which is the default, each block comes twice and more.
            "--prevent-sas",
            "--user",
            "nobody.nogroup",
            "--logfile",
            "-",
            folder.resolve("site").resolve(Served.TFTP).toString());
    return new Command(words, TftpdHpaProgram.libraries(), List.of(program, "--version"));
  }

  @Override
  public Map<Feature, String> lacks() {
    return Map.of();
  }
}
