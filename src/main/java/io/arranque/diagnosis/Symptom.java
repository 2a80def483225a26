package io.arranque.diagnosis;

import java.util.List;

/**
 * The catalogue of what is the matter with a machine: one sentence each, and what to try next. In
 * braces are the names of the values that are put in. Page, API, {@code explain} and {@code
 * docs/diagnosis.md} use these; other languages bring their own words for them.
 */
public enum Symptom {
  // Nothing is wrong
  REGISTERED(Kind.GOOD, "It came up and registered; that took {took}."),
  UP(Kind.GOOD, "It came up; that took {took}."),
  INSTALLED(Kind.GOOD, "It reported that it is installed; that took {took}."),
  DISK_LEFT_ALONE(
      Kind.GOOD,
      "It came up, but left a disk alone: {words}",
      "If nothing on that disk is needed, empty its first MiB by hand and boot the machine anew."),
  RUNS(Kind.GOOD, "It runs and prolongs its address; it did not boot over the network of late."),
  HANDED_OVER(
      Kind.GOOD, "It fetched all that its role has; the system of this role reports nothing."),
  OWN_DISK_ROLE(Kind.GOOD, "It boots its own disk, because its role says so."),
  OWN_DISK_POLICY(
      Kind.GOOD,
      "It boots its own disk, because its boot policy says so.",
      "To boot it over the network, change the boot policy on its page."),
  OWN_DISK_INSTALLED(
      Kind.GOOD,
      "It boots its own disk, because it is installed.",
      "To install it again, say so on its page; that may cost what is on its disk."),
  OWN_DISK_BOOTED_ONCE(
      Kind.GOOD,
      "It boots its own disk, because it has had its one boot over the network.",
      "For one more, say so on its page."),
  OWN_DISK_LOCKED(
      Kind.GOOD,
      "It boots its own disk, because its room is locked: {words}",
      "It is installed at its first boot after the lock ends, or when somebody lifts it."),
  // It goes on by itself
  WAKING(Kind.UNDER_WAY, "It was sent a Wake-on-LAN packet {took} ago; nothing was heard since."),
  ASKING(Kind.UNDER_WAY, "It asks for an address; it began {took} ago."),
  LOADING(Kind.UNDER_WAY, "It boots; it reached {stage} {took} ago."),
  DOWNLOADING(Kind.UNDER_WAY, "It loads {file}: {done} of {whole}, {speed} a second."),
  QUEUED(
      Kind.UNDER_WAY,
      "It waits for its turn to load: place {place}.",
      "It goes on by itself; downloads: in arranque.yaml says how many machines load at once."),
  MENDED(
      Kind.UNDER_WAY,
      "What stopped it is put right since; it asks again by itself within half a minute.",
      "If it does not: look at its screen, or switch it off and on."),
  // Somebody has to say something
  NO_ROLE(Kind.WAITING, "It waits for a role.", "Assign one on the page; it boots at once."),
  LOCKED(
      Kind.WAITING,
      "Its room is locked, so nothing is installed on it now: {words}",
      "It goes on when the lock ends, or at once when somebody lifts it on the room's page."),
  NEW_CARD(
      Kind.WAITING,
      "It looks like {machine} with another network card, and waits until somebody says so.",
      "Say on its page whether it is that machine."),
  NOT_ARMED(
      Kind.WAITING,
      "Its role has secrets, and this boot may not have them yet.",
      "Arm the machine on its page; it goes on at once.",
      "arming: in the segment's or the role's file says which boots need that."),
  QUARANTINED(
      Kind.WAITING,
      "Something looked like theft: it gets no secret until the alarm is cleared.",
      "Look at the alarm on its page.",
      "Change the secrets that the alarm names, then clear it."),

  // Not heard of
  NEVER_SEEN(
      Kind.WAITING,
      "Nothing was ever heard of it.",
      "Switch it on and let it boot from the network (PXE), usually with F12.",
      "Is the MAC that of this machine's wired card?",
      "Is it plugged into the wire of a segment that dhcp/ describes?"),
  WOKEN_SILENT(
      "It was sent a Wake-on-LAN packet {took} ago and was never heard of.",
      "Is Wake-on-LAN on in its firmware, and deep sleep (ErP) off?",
      "Was its mains switch on, and the cable plugged in?",
      "Switch it on by hand once: if it is heard of then, only waking fails."),
  SEGMENT_OFF(
      "DHCP is switched off on its segment, so nobody here answers it.",
      "Set mode: server, or mode: proxy beside another server, in the segment's file."),

