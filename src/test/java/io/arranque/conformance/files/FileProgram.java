package io.arranque.conformance.files;

import io.arranque.conformance.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that cases can be run against, with the files of {@link Served}. */
public interface FileProgram {
  /** As in {@code -Dconformance.servers}. */
  String name();

  /** As in the table's head. */
  String title();

  /**
   * Writes its configuration.
   *
   * @param folder of its own; the files are in {@code site} in it
   * @return what runs it in the foreground
   */
  Command prepare(Path folder) throws IOException, InterruptedException;

  /** What it was not built for, each with the words for the table. */
  Map<Feature, String> lacks();

  /** Ours must be quick as well; of peers is judged what they say, not when. */
  default boolean isOurs() {
    return false;
  }

  /**
   * How a server is run.
   *
   * @param version what prints its version
   */
  record Command(List<String> words, Map<String, String> environment, List<String> version) {}

  /** All that serve TFTP, ours first. */
  static List<FileProgram> tftp() {
    return List.of(
        new ArranqueFiles(), new TftpdHpaProgram(), new AtftpdProgram(), new DnsmasqTftpProgram());
  }

  /** All that serve HTTP, ours first. */
  static List<FileProgram> http() {
    return List.of(new ArranqueFiles(), new NginxProgram());
  }
}
