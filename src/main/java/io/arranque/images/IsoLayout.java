package io.arranque.images;

import io.arranque.images.iso.IsoEntry;
import io.arranque.images.iso.IsoImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where distributions keep kernel and initrd on their CDs.
 *
 * @param name for people
 * @param kernel path; {@code *} in the last name stands for any text
 * @param initrds paths in loading order, likewise
 * @param more what the system fetches once it runs, likewise; a CD that lacks it is of another
 *     layout
 * @param whole whether it fetches the CD itself
 * @param arguments that make it do so; a template
 */
record IsoLayout(
    String name,
    String kernel,
    List<String> initrds,
    List<String> more,
    boolean whole,
    String arguments) {
  /** The name under which a CD is kept that is needed whole. */
  static final String WHOLE = "image.iso";

  private static final String FILES = "{{ image.url }}/";

  /** From the more to the less particular: a live CD of Debian has an installer too. */
  static final List<IsoLayout> ALL =
      List.of(
          new IsoLayout(
              "Debian live",
              "live/vmlinuz*",
              List.of("live/initrd*"),
              List.of("live/filesystem.squashfs"),
              false,
              "boot=live components fetch=" + FILES + "filesystem.squashfs"),
          new IsoLayout(
              "Ubuntu",
              "casper/vmlinuz*",
              List.of("casper/initrd*"),
              List.of(),
              true,
              "ip=dhcp boot=casper netboot=url url=" + FILES + WHOLE),
          new IsoLayout(
              "Fedora live",
              "images/pxeboot/vmlinuz",
              List.of("images/pxeboot/initrd.img"),
              List.of("LiveOS/squashfs.img"),
              false,
              "ip=dhcp rd.live.image root=live:" + FILES + "squashfs.img"),
          new IsoLayout(
              "Fedora or Red Hat installer",
              "images/pxeboot/vmlinuz",
              List.of("images/pxeboot/initrd.img"),
              List.of("images/install.img"),
              false,
              "ip=dhcp root=live:" + FILES + "install.img"),
          installer("Debian installer", "install.amd/vmlinuz", "install.amd/initrd.gz"),
          installer("Debian installer", "install.a64/vmlinuz", "install.a64/initrd.gz"),
          installer("Debian installer", "install/vmlinuz", "install/initrd.gz"),
          installer("openSUSE installer", "boot/x86_64/loader/linux", "boot/x86_64/loader/initrd"),
          new IsoLayout(
              "Alpine",
              "boot/vmlinuz-*",
              List.of("boot/initramfs-*"),
              List.of("boot/modloop-*"),
              false,
              "ip=dhcp modloop=" + FILES + "modloop"),
          installer("RancherOS", "boot/vmlinuz*", "boot/initrd*"),
          installer(
              "Arch Linux",
              "arch/boot/x86_64/vmlinuz-linux",
              "arch/boot/x86_64/initramfs-linux.img"),
          installer("a kernel and an initrd in /boot", "boot/vmlinuz*", "boot/initr*"),
          installer("a kernel and an initrd at the top", "vmlinuz*", "initrd*"),
          new IsoLayout("memtest86+", "boot/memtest*", List.of(), List.of(), false, ""));

  /**
   * What was found.
   *
   * @param kernel path in the CD
   * @param initrds paths in loading order
   * @param files path in the CD by the name that it gets in the image's folder
   */
  record Found(IsoLayout layout, String kernel, List<String> initrds, Map<String, String> files) {}

  private static IsoLayout installer(String name, String kernel, String initrd) {
    return new IsoLayout(name, kernel, List.of(initrd), List.of(), false, "");
  }

  /** The first layout whose kernel and initrds are there. */
  static Optional<Found> of(IsoImage iso) throws IOException {
    for (IsoLayout layout : ALL) {
      Optional<Found> found = layout.in(iso);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> in(IsoImage iso) throws IOException {
    Optional<String> kernelPath = path(iso, kernel);
    List<String> initrdPaths = new ArrayList<>();
    for (String initrd : initrds) {
      path(iso, initrd).ifPresent(initrdPaths::add);
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (String pattern : more) {
      Optional<String> path = path(iso, pattern);
      path.ifPresent(found -> files.put(plain(pattern), found));
    }
    boolean lacks = initrdPaths.size() < initrds.size() || files.size() < more.size();
    return kernelPath.isEmpty() || lacks
        ? Optional.empty()
        : Optional.of(new Found(this, kernelPath.get(), initrdPaths, files));
  }

  /** Of several that fit, the last in order of their names: the newest kernel. */
  private static Optional<String> path(IsoImage iso, String pattern) throws IOException {
    int slash = pattern.lastIndexOf('/');
    String folder = slash < 0 ? "" : pattern.substring(0, slash);
    String wanted = pattern.substring(slash + 1);
    Pattern name =
        Pattern.compile(Pattern.quote(wanted).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return iso.list(folder).stream()
        .filter(entry -> !entry.folder())
        .map(IsoEntry::name)
        .filter(each -> name.matcher(each).matches())
        .sorted(IsoLayout::byAge)
        .reduce((older, newer) -> newer)
        .map(each -> prefix + each);
  }

  /** A name without its variants: {@code modloop-*} is kept as {@code modloop}. */
  private static String plain(String pattern) {
    return pattern.substring(pattern.lastIndexOf('/') + 1).replaceFirst("[-*]+$", "");
  }

  /** Exact names before those with something behind, so that {@code vmlinuz} itself wins. */
  private static int byAge(String one, String other) {
    boolean plainOne = one.matches("[a-z.]+");
    boolean plainOther = other.matches("[a-z.]+");
    return plainOne == plainOther
        ? natural(one).compareTo(natural(other))
        : Boolean.compare(plainOne, plainOther);
  }

  /** Digits filled up, so that 6.1.0-9 comes before 6.1.0-10. */
  private static String natural(String name) {
    return Pattern.compile("[0-9]+")
        .matcher(name)
        .replaceAll(
            digits -> "0".repeat(Math.max(0, 12 - digits.group().length())) + digits.group());
  }
}
