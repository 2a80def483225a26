package io.arranque.timeline;

import java.util.EnumSet;
import java.util.Set;

/**
 * The catalogue of why the appliance did or did not do a thing. The log, the page, {@code explain},
 * the PC's own screen, the tests and {@code docs/reasons.md} use these constants and sentences; a
 * silence on the wire always has one.
 */
public enum Reason {
  OK(Kind.NORMAL, "Nothing to explain.", ""),

  // DHCP: silence or refusal
  MALFORMED_PACKET(
      Kind.SILENCE,
      "The packet does not follow RFC 2131.",
      "If it came from real firmware, send us a capture of it."),
  NOT_A_REQUEST(
      Kind.SILENCE, "The packet is a reply of another server, not a client's request.", ""),
  SEGMENT_OFF(
      Kind.SILENCE,
      "DHCP is switched off on this segment.",
      "Set mode: server or mode: proxy in the segment's file."),
  UNKNOWN_SEGMENT(
      Kind.SILENCE,
      "The packet came through a relay whose subnet no segment describes.",
      "Add a file for that subnet to dhcp/, or remove this server from the relay."),
  RELAY_NOT_CREDIBLE(
      Kind.SILENCE,
      "The relay that the packet names cannot have sent it.",
      "If there is such a relay, look at its address; otherwise somebody on the segment is trying."),
  TOO_MANY_RELAYS(
      Kind.SILENCE,
      "The packet went through more than 16 relays.",
      "Look for relays that send packets in a circle."),
  NOT_ETHERNET(Kind.SILENCE, "The packet has no Ethernet address of a machine.", "Nothing to do."),
  RELAYS_ONLY(
      Kind.SILENCE,
      "The packet did not come through a relay, and no segment describes the network of that card.",
      "If its machines shall be served, add a file for that network to dhcp/."),
  NOT_OUR_SERVER_ID(
      Kind.SILENCE,
      "The machine chose another DHCP server's offer.",
      "If it should be ours, find the other server, or use mode: proxy."),
  OTHER_DHCP_SERVER(
      Kind.SILENCE,
      "Another DHCP server gives addresses on this segment.",
      "Set mode: proxy in the segment's file, or authoritative: true if this is your network."),
  LOOKING_FOR_SERVERS(
      Kind.SILENCE,
      "The appliance has just started and first looks for other DHCP servers.",
      "Machines ask again by themselves; authoritative: true spares the look."),
  POOL_EXHAUSTED(
      Kind.SILENCE,
      "No address is free in the segment's pool.",
      "Make the pool larger, shorten lease-time, or forget machines that are gone."),
  POOL_KEPT_FOR_KNOWN(
      Kind.SILENCE,
      "The last free addresses of the pool are kept for known machines, and nobody knows this one.",
      "Enter it on the page (a role, a room, a name), or make the pool larger."),
  TOO_MANY_STRANGERS(
      Kind.SILENCE,
      "So many unknown machines leave their offers unanswered that no further one gets an offer.",
      "Known machines are served; this one asks again by itself. Look for who makes up addresses."),
  MACHINE_IGNORED(
      Kind.SILENCE,
      "The machine has no role and its segment ignores unknown machines.",
      "Assign it a role, or set unknown-machines: discover."),
  NOT_A_BOOT_CLIENT(
      Kind.SILENCE,
      "Beside another DHCP server only boot firmware is answered, and this is not boot firmware.",
      ""),
  ADDRESS_ONLY(
      Kind.NORMAL,
      "An operating system or another device, no boot firmware: it gets an address only.",
      ""),
  NOT_OUR_LEASE(
      Kind.SILENCE,
      "The machine asks to keep an address that this server never gave it.",
      "Nothing to do: it will start over, or another server answers."),
  WRONG_ADDRESS(
      Kind.REFUSAL,
      "The address the machine asked for is not its own or not of this segment.",
      "It was told so and asks anew."),
  ADDRESS_DECLINED(
      Kind.SILENCE,
      "The machine found the address in use by somebody else.",
      "Find the device with that address; it is set aside for a while."),
  DECLINED_TOO_OFTEN(
      Kind.SILENCE,
      "The machine found several addresses in use; this one is not set aside any more.",
      "Find out what the machine sees: often its own switch or card sends its packets back."),
  SENDER_NOT_HOLDER(
      Kind.SILENCE,
      "An address was given back by somebody who does not hold it.",
      "If that is no accident, somebody on the segment is trying."),
  BOOTP_WITHOUT_RESERVATION(
      Kind.SILENCE,
      "The device speaks BOOTP, where an address is for ever, and has no reservation.",
      "Add it to reservations: in the segment's file."),
  ADDRESS_IN_USE(
      Kind.SILENCE,
      "Somebody else uses the address that the machine was to get.",
      "It gets another one, if there is one; find the device, its address is set aside for a while."),
  ADDRESS_RELEASED(Kind.NORMAL, "The machine gave its address back.", ""),
  COMMIT_FAILED(
      Kind.SILENCE,
      "The lease could not be written to disk, so it was not promised.",
      "Look at free space and permissions of the state folder; it recovers by itself."),
  OVERLOADED(
      Kind.SILENCE,
      "More packets were waiting than the server takes on.",
      "Machines ask again by themselves; look for a flood on the segment."),
  RATE_LIMITED(
      Kind.SILENCE,
      "The server was behind, and this machine had several packets waiting already.",
      "If it is one machine only, look at what runs on it."),
  INTERNAL_ERROR(
      Kind.FAILURE, "A bug of this program.", "Report it with the lines from the log, please."),

