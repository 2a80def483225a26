package io.arranque.plan;

import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.Optional;

/** What DHCP names as the next thing to fetch. */
final class BootFiles {
  private BootFiles() {}

  /** A boot file, or why there is none. */
  record Choice(Optional<Planned<BootFile>> file, Reason reason) {
    private static Choice none(Reason reason) {
      return new Choice(Optional.empty(), reason);
    }

    private static Choice of(BootFile file, Origin origin) {
      return new Choice(Optional.of(Planned.of(file, origin)), Reason.OK);
    }
  }

  /**
   * Everybody who is answered at all goes through iPXE to a script, also when the script only says
   * "boot your disk": that way the role decides in one place, and the PC's screen says what it
   * does.
   */
  static Choice choose(Site site, Client client, Reach reach, boolean ignored, boolean never) {
    if (ignored) {
      return Choice.none(Reason.MACHINE_IGNORED);
    }
    if (never && goesOnByItself(client)) {
      return Choice.none(Reason.POLICY_NEVER);
    }
    return switch (client.kind()) {
      case OTHER -> Choice.none(Reason.NOT_A_BOOT_CLIENT);
      case IPXE ->
          Choice.of(new BootFile.Http(bootUrl(site, reach) + "/boot.ipxe"), Origin.DEFAULT);
      case PXE, HTTP_BOOT -> loader(site, client, reach);
    };
  }

  /**
   * A BIOS ROM that gets an address and no boot file goes on with the next device at once
   * (PXE-E53). UEFI firmware takes no offer without one and asks on for a minute: loader and script
   * are quicker there. iPXE fetches two small scripts, and says on the screen what it does.
   */
  private static boolean goesOnByItself(Client client) {
    return client.kind() == Client.Kind.PXE
        && client.firmware().filter(Firmware.BIOS::equals).isPresent();
  }

  private static Choice loader(Site site, Client client, Reach reach) {
    Optional<Firmware> firmware = client.firmware();
    if (firmware.isEmpty()) {
      return Choice.none(Reason.UNKNOWN_FIRMWARE);
    }
    String loader = firmware.get().loader();
    if (!site.loaders().contains(loader)) {
      return Choice.none(Reason.LOADER_MISSING);
    }
    Origin origin = new Origin(Origin.Level.FIRMWARE, firmware.get().label());
    return client.kind() == Client.Kind.HTTP_BOOT
        ? Choice.of(new BootFile.Http(bootUrl(site, reach) + "/tftp/" + loader), origin)
        : Choice.of(new BootFile.Tftp(loader), origin);
  }

  private static String bootUrl(Site site, Reach reach) {
    return site.settings().bootUrl(reach.serverAddress());
  }
}
