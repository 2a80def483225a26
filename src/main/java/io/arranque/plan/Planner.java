package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.documents.rancheros.Choice;
import io.arranque.inventory.Identity;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pure function at the centre: site, machine and client in, {@link BootPlan} out. The same
 * input gives the same plan, whoever asks.
 */
public final class Planner {
  /** The first script of every machine: gathers what iPXE knows and asks for the next. */
  public static final String FIRST_SCRIPT = "boot";

  /** Shows the machine's name and waits for a role. */
  public static final String DISCOVER_SCRIPT = "discover";

  /** Says on the PC's screen why it does not boot. */
  public static final String ERROR_SCRIPT = "error";

  /** Sends the machine to its own disk; a role that names it needs no image. */
  public static final String LOCAL_DISK_SCRIPT = "local-disk";

  /** Scripts without which no site works. */
  public static final List<String> REQUIRED_SCRIPTS =
      List.of(FIRST_SCRIPT, DISCOVER_SCRIPT, ERROR_SCRIPT);

  private final Templates templates;
  private final DocumentCheck documentCheck = new DocumentCheck(this);
  private final RancherOsPlan told;

  public Planner(Templates templates) {
    this.templates = templates;
    this.told = new RancherOsPlan(this, templates);
  }

  /** Decides everything about one machine. */
  public BootPlan plan(PlanRequest request) {
    Site site = request.site();
    Client client = request.client();
    Machine machine = present(request);
    Optional<Planned<Room>> room = roomOf(machine, request);
    Optional<Machine> looksLike =
        Identity.pending(request.inventory(), machine).map(Identity.Pending::known);
    Optional<Planned<String>> roleName =
        looksLike.isPresent() ? Optional.empty() : roleName(site, machine, room, request.reach());
    Optional<Planned<Role>> role =
        roleName.flatMap(
            name ->
                Optional.ofNullable(site.roles().get(name.value()))
                    .map(found -> Planned.of(found, name.origin())));
    boolean ignored =
        looksLike.isEmpty()
            && Outcome.isIgnored(site, machine, client, request.reach(), roleName, room);
    boolean never = Policy.ownDisk(site, machine, role) == Reason.POLICY_NEVER;
    BootFiles.Choice bootFile = BootFiles.choose(site, client, request.reach(), ignored, never);
    return new BootPlan(
        site,
        machine,
        client,
        request.reach(),
        roleName,
        role,
        room,
        bootFile.file(),
        bootFile.reason(),
        reservation(request.reach(), machine, client.mac()),
        request.standing(),
        looksLike,
        lock(request, room));
  }

  /**
   * The plan after its documents were judged with the machine's values: it fails when a reader
   * would refuse one. For scripts and people; what DHCP answers does not hang on it, and must not
   * wait.
   */
  public BootPlan judged(BootPlan plan) {
    return documentCheck.judge(plan);
  }

  /** Judges the documents of plans. */
  public DocumentCheck documentCheck() {
    return documentCheck;
  }

  /** The machine's script: what iPXE is given after it said who it is. */
  public Rendered script(BootPlan plan) {
    return script(plan, false);
  }

  /** The values among what it would be told that RancherOS would refuse or lose. */
  public List<Trouble> refusedValues(BootPlan plan) {
    return unfit(plan).stream().filter(t -> t.reason() == Reason.DOCUMENT_INVALID).toList();
  }

  /** The same, and what is not there yet. */
  List<Trouble> unfit(BootPlan plan) {
    Stream<Trouble> broken =
        told.broken(plan).map(b -> new Trouble(Reason.TEMPLATE_BROKEN, b.toString())).stream();
    return Stream.concat(
            broken,
            told.faults(plan).stream()
                .filter(RancherOsPlan.Fault::isError)
                .map(RancherOsPlan.Fault::trouble))
        .toList();
  }

  /** What is said where, and why there; empty for systems whose documents are templates only. */
  public List<Choice> choices(BootPlan plan) {
    return told.choices(plan);
  }

  /** A document of the machine's role; empty when the role has none of that name. */
  public Optional<Rendered> document(BootPlan plan, String name) {
    return document(plan, name, false);
  }

