package io.arranque.conformance.files;

import io.arranque.conformance.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's tftpd-hpa. */
final class TftpdHpaProgram implements FileProgram {
  static final Map<Feature, String> NO_WINDOWS =
      Map.of(Feature.WINDOW_SIZE, "does not know the option, and ignores it as RFC 2347 wants");

  @Override
  public String name() {
    return "tftpd-hpa";
  }

  @Override
  public String title() {
    return "tftpd-hpa";
  }

  @Override
  public Command prepare(Path folder) throws IOException, InterruptedException {
    String program = Unpacked.of("tftpd-hpa").resolve("usr/sbin/in.tftpd").toString();
    List<String> words =
        List.of(
            program,
            "--foreground",
            "--address",
            "0.0.0.0:69",
            "--user",
            "nobody",
            "--secure",
            folder.resolve("site").resolve(Served.TFTP).toString());
    return new Command(words, libraries(), List.of(program, "--version"));
  }

  /** TCP wrappers, which both TFTP servers ask and nothing else needs any more. */
  static Map<String, String> libraries() throws IOException, InterruptedException {
    Path folder = Unpacked.of("libwrap0").resolve("usr/lib/x86_64-linux-gnu");
    return Map.of("LD_LIBRARY_PATH", folder.toString());
  }

  @Override
  public Map<Feature, String> lacks() {
    return NO_WINDOWS;
  }
}