  // Loader
  UNKNOWN_FIRMWARE(
      Kind.REFUSAL,
      "The firmware names an architecture for which there is no loader.",
      "It can get an address, but nothing to boot; see docs/how-a-pc-boots.md."),
  LOADER_MISSING(
      Kind.FAILURE,
      "The loader for this firmware is not in the tftp folder.",
      "Run './arranque setup' as root to put it there."),

  // TFTP
  FILE_MISSING(Kind.REFUSAL, "There is no such file.", "Look for the name in tftp/ or images/."),
  OTHER_FILE_MISSING(
      Kind.REFUSAL,
      "The machine asked for a file, neither kernel nor initrd, that is not there.",
      "Look for the name where script or kernel arguments say it; some files may be missing."),
  OUTSIDE_FOLDER(
      Kind.REFUSAL, "The name leads out of the folder that is served.", "Nothing to do."),
  WRITE_REFUSED(Kind.REFUSAL, "Nobody may write to this server.", "Nothing to do."),
  TRANSFER_ABORTED(
      Kind.NORMAL,
      "The machine broke the transfer off.",
      "Firmware does so once to learn the size; a second one follows."),
  TRANSFER_TIMED_OUT(
      Kind.FAILURE,
      "The machine stopped answering in the middle of a transfer.",
      "Look at the cable, or try tftp block-size-max: 512 where large packets get lost."),
  TOO_MANY_TRANSFERS(
      Kind.REFUSAL, "Too many transfers at once.", "Machines ask again by themselves."),
  TOO_MANY_REQUESTS(
      Kind.SILENCE,
      "One address asked for more files than it took.",
      "Machines ask again by themselves; look for who asks in their name."),
  REQUEST_REPEATED(
      Kind.SILENCE, "The request came twice; the first is being answered.", "Nothing to do."),
  ASKED_BY_BROADCAST(
      Kind.SILENCE,
      "A file was asked for by broadcast; several servers would answer.",
      "Nothing to do."),
  FILE_CHANGED(
      Kind.FAILURE,
      "The file was changed while it was sent, so it was broken off.",
      "The machine asks again by itself; put new files in the place of old ones by mv."),

