package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything the appliance will hand a machine, and where each value came from. DHCP, TFTP, HTTP,
 * {@code explain}, the page and the tests all read it from here, so none can contradict another.
 *
 * @param machine whom it is for
 * @param client what it said of itself
 * @param reach where it is
 * @param bootUrl the boot plane as this machine sees it, without trailing slash
 * @param way what happens to it, in a word
 * @param troubles what keeps it from booting; not empty exactly when {@code way} is {@link
 *     Way#FAIL}
 * @param role its role, if any
 * @param room its room, if any
 * @param bootFile what DHCP names for it to fetch next
 * @param bootFileReason why there is no boot file; {@link Reason#OK} when there is one
 * @param reservation its fixed address
 * @param network what DHCP tells it of the network, beside the lease and PXE's own options
 * @param hostname its host name
 * @param script the script it will be given
 * @param image the image it boots
 * @param vars values for templates by name, as the templates see them ({@code -} written {@code _})
 */
public record BootPlan(
    Machine machine,
    Client client,
    Reach reach,
    String bootUrl,
    Way way,
    List<Trouble> troubles,
    Optional<Planned<Role>> role,
    Optional<Planned<Room>> room,
    Optional<Planned<BootFile>> bootFile,
    Reason bootFileReason,
    Optional<Planned<Ipv4>> reservation,
    NetworkOptions network,
    Planned<String> hostname,
    Planned<Script> script,
    Optional<Planned<Image>> image,
    SortedMap<String, Planned<Object>> vars) {

  /** What happens to a machine. */
  public enum Way {
    /** It boots its role's image. */
    BOOT,
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

  /** Why it goes as it goes, in one constant. */
  public Reason reason() {
    return switch (way) {
      case BOOT -> Reason.OK;
      case LOCAL_DISK -> Reason.LOCAL_DISK;
      case DISCOVER -> Reason.NO_ROLE;
      case IGNORE -> Reason.MACHINE_IGNORED;
      case FAIL -> troubles.get(0).reason();
    };
  }

  /** What DHCP tells it of the network, in the order of the wire. */
  public List<Planned<DhcpOption>> options() {
    return network.options();
  }

  /** Where this machine's documents are, without trailing slash. */
  public String documentsUrl() {
    return bootUrl + "/boot/" + machine.mac().hyphenated() + "/" + reach.nonce().orElse("NONCE");
  }

  /** File names of the documents it may fetch. */
  public List<String> documents() {
    return role.map(r -> List.copyOf(r.value().documents().keySet())).orElse(List.of());
  }
}