  // Address
  HELD_BACK(
      "It was not answered, because {server} gives addresses on this segment.",
      "Beside that server set mode: proxy in the segment's file.",
      "If it should not be there, find it and unplug it.",
      "If this network is yours, set authoritative: true."),
  OTHER_SERVER_FIRST(
      "It asked {asks} times and never took our offer: {server} answered first.",
      "Beside that server set mode: proxy in the segment's file; then both answer together.",
      "If it should not be there, find it by its MAC in the switch and unplug it."),
  OFFER_NOT_TAKEN(
      "It asked {asks} times and never took our offer, and no other DHCP server is known here.",
      "Do our answers reach it? Look at VLAN, DHCP snooping (is our port trusted?) and firewall.",
      "Some firmware waits for the switch: turn on portfast (spanning tree) at its port.",
      "The machine's packets (pcap) on its page show both directions."),
  ADDRESS_REFUSED(
      "It asks again and again for {address}, which is not its own or not of this segment.",
      "Two segments on one wire? Look at its port's VLAN.",
      "Is there a second server with the same pool?"),
  ADDRESS_IN_USE(
      "The address {address} that it was to get is used by {holder}.",
      "Find that device, or take its address out of pool: or reservations:.",
      "The machine gets another address when it asks again, if the segment has one."),
  ADDRESS_DECLINED(
      "It gave the address {address} back: it found somebody else using it.",
      "Look under Network who has that address; find that device, or take it out of pool:.",
      "The machine gets another address when it asks again.",
      "Several addresses in a row: its own card or switch may send its packets back to it."),
  POOL_EMPTY(
      "It got no address: the segment's pool is used up.",
      "Make pool: larger or lease-time: shorter in the segment's file.",
      "Look under Network who has the addresses; release those of machines that are gone."),
  POOL_KEPT(
      "It got no address: the last free ones are kept for known machines, and it is unknown.",
      "Give it a name, a room or a role on its page; then it counts as known.",
      "Make pool: larger in the segment's file."),
  TOO_MANY_STRANGERS(
      "It got no address: too many unknown machines leave their offers unanswered.",
      "Give it a name, a room or a role on its page; known machines are served.",
      "Look for who makes up addresses; the problems at the top of the page name the port."),
  IGNORED(
      "It was not answered: it has no role, and its segment ignores unknown machines.",
      "Give it a role on its page.",
      "Or set unknown-machines: discover in the segment's file."),
  LEASE_NOT_WRITTEN(
      "It got no address, because its lease could not be written to disk.",
      "Look at free space and permissions of the state folder; the log says what failed."),
  OVERLOADED(
      "It was not answered: the server had more packets than it takes on.",
      "It asks again by itself; look for a flood on the segment."),
  NO_CAMPUS_ADDRESS(
      "It asked {asks} times, took our boot file, but no other server gave it an address.",
      "mode: proxy needs a DHCP server that gives the addresses: is it running, has it any left?",
      "If there is none, set mode: server with a pool: in the segment's file.",
      "Does the campus server answer this MAC, or registered machines only?"),

