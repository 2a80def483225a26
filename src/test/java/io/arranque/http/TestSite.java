package io.arranque.http;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small site in memory, and the names that tests share. */
final class TestSite {
  static final Mac MAC = Mac.of("52:54:00:12:34:56");
  static final Ipv4 CLIENT = Ipv4.of("10.77.0.50");
  static final Ipv4 LOCAL = Ipv4.of("10.77.0.1");
  static final String NONCE = "0123456789abcdef0123456789abcdef";

  private TestSite() {}

  static Site at(Path folder) {
    return at(folder, "#!ipxe\nkernel {{ image.url }}/vmlinuz\n");
  }

  /** With this text as the script of role {@code worker}. */
  static Site at(Path folder, String worker) {
    SortedMap<String, Script> scripts = new TreeMap<>();
    script(scripts, "boot", "#!ipxe\nchain {{ boot.url }}/ipxe?mac=x\n");
    script(scripts, "discover", "#!ipxe\necho {{ machine.hostname }} waits\n");
    script(scripts, "error", "#!ipxe\n{% for p in problems %}echo {{ p }}\n{% endfor %}");
    script(scripts, "local-disk", "#!ipxe\nexit 1\n");
    script(scripts, "linux", worker);
    SortedMap<String, Role> roles = new TreeMap<>();
    roles.put("worker", role("worker", "linux", Optional.of("linux")));
    roles.put("disk", role("disk", "local-disk", Optional.empty()));
    roles.put("lost", role("lost", "linux", Optional.of("nowhere")));
    SortedMap<String, Image> images = new TreeMap<>();
    images.put(
        "linux", new Image("linux", Optional.empty(), "vmlinuz", List.of("initrd"), "quiet"));
    return new Site(
        folder,
        Site.Settings.DEFAULT,
        new TreeMap<>(),
        roles,
        scripts,
        images,
        Set.of("snponly.efi"));
  }

  static BootSnapshot snapshot(MemoryBook book) {
    return new BootSnapshot(at(Path.of("site")), book, LeasedAddresses.UNKNOWN);
  }

  private static Role role(String name, String boot, Optional<String> image) {
    SortedMap<String, Script> documents = new TreeMap<>();
    script(documents, "cloud-config", "#cloud-config\nhostname: {{ machine.hostname }}\n");
    script(documents, "ignition.json", "{\"ignition\": {\"version\": \"3.3.0\"}}");
    script(documents, "broken", "one\n{{ nothing }}\n");
    SortedMap<String, Script> overlay = new TreeMap<>();
    script(overlay, "etc/hostname", "{{ machine.hostname }}\n");
    script(overlay, "usr/bin/early", "#!/bin/sh\n");
    return new Role(name, "", boot, image, "", Map.of(), List.of(), documents, overlay);
  }

  private static void script(SortedMap<String, Script> to, String name, String text) {
    to.put(name, new Script(name, "file-of/" + name, text));
  }
}