  // Plan and HTTP
  NO_ROLE(
      Kind.WAITING, "The machine has no role yet.", "Assign one on the page; it boots at once."),
  PENDING_MAC(
      Kind.WAITING,
      "The machine looks like one that is known, with another network card.",
      "Say on the page whether it is that machine; then it boots at once."),
  DOWNLOADS_FULL(
      Kind.WAITING,
      "As many machines load their systems as may do so at once; this one waits for its turn.",
      "It goes on by itself; downloads: in arranque.yaml says how many may."),
  ROOM_LOCKED(
      Kind.WAITING,
      "The machine's room is locked, so nothing is installed on it now.",
      "It goes on at its first boot after the lock ends, or when somebody lifts it on the page."),
  LOCAL_DISK(Kind.NORMAL, "The machine's role is to boot from its own disk.", ""),
  POLICY_NEVER(Kind.NORMAL, "The machine's boot policy is to boot from its own disk.", ""),
  INSTALLED(
      Kind.NORMAL,
      "The machine is installed and boots from its own disk.",
      "To install it again, say so on its page; that may cost what is on its disk."),
  BOOTED_ONCE(
      Kind.NORMAL,
      "The machine has had its one boot from the network and boots from its own disk.",
      "For one more, say so on its page."),
  INSTALL_LOOP(
      Kind.FAILURE,
      "The machine booted to be installed again and again and never said that it is.",
      "It boots its own disk now. See what its installer says; 'install again' lets it try anew."),
  ROLE_UNKNOWN(
      Kind.FAILURE,
      "The machine's role has no folder in cloud-init/.",
      "Assign another role or restore the folder."),
  IMAGE_MISSING(
      Kind.FAILURE,
      "The role's image is not complete in images/.",
      "'arranque image add' fetches kernel and initrd; see images/README.md."),
  UPSTREAM_FAILED(
      Kind.FAILURE,
      "The file could not be fetched from where it comes from, or was not what it should be.",
      "The log says why. Look at this server's way to the internet; the machine asks again."),
  VARIABLE_MISSING(
      Kind.FAILURE,
      "The role needs a value that nobody has set.",
      "Set it on the machine, its room, the role, the segment or the site."),
  VARIABLE_INVALID(
      Kind.FAILURE, "A value is not of the type that the role asks for.", "Correct the value."),
  TEMPLATE_BROKEN(
      Kind.FAILURE, "A template cannot be rendered.", "Correct it; 'arranque check' shows where."),
  DOCUMENT_INVALID(
      Kind.FAILURE,
      "The system that reads one of the role's documents would refuse it as it is.",
      "Correct the template or the value; the machine's page shows the document and the line."),
  NONCE_UNKNOWN(
      Kind.REFUSAL,
      "The address of the document is not of the machine's present boot.",
      "Let the machine boot anew; each boot gets addresses of its own."),
  NONCE_EXPIRED(
      Kind.REFUSAL, "The boot that this address belongs to is too long ago.", "Boot it anew."),
  OTHER_ADDRESS(
      Kind.REFUSAL,
      "The document was asked for from another address than the machine's.",
      "If that is no accident, somebody on the segment is trying."),
  DOCUMENT_UNKNOWN(
      Kind.REFUSAL,
      "The machine's role has no such document.",
      "Some systems ask for more than they need; otherwise add the file to the role."),
  BOOT_NOT_WRITTEN(
      Kind.FAILURE,
      "The boot could not be written to the database, so it was not started.",
      "Look at free space and permissions of the state folder; the machine asks again by itself."),
  TOO_SLOW(
      Kind.FAILURE,
      "The machine took the file so slowly that the connection was cut.",
      "Look at its cable and switch port; most systems fetch the rest by themselves."),
  BAD_REQUEST(Kind.REFUSAL, "The request cannot be understood.", ""),
  MACHINE_REPORTED(Kind.NORMAL, "The machine said this of itself.", ""),
  MACHINE_FAILED(
      Kind.FAILURE, "The machine reported that it failed.", "Its own words are beside this."),
  DISK_SKIPPED(
      Kind.NORMAL,
      "The machine left a disk alone, because it holds data or cannot be used.",
      "Its own words say which. If nothing on it is needed, empty its first MiB by hand."),
  ROLE_ASSIGNED(Kind.NORMAL, "Somebody gave the machine a role.", ""),
  WAKE_SENT(
      Kind.NORMAL,
      "A Wake-on-LAN packet was sent to the machine.",
      "If it stays off: is Wake-on-LAN on in its firmware, and was its mains switch on?"),
  WAKE_NO_SEGMENT(
      Kind.REFUSAL,
      "The machine is on no known segment: no Wake-on-LAN packet can be sent.",
      "Boot it once, or give it a room or an address of a segment in dhcp/."),
  WAKE_NO_CARD(
      Kind.REFUSAL,
      "The appliance has no card on the machine's segment: no Wake-on-LAN packet can be sent.",
      "Plug the card in, or say interface: none if the segment is reached through a router."),
  WAKE_NOT_SENT(
      Kind.REFUSAL,
      "The Wake-on-LAN packet could not be sent.",
      "What the system said is beside this: a firewall, a missing route, or a card that is down."),
  WAKE_UNHEARD(
      Kind.REFUSAL,
      "The machine was asked to switch itself on, and was not heard of.",
      "Wake-on-LAN off in its firmware, no mains, a router in between that passes no directed"
          + " broadcasts, or it is on already."),
  INSTALL_AGAIN(Kind.NORMAL, "Somebody let the machine be installed or booted again.", ""),

