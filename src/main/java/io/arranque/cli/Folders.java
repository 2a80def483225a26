package io.arranque.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the site and the state are, for every command that needs them. */
final class Folders {
  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "The folder with dhcp/, tftp/, ipxe-scripts/, cloud-init/ and images/.")
  private @Nullable Path site;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where the appliance keeps what it learns. Default: state/ in the site.")
  private @Nullable Path state;

  /** The launcher says where the repository is, which is the example site; else here. */
  Path site() {
    if (site != null) {
      return site.toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("arranque.home", "")).toAbsolutePath().normalize();
  }

  Path state() {
    return state != null ? state.toAbsolutePath().normalize() : site().resolve("state");
  }
}