  /** The files of the machine's initrd overlay by path; empty when its role has none. */
  public SortedMap<String, Rendered> overlay(BootPlan plan) {
    return overlay(plan, false);
  }

  /** Whether the overlay holds anything that people must not see. */
  public boolean isOverlaySecret(BootPlan plan) {
    return !overlay(plan, false).equals(overlay(plan, true));
  }

  SortedMap<String, Rendered> overlay(BootPlan plan, boolean masked) {
    SortedMap<String, Rendered> files = new TreeMap<>();
    plan.role()
        .ifPresent(
            role ->
                role.value()
                    .overlay()
                    .forEach(
                        (path, template) -> files.put(path, rendered(template, plan, masked))));
    told.addEarlyConfig(plan, masked, files);
    return files;
  }

  /** The same for people's eyes: secrets are masked. */
  public Optional<Rendered> preview(BootPlan plan, String name) {
    return document(plan, name, true);
  }

  /** The script for people's eyes: secrets are masked. */
  public Rendered previewScript(BootPlan plan) {
    return script(plan, true);
  }

  /** The first script, the same for every machine that reaches us at this address. */
  public Rendered firstScript(Site site, Ipv4 serverAddress) {
    return templates.render(
        site.script(FIRST_SCRIPT), Scope.ofFirstScript(site.settings().bootUrl(serverAddress)));
  }

  /** What PXELINUX or GRUB is told; empty when the machine is not to be answered. */
  public Optional<String> loaderConfig(BootPlan plan, LoaderConfig dialect) {
    return dialect.of(plan);
  }

  /** The same for a machine of which nothing is known, not even its MAC. */
  public String loaderConfig(Site site, Ipv4 serverAddress, LoaderConfig dialect) {
    return dialect.unknown(site, serverAddress);
  }

  /** A script of the planner's own choice for trouble found while serving. */
  public Rendered errorScript(Site site, BootPlan plan, Trouble trouble) {
    Map<String, Object> scope = Scope.of(plan, true);
    scope.put("problems", List.of(trouble.toString()));
    scope.put("advice", List.of(trouble.reason().advice()));
    return templates.render(site.script(ERROR_SCRIPT), scope);
  }

  Rendered script(BootPlan plan, boolean masked) {
    Map<String, Object> scope = Scope.of(plan, masked);
    scope.put(RancherOsPlan.SCOPE, told.scope(plan, masked));
    return rendered(plan.script().value(), plan, scope);
  }

  /** What {@code check} must tell of it beyond broken templates. */
  List<RancherOsPlan.Fault> faults(BootPlan plan) {
    return told.faults(plan);
  }

  Optional<Rendered> document(BootPlan plan, String name, boolean masked) {
    Optional<Rendered> made =
        name.equals(RancherOsPlan.DOCUMENT) ? told.document(plan, masked) : Optional.empty();
    if (made.isPresent()) {
      return made;
    }
    return plan.role()
        .flatMap(role -> Optional.ofNullable(role.value().documents().get(name)))
        .map(template -> rendered(template, plan, masked));
  }

  Rendered rendered(Script template, BootPlan plan, boolean masked) {
    return rendered(template, plan, Scope.of(plan, masked));
  }

  private Rendered rendered(Script template, BootPlan plan, Map<String, Object> scope) {
    Rendered rendered = unmasked(template, plan, scope);
    // What a filter or a faulty expression quotes may be a secret.
    return rendered instanceof Rendered.Broken broken ? Mask.of(plan).of(broken) : rendered;
  }

  private Rendered unmasked(Script template, BootPlan plan, Map<String, Object> scope) {
    Rendered arguments = arguments(plan, scope);
    if (arguments instanceof Rendered.Broken) {
      return arguments;
    }
    Map<String, Object> image = Scope.image(plan);
    image.put("arguments", arguments.ifText().orElse(""));
    scope.put("image", image);
    return templates.render(template, scope);
  }

