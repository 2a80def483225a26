package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.downloads.Standing;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything the appliance will hand a machine, and where each value came from. DHCP, TFTP, HTTP,
 * {@code explain}, the page and the tests all read it from here, so none can contradict another.
 *
 * <p>The components are what was decided. What follows from them is worked out when it is asked
 * for: most packets want an address only, and a room that boots at once must not pay for scripts
 * and variables with each of them.
 *
 * @param site what the operator wrote
 * @param machine whom it is for
 * @param client what it said of itself
 * @param reach where it is
 * @param roleName the role it should have, also when there is none of that name
 * @param role its role, if any
 * @param room its room, if any
 * @param bootFile what DHCP names for it to fetch next
 * @param bootFileReason why there is no boot file; {@link Reason#OK} when there is one
 * @param reservation its fixed address
 * @param standing whether its turn to download has come
 * @param looksLike the machine whose further card it may be, which somebody has to say; it gets no
 *     role before
 * @param unfit documents that their readers would refuse, once {@link Planner#judged} has looked
 * @param lock who wants its room left alone at this time; empty: nobody, or it is not known when it
 *     would boot
 */
public record BootPlan(
    Site site,
    Machine machine,
    Client client,
    Reach reach,
    Optional<Planned<String>> roleName,
    Optional<Planned<Role>> role,
    Optional<Planned<Room>> room,
    Optional<Planned<BootFile>> bootFile,
    Reason bootFileReason,
    Optional<Planned<Ipv4>> reservation,
    Standing standing,
    Optional<Machine> looksLike,
    List<Trouble> unfit,
    Optional<RoomLock> lock) {

  /** One whose documents nobody has judged yet: DHCP never needs to. */
  BootPlan(
      Site site,
      Machine machine,
      Client client,
      Reach reach,
      Optional<Planned<String>> roleName,
      Optional<Planned<Role>> role,
      Optional<Planned<Room>> room,
      Optional<Planned<BootFile>> bootFile,
      Reason bootFileReason,
      Optional<Planned<Ipv4>> reservation,
      Standing standing,
      Optional<Machine> looksLike,
      Optional<RoomLock> lock) {
    this(
        site,
        machine,
        client,
        reach,
        roleName,
        role,
        room,
        bootFile,
        bootFileReason,
        reservation,
        standing,
        looksLike,
        List.of(),
        lock);
  }

  /** What happens to a machine. */
  public enum Way {
    /** It boots its role's image. */
    BOOT,
    /** It boots its role's image when others have theirs; until then it shows its place. */
    WAIT,
    /** Its role has secrets, and it waits until it may be told them. */
    UNARMED,
    /** It was to be installed, and its room is locked: it waits. */
    LOCKED,
    /** It is sent to its own disk. */
    LOCAL_DISK,
    /** It shows its name and waits for a role. */
    DISCOVER,
    /** It is not answered. */
    IGNORE,
    /** It is told why it cannot boot. */
    FAIL
  }

  /**
   * Something that keeps the machine from booting.
   *
   * @param detail which image, which variable, …
   */
  public record Trouble(Reason reason, String detail) {
    /** For the PC's screen, the page and the log. */
    @Override
    public String toString() {
      return detail.isEmpty() ? reason.sentence() : reason.sentence() + " (" + detail + ")";
    }
  }

  /** Whether it is not answered at all. */
  public boolean isIgnored() {
    return looksLike.isEmpty() && Outcome.isIgnored(site, machine, client, reach, roleName, room);
  }

  /** Why its boot policy, or a lock, sends it to its own disk; OK when neither does. */
  public Reason ownDisk() {
    return Policy.ownDisk(this);
  }

  /** Its boot policy and how far it has come with it. */
  public Policy policy() {
    return Policy.of(this);
  }

  /** What happens to it, in a word. */
  public Way way() {
    return Outcome.way(this, troubles());
  }

  /** What keeps it from booting; not empty exactly when {@link #way} is {@link Way#FAIL}. */
  public List<Trouble> troubles() {
    List<Trouble> troubles = new ArrayList<>(Outcome.troubles(this, variables()));
    troubles.addAll(unfit);
    return List.copyOf(troubles);
  }

  /** The boot plane as this machine sees it, without trailing slash. */
  public String bootUrl() {
    return site.settings().bootUrl(reach.serverAddress());
  }

  /** What DHCP tells it of the network, beside the lease and PXE's own options. */
  public NetworkOptions network() {
    return NetworkOptions.of(this);
  }

  /** What DHCP tells it of the network, in the order of the wire. */
  public List<Planned<DhcpOption>> options() {
    return network().options();
  }

  /** Its host name. */
  public Planned<String> hostname() {
    return Planned.of(
        machine.hostname(),
        machine.assignment().hostname().isPresent() ? Origin.MACHINE : Origin.DEFAULT);
  }

  /** The script it will be given. */
  public Planned<Script> script() {
    return Outcome.script(this);
  }

  /** The image it boots. */
  public Optional<Planned<Image>> image() {
    return Outcome.image(this);
  }

  /** Values for templates by name, as the templates see them ({@code -} written {@code _}). */
  public SortedMap<String, Planned<Object>> vars() {
    return variables().values();
  }

  /** What the values in force override, by their names, the nearest first. */
  public SortedMap<String, List<Planned<Object>>> overriddenVars() {
    return variables().overridden();
  }

  /** What the DHCP options in force override, by code, the nearest first. */
  public SortedMap<Integer, List<Planned<OptionSetting>>> overriddenOptions() {
    return NetworkOptions.overridden(this);
  }

  /** Why it goes as it goes, in one constant. */
  public Reason reason() {
    List<Trouble> troubles = troubles();
    return switch (Outcome.way(this, troubles)) {
      case BOOT -> Reason.OK;
      case WAIT -> Reason.DOWNLOADS_FULL;
      case LOCAL_DISK -> ownDisk() == Reason.OK ? Reason.LOCAL_DISK : ownDisk();
      case UNARMED ->
          machine.provisioning().isQuarantined() ? Reason.QUARANTINED : Reason.NOT_ARMED;
      case LOCKED -> Reason.ROOM_LOCKED;
      case DISCOVER -> looksLike.isPresent() ? Reason.PENDING_MAC : Reason.NO_ROLE;
      case IGNORE -> Reason.MACHINE_IGNORED;
      case FAIL -> troubles.get(0).reason();
    };
  }

  /** Where this machine's documents are, without trailing slash. */
  public String documentsUrl() {
    return bootUrl() + "/boot/" + machine.mac().hyphenated() + "/" + reach.nonce().orElse("NONCE");
  }

  /** File names of the documents it may fetch. */
  public List<String> documents() {
    return role.map(r -> RancherOsPlan.documents(r.value())).orElse(List.of());
  }

  BootPlan withUnfit(List<Trouble> unfit) {
    return with(reach, unfit);
  }

  /** The same, as if this were the nonce of its boot. */
  BootPlan withNonce(String nonce) {
    return with(
        new Reach(
            reach.segment(), reach.serverAddress(), reach.machineAddress(), Optional.of(nonce)),
        unfit);
  }

  private BootPlan with(Reach reach, List<Trouble> unfit) {
    return new BootPlan(
        site,
        machine,
        client,
        reach,
        roleName,
        role,
        room,
        bootFile,
        bootFileReason,
        reservation,
        standing,
        looksLike,
        List.copyOf(unfit),
        lock);
  }

  private Variables variables() {
    return Variables.merge(site, reach.segment(), role.map(Planned::value), room, machine);
  }
}
