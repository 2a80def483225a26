package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Hold;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Armings;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.ArmingRule;
import io.arranque.site.Role;
import io.arranque.site.Role.Var;
import io.arranque.site.Script;
import io.arranque.site.Secrecy;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import io.arranque.timeline.BootEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A room whose role has a secret, before the desk; what an answer changes is committed. */
final class SecretSite {
  static final String TOKEN = "tok-Zx81-9fQ2";
  static final Mac MAC = TestSite.MAC;
  static final Ipv4 PC = TestSite.CLIENT;
  static final Ipv4 THIEF = Ipv4.of("10.77.0.66");

  final MemoryBook book = new MemoryBook();
  final List<BootEvent> events = new ArrayList<>();
  Instant now = Instant.parse("2026-03-01T08:00:00Z");
  LeasedAddresses leased = LeasedAddresses.UNKNOWN;
  private final BootDesk desk =
      new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ofSeconds(20));
  private final Site site;
  private int nonces;

  SecretSite(Secrecy secrecy, Segment.Mode mode) {
    site = site(secrecy, mode);
    Machine.Assignment assignment =
        new Machine.Assignment(
            Optional.of("pc1"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("node"),
            Map.of("token", TOKEN));
    book.with(Machine.unknown(MAC).with(assignment));
  }

  static SecretSite of(ArmingRule rule) {
    return new SecretSite(new Secrecy(Optional.of(rule), false), Segment.Mode.SERVER);
  }

  /** As a role given by page or API. */
  SecretSite asked() {
    return commit(Armings.asked(book.machine(MAC), MAC, "ana", now));
  }

  SecretSite armed(Duration time) {
    Decision decision = Armings.arm(book, List.of(MAC), time, "ana", now);
    ((Decision.Accepted) decision).changes().forEach(this::commit);
    return this;
  }

  /** Arming does not lift a quarantine. */
  void armedRefused() {
    assertThat(Armings.arm(book, List.of(MAC), Duration.ofHours(1), "ana", now))
        .isInstanceOf(Decision.Refused.class);
  }

  SecretSite cleared() {
    ((Decision.Accepted) Armings.clear(book, MAC, "ana")).changes().forEach(this::commit);
    return this;
  }

  boolean confirmed(String code) {
    var change = Armings.pair(book.machine(MAC).orElseThrow(), code, "ana", now);
    change.ifPresent(this::commit);
    return change.filter(Armings::isPaired).isPresent();
  }

  private SecretSite commit(InventoryChange change) {
    return commit(List.of(change));
  }

  private SecretSite commit(List<InventoryChange> changes) {
    try {
      book.commit(inventory -> changes);
    } catch (StoreFailure e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  Provisioning provisioning() {
    return book.machine(MAC).orElseThrow().provisioning();
  }

  String nonce() {
    return book.boot(MAC).orElseThrow().nonce();
  }

  /** The script's text; a machine that waits gets nothing. */
  String boot(Ipv4 from, String query) {
    now = now.plusSeconds(60);
    BootAnswer answer = ask("GET", "/ipxe?mac=52-54-00-12-34-56" + query, from, "");
    return answer instanceof Text text ? text.body() : "held";
  }

  String boot() {
    return boot(PC, "");
  }

  Text document(Ipv4 from, String name) {
    return (Text) ask("GET", "/boot/52-54-00-12-34-56/" + nonce() + "/" + name, from, "");
  }

  Text reports(String body) {
    return (Text) ask("POST", "/boot/52-54-00-12-34-56/" + nonce() + "/phone-home", PC, body);
  }

  BootAnswer ask(String method, String target, Ipv4 from, String body) {
    nonces++;
    String fresh =
        "%016x%016x".formatted(0x9e3779b97f4a7c15L * nonces, 0x5851f42d4c957f2dL * nonces);
    BootAnswer answer =
        desk.answer(
            BootRoutes.parse(method, target),
            new BootSnapshot(site, book.view(), leased),
            new Exchange(from, TestSite.LOCAL, now, fresh, body));
    boolean held = answer instanceof Hold;
    if (!held) {
      commit(answer.changes());
      answer.event().ifPresent(events::add);
    }
    return answer;
  }

  private static Site site(Secrecy secrecy, Segment.Mode mode) {
    Site plain = TestSite.at(Path.of("site"));
    TreeMap<String, Script> documents = new TreeMap<>();
    script(documents, "user-data", "#cloud-config\ntoken: {{ token | yaml }}\n");
    script(documents, "network-config", "version: 2\n");
    script(documents, "faulty", "{{ (token | indent(token)) }}\n");
    TreeMap<String, Script> overlay = new TreeMap<>();
    script(overlay, "etc/token", "{{ token }}\n");
    TreeMap<String, Role> roles = new TreeMap<>(plain.roles());
    roles.put(
        "node",
        new Role(
            "node",
            "",
            "linux",
            Optional.of("linux"),
            "",
            Map.of("token", new Var(VarType.SECRET, true, Optional.empty(), "")),
            List.of(),
            documents,
            overlay));
    TreeMap<String, Segment> segments = new TreeMap<>();
    segments.put("room", segment(secrecy, mode));
    return new Site(
        plain.folder(),
        plain.settings(),
        segments,
        roles,
        plain.scripts(),
        plain.images(),
        plain.loaders());
  }

  private static Segment segment(Secrecy secrecy, Segment.Mode mode) {
    return new Segment(
        "room",
        Cidr.parse("10.77.0.0/24").orElseThrow(),
        Optional.empty(),
        false,
        mode,
        false,
        true,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Duration.ofHours(12),
        List.of(),
        Map.of(),
        new UnknownMachines.Discover(),
        Optional.empty(),
        Map.of(),
        secrecy);
  }

  private static void script(Map<String, Script> to, String name, String text) {
    to.put(name, new Script(name, "file-of/" + name, text));
  }
}