  /** Kernel arguments: the image's, then the role's, which is a template of its own. */
  Rendered arguments(BootPlan plan, Map<String, Object> scope) {
    if (plan.role().isEmpty()) {
      return new Rendered.Text("");
    }
    Role role = plan.role().get().value();
    String ofImage = plan.image().map(i -> i.value().arguments()).orElse("");
    Script template =
        new Script(
            "arguments",
            "cloud-init/" + role.name() + "/role.yaml",
            (ofImage + " " + role.arguments()).strip());
    return templates.render(template, scope);
  }

  /** What the inventory knows, brought up to date by what the client says right now. */
  private static Machine present(PlanRequest request) {
    Inventory inventory = request.inventory();
    Machine known =
        inventory
            .machine(request.client().mac())
            .orElseGet(() -> Machine.unknown(request.client().mac()));
    Optional<Segment> segment = request.reach().segment();
    Optional<Ipv4> address = request.reach().machineAddress();
    return new Machine(
        known.mac(),
        known.assignment(),
        known.hardware().updatedBy(request.client().hardware()),
        segment.isPresent() ? segment.map(Segment::name) : known.segment(),
        address.isPresent() ? address : known.address(),
        known.switchPort(),
        known.firstSeen(),
        known.lastSeen(),
        known.installation(),
        request.now().map(known.provisioning()::at).orElse(Arming.ASSUMED));
  }

  private static Optional<Planned<Room>> roomOf(Machine machine, PlanRequest request) {
    Optional<String> own = machine.assignment().room();
    if (own.isPresent()) {
      return Optional.of(Planned.of(room(own.get(), request), Origin.MACHINE));
    }
    Optional<Segment> segment = request.reach().segment();
    return segment.isPresent() && segment.get().room().isPresent()
        ? Optional.of(
            Planned.of(room(segment.get().room().get(), request), segmentOrigin(segment.get())))
        : Optional.empty();
  }

  private static Optional<RoomLock> lock(PlanRequest request, Optional<Planned<Room>> room) {
    return request
        .now()
        .flatMap(now -> request.inventory().lock(room.map(r -> r.value().name()), now));
  }

  private static Room room(String name, PlanRequest request) {
    Optional<Room> known = request.inventory().room(name);
    return known.isPresent() ? known.get() : new Room(name, "", Map.of());
  }

  private static Optional<Planned<String>> roleName(
      Site site, Machine machine, Optional<Planned<Room>> room, Reach reach) {
    if (machine.assignment().role().isPresent()) {
      return machine.assignment().role().map(r -> Planned.of(r, Origin.MACHINE));
    }
    Optional<Role> byRule = Rules.match(site, machine, room.map(r -> r.value().name()));
    if (byRule.isPresent()) {
      return byRule.map(r -> Planned.of(r.name(), new Origin(Origin.Level.RULE, r.name())));
    }
    return reach
        .segment()
        .flatMap(
            s ->
                s.unknownMachines() instanceof UnknownMachines.Use use
                    ? Optional.of(Planned.of(use.role(), segmentOrigin(s)))
                    : Optional.empty());
  }

  /** What the page says wins over the segment's file: it is nearer, and can be changed by more. */
  private static Optional<Planned<Ipv4>> reservation(Reach reach, Machine machine, Mac card) {
    if (reach.segment().isEmpty()) {
      return Optional.empty();
    }
    Segment segment = reach.segment().get();
    Optional<Ipv4> own = machine.assignment().reservation();
    if (own.isPresent() && segment.subnet().contains(own.get())) {
      return Optional.of(Planned.of(own.get(), Origin.MACHINE));
    }
    Ipv4 ofCard = segment.reservations().get(card);
    Ipv4 ofSegment = ofCard == null ? segment.reservations().get(machine.mac()) : ofCard;
    return ofSegment == null
        ? Optional.empty()
        : Optional.of(Planned.of(ofSegment, segmentOrigin(segment)));
  }

  static Origin segmentOrigin(Segment segment) {
    return new Origin(Origin.Level.SEGMENT, segment.name());
  }

  static Origin roomOrigin(Room room) {
    return new Origin(Origin.Level.ROOM, room.name());
  }

  static Origin roleOrigin(Role role) {
    return new Origin(Origin.Level.ROLE, role.name());
  }
}