  // Loader
  ARCHITECTURE_UNKNOWN(
      "Its firmware ({client}) is of an architecture for which there is no loader.",
      "It gets an address but nothing to boot; docs/how-a-pc-boots.md lists what is supported."),
  LOADER_MISSING(
      "The loader for its firmware is not in tftp/.",
      "Run './arranque setup' as root to put it there.",
      "32-bit UEFI and ARM: bring your own, see docs/how-a-pc-boots.md."),
  LOADER_NEVER_ASKED(
      "It got its address, but never asked for its loader {file}.",
      "Is UDP port 69 open from its network to this box (firewall, router)?",
      "Does another DHCP server name itself as boot server (next-server, option 66)?",
      "UEFI: is network boot over IPv4 on, and the right card chosen?"),
  LOADER_NOT_FOUND(
      "It asked for {file}, which is not in tftp/.",
      "Did we name that file? If not, another DHCP server's option 67 or filename did.",
      "Put the file into tftp/, or run './arranque setup' as root."),
  LOADER_UNANSWERED(
      "It asked for {file}, but never answered our first packet.",
      "TFTP answers from a port of its own: a firewall or NAT between must let it through.",
      "Is there more than one path between it and this box (two cards, two routers)?"),
  LOADER_BLOCKS_LOST(
      "The loader {file} stopped at block {block} of {blocks}: blocks of {size} bytes do not pass.",
      "Set tftp: block-size-max: 512 in arranque.yaml, then restart the appliance.",
      "Something on the way (tunnel, VLAN, old switch) carries smaller packets: find its MTU."),
  LOADER_STOPPED(
      "The loader {file} stopped at block {block} of {blocks}: the machine fell silent.",
      "Was it switched off, or its cable moved?",
      "Try another cable and switch port.",
      "Large packets may get lost: try tftp: block-size-max: 512 in arranque.yaml."),
  LOADER_GIVEN_UP(
      "It broke off {file} itself: {words}",
      "Is that the loader for its firmware? UEFI takes no BIOS loader, 32-bit UEFI no 64-bit one.",
      "Some firmware has room for small loaders only: try another one."),
  FILE_CHANGED(
      "{file} was changed while it was sent, so it was broken off.",
      "It asks again by itself; put new files in the place of old ones by mv."),
  LOADER_NOT_STARTED_UEFI(
      "The loader {file} was fetched wholly, and then nothing was heard of it.",
      "Secure Boot refuses unsigned loaders: switch it off in the firmware.",
      "Does its firmware support its own card (SNP)? Try ipxe.efi in the place of snponly.efi.",
      "Look at its screen."),
  LOADER_NOT_STARTED_BIOS(
      "The loader {file} was fetched wholly, and then nothing was heard of it.",
      "Some ROMs keep the card to themselves: try ipxe.pxe in the place of undionly.kpxe.",
      "Is it the loader for BIOS, and undamaged? './arranque setup' puts it there anew.",
      "Look at its screen."),
  LOADER_LOST_ADDRESS(
      "Its loader asked for an address again and took that of {server}, which names no script.",
      "Beside that server set mode: proxy in the segment's file.",
      "If it should not be there, find it by its MAC in the switch and unplug it."),
  LOADER_NO_ADDRESS(
      "Its loader asked for an address {asks} times and never took our offer.",
      "The loader resets the card: turn on portfast (spanning tree) at its switch port.",
      "iPXE may lack a driver for this card: try snponly.efi or undionly.kpxe.",
      "Look at its screen."),

  // Script
  SCRIPT_NEVER_ASKED(
      "Its loader has the address {address}, but never asked for its script.",
      "Is TCP port {port} open from its network to this box (firewall, router)?",
      "An iPXE in the card's own ROM may be too old for HTTP: look at its screen."),
  SCRIPT_OTHER_ADDRESS(
      "Its script was asked for from {address}, which is not the machine's address.",
      "Two machines with this MAC, or a loader that kept an old address: boot it anew.",
      "If that is no accident, somebody on the segment is trying."),
  ROLE_GONE(
      "Its role has no folder in cloud-init/: {detail}",
      "Give it another role, or restore the folder."),
  IMAGE_MISSING(
      "The image of its role is not complete: {detail}",
      "Add it on the page Images, or by 'arranque image add'.",
      "Files put there by hand: image.yaml names kernel and initrd."),
  VALUE_MISSING(
      "Its role needs a value that nobody has set: {detail}",
      "Set it on the machine's page, or for all in the room's, role's, segment's or site's file."),
  VALUE_WRONG("A value is not of the type that its role asks for: {detail}", "Correct it."),
  TEMPLATE_BROKEN(
      "A template cannot be rendered: {detail}",
      "Correct it in that file and line; it is taken at once.",
      "'arranque check' and the role's page show where."),
  DOCUMENT_INVALID(
      "Its system would refuse one of its documents: {detail}",
      "Correct template or value; the boot plan shows the document and the line."),
  BOOT_NOT_WRITTEN(
      "Its boot could not be written to the database, so it was not started.",
      "Look at free space and permissions of the state folder; it asks again by itself."),
  UPSTREAM_FAILED(
      "{file} could not be fetched from where it comes from.",
      "Look at this box's way to the internet; the log says what failed.",
      "'arranque image add' brings the whole image here before machines ask."),
  INSTALL_LOOP(
      "It booted to be installed again and again and never said that it is.",
      "See on its screen what its installer says.",
      "Does its document report 'installed' at the end? 'Install again' lets it try anew."),