  // Secrets
  NOT_ARMED(
      Kind.WAITING,
      "The machine's role has secrets, and this boot may not have them yet.",
      "Arm the machine on the page; it goes on at once. 'arming:' says which boots need that."),
  QUARANTINED(
      Kind.WAITING,
      "Something looked like theft: the machine gets no secret until that is cleared.",
      "Look at the alarm on the machine's page, change the secrets it names, then clear it."),
  ARMED(Kind.NORMAL, "Somebody armed the machine: a boot of it may have its secrets.", ""),
  PAIRING_WRONG(
      Kind.REFUSAL,
      "The code that was confirmed is not the one on the machine's screen.",
      "Read it again; after five wrong ones the machine shows another."),
  SECRET_REVEALED(Kind.NORMAL, "Somebody looked at a secret of the machine.", ""),
  ALARM_CLEARED(Kind.NORMAL, "Somebody cleared the machine's alarm.", ""),
  SECOND_CLAIM(
      Kind.ALARM,
      "A document with secrets was asked for again after the machine was up.",
      "Somebody may have its secrets: change those that the alarm names, then clear it."),
  CLAIM_FROM_ELSEWHERE(
      Kind.ALARM,
      "Another address knew where a boot's secrets are and asked for them; it got none.",
      "Somebody listens on that wire: change the secrets that the alarm names, then clear it."),
  SCRIPT_FROM_ELSEWHERE(
      Kind.ALARM,
      "Another address asked in this machine's name to boot; it was refused.",
      "Look who has that address: somebody is trying to be this machine."),
  MAC_TWICE(
      Kind.ALARM,
      "Two machines seem to have this MAC: another one than was told secrets came to boot.",
      "If its card or board was changed, clear the alarm; else change the secrets it names."),
  URLS_GUESSED(
      Kind.ALARM,
      "One address tried many addresses of documents that do not exist.",
      "Look who has that address: somebody is trying to read this machine's documents.");

  /** What a reason means for the machine. */
  public enum Kind {
    NORMAL,
    WAITING,
    /** Nothing was sent. */
    SILENCE,
    /** It was told no. */
    REFUSAL,
    /** Somebody has to do something. */
    FAILURE,
    /** It looks like theft; it says nothing of how far the machine itself is. */
    ALARM
  }

  private static final Set<Reason> OF_PEOPLE =
      EnumSet.of(
          ROLE_ASSIGNED, ARMED, PAIRING_WRONG, SECRET_REVEALED, ALARM_CLEARED, INSTALL_AGAIN);

  private final Kind kind;
  private final String sentence;
  private final String advice;

  Reason(Kind kind, String sentence, String advice) {
    this.kind = kind;
    this.sentence = sentence;
    this.advice = advice;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether it tells what people did to the machine, and nothing of the machine itself. */
  public boolean isOfPeople() {
    return OF_PEOPLE.contains(this);
  }

  /** What happened, one English sentence. */
  public String sentence() {
    return sentence;
  }

  /** What to do next; empty when nothing needs doing. */
  public String advice() {
    return advice;
  }
}
