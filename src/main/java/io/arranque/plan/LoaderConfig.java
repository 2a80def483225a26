package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.Site;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration files that PXELINUX and GRUB ask for by TFTP, where they are started by someone
 * else's DHCP server or from a disk. They say no more than the plan does in other words: own disk,
 * or on to iPXE, whose script then is the plan's. So a role, a trouble or a change on the page
 * takes effect whatever loader a machine came by.
 */
public enum LoaderConfig {
  PXELINUX("pxelinux.cfg/default", Names.PXELINUX) {
    @Override
    String ownDisk(String title) {
      // 0 and not -1: PXELINUX gives the stack back to the firmware, which goes on by itself.
      return "# %s%nSAY %s%nDEFAULT disk%nPROMPT 0%nLABEL disk%n  LOCALBOOT 0%n"
          .formatted(title, title);
    }

    @Override
    String ipxe(String title, Site site, Ipv4 server) {
      // PXE and not KERNEL, which takes a .kpxe for a Linux kernel.
      return "# %s%nSAY %s%nDEFAULT ipxe%nPROMPT 0%nLABEL ipxe%n  PXE %s%n"
          .formatted(title, title, Firmware.BIOS.loader());
    }
  },
  GRUB("grub/grub.cfg", Names.GRUB) {
    @Override
    String ownDisk(String title) {
      return "# %s%nset timeout=0%necho \"%s\"%nexit 1%n".formatted(title, title);
    }

    @Override
    String ipxe(String title, Site site, Ipv4 server) {
      StringBuilder text =
          new StringBuilder("# %s%nset timeout=0%necho \"%s\"%n".formatted(title, title));
      for (Firmware firmware : Firmware.values()) {
        Optional<String> cpu = grubName(firmware);
        if (cpu.isPresent() && site.loaders().contains(firmware.loader())) {
          text.append(
              "if [ \"$grub_platform-$grub_cpu\" = \"efi-%s\" ]; then%n  chainloader (tftp,%s)/%s%n  boot%nfi%n"
                  .formatted(cpu.get(), server, firmware.loader()));
        }
      }
      if (site.loaders().contains(BIOS_IPXE)) {
        text.append(
            "if [ \"$grub_platform\" = \"pc\" ]; then%n  linux16 (tftp,%s)/%s%n  boot%nfi%n"
                .formatted(server, BIOS_IPXE));
      }
      return text.append("echo \"Arranque has no loader for this firmware.\"%n".formatted())
          .append("sleep 10%nexit 1%n".formatted())
          .toString();
    }
  };

  /** iPXE as a Linux kernel: the one form of it that GRUB for BIOS can start. */
  private static final String BIOS_IPXE = "ipxe.lkrn";

  private static final int TITLE_MAX = 200;
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9 .,:;/()'_-]");

  private final String general;
  private final Pattern name;

  LoaderConfig(String general, String name) {
    this.general = general;
    this.name = Pattern.compile(name);
  }

  /**
   * A request for such a file.
   *
   * @param mac of which machine, when the name says so; otherwise it is who asks
   */
  public record Asked(LoaderConfig dialect, Optional<Mac> mac) {}

  /** What a TFTP name asks for; empty when it is another file. */
  public static Optional<Asked> asked(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (LoaderConfig dialect : values()) {
      Matcher matcher = dialect.name.matcher(lower);
      if (matcher.matches()) {
        return Optional.of(
            new Asked(dialect, Optional.ofNullable(matcher.group("mac")).flatMap(Mac::parse)));
      }
    }
    return Optional.empty();
  }

  /**
   * The file that stands for all machines. An operator who has one in {@code tftp/} has his own
   * ways, in which nothing is mixed.
   */
  public String general() {
    return general;
  }

  /** For one machine; empty when it is not to be answered. */
  Optional<String> of(BootPlan plan) {
    String name = plan.hostname().value();
    return switch (plan.way()) {
      case IGNORE -> Optional.empty();
      case LOCAL_DISK -> Optional.of(ownDisk(title(name + " boots from its own disk")));
      case BOOT, WAIT, UNARMED, LOCKED, DISCOVER, FAIL ->
          Optional.of(ipxe(title(name + told(plan)), plan.site(), server(plan)));
    };
  }

  /** For a machine of which nothing is known, not even who it is: iPXE will say. */
  String unknown(Site site, Ipv4 server) {
    return ipxe(title("going on with iPXE"), site, server);
  }

  abstract String ownDisk(String title);

  abstract String ipxe(String title, Site site, Ipv4 server);

  private static String told(BootPlan plan) {
    return plan.way() == Way.BOOT
        ? " boots as " + plan.role().map(role -> role.value().name()).orElse("")
        : ": " + plan.reason().sentence();
  }

  private static Ipv4 server(BootPlan plan) {
    return plan.reach().serverAddress();
  }

  /** Names and reasons stand in quotes and comments there, and must not end them. */
  private static String title(String text) {
    String plain = NOT_PLAIN.matcher("Arranque: " + text).replaceAll(" ");
    return plain.length() > TITLE_MAX ? plain.substring(0, TITLE_MAX) : plain;
  }

  private static Optional<String> grubName(Firmware firmware) {
    return switch (firmware) {
      case BIOS -> Optional.empty();
      case UEFI_IA32 -> Optional.of("i386");
      case UEFI_X64 -> Optional.of("x86_64");
      case UEFI_ARM32 -> Optional.of("arm");
      case UEFI_ARM64 -> Optional.of("arm64");
    };
  }

  /** What they ask for, in lower case, from the most special to the most general. */
  private static final class Names {
    /** 01 is Ethernet. */
    static final String MAC = "01-(?<mac>[0-9a-f]{2}(?:[-:][0-9a-f]{2}){5})";

    static final String ADDRESS = "[0-9a-f]{1,8}";
    static final String PXELINUX = "(?:.*/)?pxelinux\\.cfg/(?:" + MAC + "|" + ADDRESS + "|default)";
    static final String GRUB = "(?:.*/)?grub\\.cfg(?:-" + MAC + "|-" + ADDRESS + ")?";
  }
}