  // Kernel and initrd
  KERNEL_NEVER_ASKED(
      "Its script was handed out {took} ago, but it never asked for its kernel.",
      "Look at its screen: iPXE says there what it did not like.",
      "Does the script name a kernel elsewhere, which it cannot reach?",
      "The script is in the boot plan below."),
  INITRD_NEVER_ASKED(
      "It fetched its kernel, but never asked for its initrd.",
      "Is the kernel made for this firmware (32 or 64 bit, EFI stub)?",
      "Does it lack memory? Look at its screen."),
  FILE_NOT_FOUND(
      "It asked for {file}, which is not in images/.",
      "Add the image anew on the page Images, or by 'arranque image add'.",
      "Does the script name the file as it is called?"),
  OTHER_FILE_NOT_FOUND(
      "It asked for {file}, which is not there, and for nothing more since.",
      "Put the file there, or correct its name in the script or in the kernel's arguments.",
      "Some systems ask for files that they can do without: look at its screen."),
  DOWNLOAD_BROKE_OFF(
      "It broke off {file} at {done} of {whole}.",
      "Was it switched off or reset? Look at its screen.",
      "Does it lack memory for the file?",
      "Try another cable and switch port."),
  DOWNLOAD_STANDS_STILL(
      "It takes nothing more of {file}: it stands at {done} of {whole}.",
      "Is its cable plugged in, and the machine on?",
      "Try another cable and switch port."),
  DOWNLOAD_TOO_SLOW(
      "It took {file} so slowly that it was cut off at {done} of {whole} ({speed} a second).",
      "Was it switched off or unplugged meanwhile?",
      "Look at its cable and the speed of its switch port (10 Mbit/s, half duplex?)."),

  // System
  SYSTEM_NO_ADDRESS(
      "Kernel and initrd fetched, documents never: its system has no driver for this card,"
          + " or got no address within 10 s.",
      "Look at its screen: does the kernel start, and does it see the card?",
      "Turn on portfast (spanning tree) at its switch port: else the port is shut for 30 s.",
      "Take a newer kernel or an initrd with this card's driver."),
  SYSTEM_NO_MEMORY(
      "Kernel and initrd fetched, documents never: {memory} MiB of memory are probably too few"
          + " for an initrd of {initrd}.",
      "Look at its screen for 'out of memory' or 'unable to mount root'.",
      "Give this machine a role with a smaller image, or more memory."),
  SYSTEM_NO_DOCUMENTS(
      "Its system has the address {address}, but never asked for its documents.",
      "Does the kernel's command line say where they are? It is in the boot plan below.",
      "Is TCP port {port} open from its network to this box?",
      "Look at its screen."),
  SYSTEM_LOST_ADDRESS(
      "Its system asked for an address and took that of {server}.",
      "Beside that server set mode: proxy in the segment's file.",
      "If it should not be there, find it by its MAC in the switch and unplug it."),
  SYSTEM_STARTS_OVER(
      "It fetched kernel and initrd {times} times and started over each time without a word.",
      "Its kernel probably panics: look at its screen, or add panic=0 to the arguments.",
      "Another image or other kernel arguments may fit this hardware."),
  SYSTEM_OTHER_ADDRESS(
      "Its documents were asked for from {address}, which is not the machine's address.",
      "Has it two cards on this network? Only the one that booted is known.",
      "If that is no accident, somebody on the segment is trying."),
  DOCUMENT_OF_OLD_BOOT(
      "It asked for {document} under the address of an earlier boot.",
      "Boot it anew: each boot gets addresses of its own.",
      "Does its system keep the old command line, e.g. on its disk?"),
  DOCUMENT_UNKNOWN(
      "It asked for {document}, which its role does not have.",
      "Add the file to the role's folder if its system needs it."),
  NEVER_REPORTED(
      "It fetched {document} {took} ago and never reported.",
      "Look at its screen: what does its system complain of?",
      "Do its documents report? See docs/how-a-pc-boots.md; else it may well be up.",
      "Compare with the last good boot below."),
  NEVER_REGISTERED(
      "It came up {took} ago and never registered, as others of its role do.",
      "Does it reach its cluster's server? Try the address from its console.",
      "Is the token still valid?"),
  REGISTERING_STILL(
      "It tries to register for {took} now: {words}",
      "Does it reach its cluster's server? Try the address from its console.",
      "Is the token still valid?"),
  SYSTEM_FAILED(
      "It reported that it failed: {words}",
      "These are its own words; its screen or log has more.",
      "Compare with the last good boot below."),
  WAITED_AND_LEFT(
      "It waited on its screen and is not heard of for {took}.",
      "It was probably switched off. Switch it on again."),
  FELL_SILENT(
      "It fell silent {took} ago, after {stage}.",
      "Look at its screen.",
      "Was it switched off, or its cable moved?");

  private final Kind kind;
  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // List.of, never changed
  private final List<String> advice;

  /** A problem, as most are. */
  Symptom(String sentence, String... advice) {
    this(Kind.PROBLEM, sentence, advice);
  }

  Symptom(Kind kind, String sentence, String... advice) {
    this.kind = kind;
    this.sentence = sentence;
    this.advice = List.of(advice);
  }

  public Kind kind() {
    return kind;
  }

  /** English, with gaps. */
  public String sentence() {
    return sentence;
  }

  /** What to try next, the likeliest first; with the same gaps. */
  public List<String> advice() {
    return advice;
  }
}
