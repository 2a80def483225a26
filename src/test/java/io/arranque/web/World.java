package io.arranque.web;

import io.arranque.MemoryBook;
import io.arranque.MemoryPeople;
import io.arranque.MemorySchedule;
import io.arranque.MemoryTimeline;
import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Explained;
import io.arranque.dhcp.Explainer;
import io.arranque.dhcp.LeaseBook;
import io.arranque.dhcp.Question;
import io.arranque.dhcp.Snapshot;
import io.arranque.dhcp.Surroundings;
import io.arranque.downloads.Budget;
import io.arranque.downloads.DownloadRegister;
import io.arranque.images.ImageJobs;
import io.arranque.images.ImageStore;
import io.arranque.images.Mirror;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Together;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Image;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.base.LeaseView;
import io.arranque.web.base.Parts;
import io.arranque.web.base.Previews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A small appliance in memory: a site, an inventory and a timeline that tests can touch. */
public final class World {
  public static final String TOKEN = "token-of-the-tests";
  public static final Mac PC1 = Mac.of("52:54:00:00:00:01");
  public static final Mac PC2 = Mac.of("52:54:00:00:00:02");

  private static final String BOOT =
      """
      kernel {{ image.url }}/{{ image.kernel }} {{ image.arguments }}
      initrd {{ image.url }}/initrd
      boot
      """;
  private static final String CLOUD_CONFIG =
      """
      #cloud-config
      hostname: {{ machine.hostname | yaml }}
      rancher:
        environment:
          TOKEN: {{ rancher_token | yaml }}
          URL: {{ rancher_url | yaml }}
      """;

  public final MemoryBook book = new MemoryBook();
  public final MemoryTimeline timeline = new MemoryTimeline();
  public volatile Instant now;
  public final MemoryPeople people = new MemoryPeople(() -> now);
  final MemorySchedule schedule;
  public volatile List<String> problems = List.of();
  volatile Surroundings surroundings = Surroundings.UNKNOWN;
  public final ScriptedWaker waker = new ScriptedWaker();
  volatile Together together = Together.Work::run;
  volatile Site site;
  public final FakeNetwork network = new FakeNetwork(() -> site, () -> now);
  final DownloadRegister downloads;

  public World(Path folder) {
    this(folder, ZoneId.of("Europe/Madrid"), Instant.now());
  }

  World(Path folder, ZoneId zone, Instant now) {
    this.now = now;
    downloads = new DownloadRegister(() -> new Budget(2, Long.MAX_VALUE, 0), () -> this.now);
    schedule = new MemorySchedule(zone);
    site = site(folder);
    network.lease("192.168.33.101", PC1, Duration.ofHours(11), "");
  }

  public Parts parts() {
    InstantSource clock = () -> now;
    return new Parts(
        () -> site,
        () -> problems,
        book,
        timeline,
        new Planner(new Templates()),
        clock,
        this::explain,
        mac -> mac.map(Mac::octets).orElse(new byte[0]),
        () ->
            network.leases().stream()
                .filter(lease -> lease.isLive(now))
                .map(l -> new LeaseView(l.address(), l.mac(), l.segment(), l.expires()))
                .toList(),
        segment -> Ipv4.of("192.168.33.2"),
        () -> "# HELP arranque_up Up\narranque_up 1\n",
        () -> true,
        TOKEN,
        () -> surroundings,
        () -> downloads.traffic(now),
        new ImageJobs(ImageStore.of(site.folder(), Mirror::none, clock)),
        Previews.NONE,
        people,
        people,
        waker,
        network,
        schedule,
        work -> together.make(work));
  }

  /** The real one, over no leases. */
  private Optional<Explained> explain(Question question) {
    io.arranque.dhcp.LeaseView none =
        Explainer.leases(site, new LeaseBook.LoadedLeases(List.of(), Map.of()));
    return Optional.of(
        new Explainer(new Planner(new Templates()), segment -> Ipv4.of("192.168.33.2"))
            .explain(question, new Snapshot(site, book.view(), none), now));
  }

  public ControlPlane plane() {
    return new ControlPlane(parts(), Ipv4.of("127.0.0.1"), 0);
  }

