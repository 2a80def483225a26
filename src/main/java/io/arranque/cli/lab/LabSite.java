package io.arranque.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The site that the room's appliance serves: the repository's own roles and scripts, with the small
 * system in the place of every image, on a segment of the room's own. A run has its own copy, so it
 * may be changed.
 */
final class LabSite {
  private static final List<String> LOADERS = List.of("undionly.kpxe", "snponly.efi", "ipxe.efi");

  private LabSite() {}

  /**
   * @param root the repository
   * @param image the folder with the small system's kernel and initrd
   * @param site where the site is put
   */
  static void create(Path root, Path image, Path site) {
    try {
      for (String part : List.of("ipxe-scripts", "cloud-init")) {
        LabFiles.copyTree(root.resolve(part), site.resolve(part));
      }
      for (String loader : LOADERS) {
        addLoader(root, site, loader);
      }
      for (String name : List.of("lab", "rancheros")) {
        Path folder = Files.createDirectories(site.resolve("images").resolve(name));
        LabFiles.link(image.resolve("vmlinuz"), folder.resolve("vmlinuz"));
        LabFiles.link(image.resolve("initrd"), folder.resolve("initrd"));
        Files.writeString(
            folder.resolve("image.yaml"),
            """
            # The virtual room's small system; it powers off when all is done.
            arguments: "quiet mitigations=off lab.poweroff"
            """);
      }
      // Not the operator's segments: theirs have the addresses of a real room.
      Files.writeString(
          Files.createDirectories(site.resolve("dhcp")).resolve("sala5.yaml"),
          """
          subnet: 192.168.33.0/24
          mode: server
          pool: [192.168.33.10-192.168.33.250]
          router: 192.168.33.1
          dns: [192.168.33.1]
          domain: sala5.lab
          room: sala5
          # Nobody stands beside the virtual room to arm its PCs.
          arming: always
          """);
      Path token = Files.writeString(site.resolve("cluster-token"), "only-for-the-virtual-room\n");
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(
          site.resolve("arranque.yaml"),
          """
          name: Virtual room
          vars:
            data-disk: /dev/vda
            cluster-token: "file:%s"
          """
              .formatted(token.toAbsolutePath()));
    } catch (IOException e) {
      throw new LabFailure("the room's site cannot be made: " + e, e);
    }
  }

  /** Adds the real Debian, whose files are in {@code image}. */
  static void addDebian(Path image, Path site) {
    try {
      Path folder = Files.createDirectories(site.resolve("images/debian-live"));
      for (String file : List.of("vmlinuz", "initrd", "filesystem.squashfs", "agent.tar")) {
        LabFiles.link(image.resolve(file), folder.resolve(file));
      }
      Files.writeString(
          folder.resolve("image.yaml"),
          """
          arguments: "quiet mitigations=off boot=live nopersistence fetch={{ image.url }}/filesystem.squashfs"
          """);
    } catch (IOException e) {
      throw new LabFailure("Debian cannot be put into the room's site: " + e, e);
    }
  }

  private static void addLoader(Path root, Path site, String loader) throws IOException {
    for (Path folder : List.of(root.resolve("tftp"), Path.of("/usr/lib/ipxe"), Path.of("/boot"))) {
      if (Files.exists(folder.resolve(loader))) {
        LabFiles.link(folder.resolve(loader), site.resolve("tftp").resolve(loader));
        return;
      }
    }
    if (!loader.equals("ipxe.efi")) {
      throw new LabFailure(
          "the loader tftp/" + loader + " is missing: run './arranque setup' as root");
    }
  }
}