  public void machine(Mac mac, String hostname, String role, String address, String serial) {
    book.with(
        new Machine(
            mac,
            new Assignment(
                Optional.of(hostname).filter(h -> !h.isEmpty()),
                Optional.empty(),
                Optional.of(Integer.toString((int) (mac.bits() & 0xff))),
                Optional.of(role).filter(r -> !r.isEmpty()),
                Map.of()),
            new Hardware(
                Optional.of(new UUID(mac.bits(), 7)),
                Optional.of(serial),
                Optional.of("Dell Inc."),
                Optional.of("OptiPlex 7010"),
                Optional.of("uefi-x64")),
            Optional.of("sala5"),
            Optional.of(Ipv4.of(address)),
            Optional.of(now.minus(Duration.ofDays(12))),
            Optional.of(now)));
  }

  public void event(Mac mac, Duration ago, Stage stage, Reason reason, String detail) {
    timeline.record(BootEvent.of(now.minus(ago), mac, stage, reason, Optional.empty(), detail));
  }

  void event(Mac mac, Duration ago, Stage stage, String detail, long bytes, long millis) {
    timeline.record(
        new BootEvent(
            now.minus(ago),
            mac,
            stage,
            Reason.OK,
            Optional.empty(),
            detail,
            bytes,
            Duration.ofMillis(millis)));
  }

  private static Site site(Path folder) {
    Map<String, Script> scripts = new TreeMap<>();
    for (String name : List.of("boot", "discover", "error", "local-disk", "rancheros")) {
      scripts.put(
          name,
          new Script(
              name,
              "ipxe-scripts/" + name + ".ipxe",
              "#!ipxe\n# {{ machine.hostname }}\n" + (name.equals("rancheros") ? BOOT : "")));
    }
    Map<String, Role> roles = new TreeMap<>();
    roles.put("worker", worker());
    roles.put(
        "local-disk",
        new Role(
            "local-disk",
            "Boots what is on the PC's own disk",
            "local-disk",
            Optional.empty(),
            "",
            Map.of(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>()));
    Map<String, Segment> segments = new TreeMap<>();
    segments.put("sala5", segment());
    Map<String, Image> images = new TreeMap<>();
    images.put(
        "rancheros",
        new Image("rancheros", Optional.of("1.5.8"), "vmlinuz", List.of("initrd"), ""));
    return new Site(
        folder,
        Site.Settings.DEFAULT,
        new TreeMap<>(segments),
        new TreeMap<>(roles),
        new TreeMap<>(scripts),
        new TreeMap<>(images),
        Set.of("undionly.kpxe", "snponly.efi"));
  }

  private static Role worker() {
    Map<String, Role.Var> vars = new LinkedHashMap<>();
    vars.put(
        "rancher-url",
        new Role.Var(
            VarType.URL,
            true,
            Optional.of("https://rancher.sala5.lab"),
            "Where the machine registers itself"));
    vars.put("rancher-token", new Role.Var(VarType.SECRET, false, Optional.empty(), ""));
    vars.put(
        "disk",
        new Role.Var(
            VarType.DEVICE,
            false,
            Optional.of("/dev/sda"),
            "Formatted if empty. Never when it holds data."));
    vars.put("debug", new Role.Var(VarType.BOOLEAN, false, Optional.of(false), ""));
    TreeMap<String, Script> documents = new TreeMap<>();
    documents.put(
        "cloud-config", new Script("cloud-config", "cloud-init/worker/cloud-config", CLOUD_CONFIG));
    return new Role(
        "worker",
        "Rancher worker with docker on the local disk",
        "rancheros",
        Optional.of("rancheros"),
        "console=tty0",
        vars,
        List.of(),
        documents,
        new TreeMap<>());
  }

  private static Segment segment() {
    return new Segment(
        "sala5",
        Cidr.of("192.168.33.0/24"),
        Optional.of("eth1"),
        false,
        Segment.Mode.SERVER,
        false,
        List.of(AddressRange.of("192.168.33.100-192.168.33.199")),
        Optional.of(Ipv4.of("192.168.33.1")),
        List.of(Ipv4.of("192.168.33.1")),
        Optional.of("sala5.lab"),
        Duration.ofHours(12),
        List.of(),
        Map.of(),
        new Segment.UnknownMachines.Discover(),
        Optional.of("sala5"),
        Map.of());
  }
}
