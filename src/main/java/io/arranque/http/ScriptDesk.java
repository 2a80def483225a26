package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.downloads.Standing;
import io.arranque.http.BootAnswer.Hold;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.BootAnswer.Turn;
import io.arranque.http.BootRequest.MachineScript;
import io.arranque.inventory.Boot;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.plan.BootPlan;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.plan.Rendered;
import io.arranque.site.DownloadSettings.WaitKey;
import io.arranque.site.Image;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which script a machine gets. Whatever is wrong, iPXE gets a script that says so. */
final class ScriptDesk {
  /** More addresses of ours than any site has segments. */
  private static final int MAX_FIRST = 256;

  private final Planner planner;
  private final BootsUnderWay boots;
  private final ScriptClaims claims = new ScriptClaims();

  /** The first script, by our address that was asked. */
  private volatile FirstScripts first = new FirstScripts(Optional.empty(), Map.of());

  private record FirstScripts(Optional<Site> site, Map<Ipv4, Text> byAddress) {}

  ScriptDesk(Planner planner, BootsUnderWay boots) {
    this.planner = planner;
    this.boots = boots;
  }

  Text first(Site site, Exchange exchange) {
    Text known = readyFirst(site, exchange);
    if (known != null) {
      return known;
    }
    Text rendered = scriptOf(planner.firstScript(site, exchange.local()), site, exchange);
    FirstScripts before = first;
    boolean goesOn = isOf(before, site) && before.byAddress().size() < MAX_FIRST;
    Map<Ipv4, Text> scripts = new HashMap<>(goesOn ? before.byAddress() : Map.of());
    scripts.put(exchange.local(), rendered);
    // Of two threads one may be lost: it is rendered once more then.
    first = new FirstScripts(Optional.of(site), scripts);
    return rendered;
  }

  /** The first script if it is known already; else null. */
  @Nullable Text readyFirst(Site site, Exchange exchange) {
    FirstScripts known = first;
    return isOf(known, site) ? known.byAddress().get(exchange.local()) : null;
  }

  @SuppressWarnings("ReferenceEquality") // each load of the site makes a new one
  private static boolean isOf(FirstScripts scripts, Site site) {
    return scripts.site().isPresent() && scripts.site().get() == site;
  }

  /** The answer if nothing has to be decided: the machine repeats itself. Else null. */
  @Nullable Text ready(MachineScript request, BootSnapshot snapshot, Exchange exchange) {
    Text given = boots.repeated(request, snapshot, exchange);
    return given == null
            || isSomebodyElse(
                request, snapshot.site().segmentOf(exchange.client()), snapshot, exchange)
        ? null
        : given;
  }

  BootAnswer answer(MachineScript request, BootSnapshot snapshot, Exchange exchange) {
    Optional<Segment> segment = snapshot.site().segmentOf(exchange.client());
    boolean somebodyElse = isSomebodyElse(request, segment, snapshot, exchange);
    ScriptClaims.Found found = claims.find(request, somebodyElse, snapshot, exchange);
    return found.into(decided(request, somebodyElse, found.snapshot(), exchange));
  }

  private BootAnswer decided(
      MachineScript request, boolean somebodyElse, BootSnapshot snapshot, Exchange exchange) {
    BootPlan plan = plan(request, snapshot, exchange);
    if (somebodyElse) {
      return scriptOf(
              errorScript(plan, new Trouble(Reason.OTHER_ADDRESS, ""), snapshot),
              snapshot.site(),
              exchange)
          .with(event(request, Stage.SCRIPT, Reason.OTHER_ADDRESS, "", exchange));
    }
    return switch (plan.way()) {
      case BOOT -> start(request, plan, Stage.SCRIPT, Reason.OK, snapshot, exchange);
      case WAIT -> await(request, plan, snapshot, exchange);
      case LOCAL_DISK -> start(request, plan, Stage.LOCAL_DISK, plan.reason(), snapshot, exchange);
      case DISCOVER -> discover(request, plan, snapshot, exchange);
      case UNARMED -> unarmed(request, plan, snapshot, exchange);
      case LOCKED -> locked(request, plan, snapshot, exchange);
      case IGNORE ->
          // Not noted in the inventory: ignored is ignored, and its own disk boots.
          Text.script("#!ipxe\necho " + plan.reason().sentence() + "\nsleep 2\nexit 1\n")
              .with(event(request, Stage.SCRIPT, Reason.MACHINE_IGNORED, "", exchange));
      case FAIL -> {
        Trouble trouble = plan.troubles().get(0);
        yield scriptOf(planner.script(plan), snapshot.site(), exchange)
            .with(seen(request, plan, exchange))
            .with(event(request, Stage.SCRIPT, trouble.reason(), trouble.detail(), exchange));
      }
    };
  }

  /**
   * Whether the request comes from another address than the one that we gave this machine. It would
   * end the machine's present boot, and start one whose documents go to the asker.
   */
  private static boolean isSomebodyElse(
      MachineScript request, Optional<Segment> segment, BootSnapshot snapshot, Exchange exchange) {
    return segment
        .filter(its -> its.mode() == Segment.Mode.SERVER)
        .flatMap(serving -> snapshot.leased().of(request.mac(), serving))
        .filter(leased -> !leased.equals(exchange.client()))
        .isPresent();
  }

  /** When what was decided could not be kept: the machine is told, and tries again. */
  Text notKept(MachineScript request, Reason reason, BootSnapshot snapshot, Exchange exchange) {
    BootPlan plan = plan(request, snapshot, exchange);
    return scriptOf(errorScript(plan, new Trouble(reason, ""), snapshot), snapshot.site(), exchange)
        .with(event(request, Stage.SCRIPT, reason, "", exchange));
  }

  private Text start(
      MachineScript request,
      BootPlan plan,
      Stage stage,
      Reason reason,
      BootSnapshot snapshot,
      Exchange exchange) {
    Rendered script = planner.script(plan);
    if (script instanceof Rendered.Broken broken) {
      Trouble trouble = new Trouble(Reason.TEMPLATE_BROKEN, broken.toString());
      return scriptOf(errorScript(plan, trouble, snapshot), snapshot.site(), exchange)
          .with(seen(request, plan, exchange))
          .with(event(request, stage, trouble.reason(), trouble.detail(), exchange));
    }
    String role = plan.role().map(r -> r.value().name()).orElse("");
    Boot boot =
        new Boot(
            exchange.freshNonce(), plan.machine().mac(), exchange.client(), role, exchange.now());
    Text given = scriptOf(script, snapshot.site(), exchange);
    boots.keep(boot.nonce(), new BootsUnderWay.Begun(request, exchange, plan, given));
    Text text =
        given
            .with(
                Stream.of(changes(request, plan, boot, stage, exchange), claims.granted(plan, boot))
                    .<InventoryChange>flatMap(List::stream)
                    .toList())
            .with(
                event(
                    request,
                    stage,
                    reason,
                    reason == Reason.ROOM_LOCKED ? lockText(plan) : "role " + role,
                    exchange));
    return stage == Stage.SCRIPT && plan.image().isPresent()
        ? text.with(new Turn(request.mac(), exchange.client(), Standing.GO, files(plan)))
        : text;
  }

  private static List<InventoryChange> changes(
      MachineScript request, BootPlan plan, Boot boot, Stage stage, Exchange exchange) {
    List<InventoryChange> changes = new ArrayList<>(seen(request, plan, exchange));
    changes.add(new InventoryChange.BootStarted(boot));
    if (stage == Stage.SCRIPT) {
      plan.policy()
          .afterBoot(plan, exchange.now())
          .map(i -> new InventoryChange.InstallationChanged(plan.machine().mac(), i, ""))
          .ifPresent(changes::add);
    }
    return List.copyOf(changes);
  }

  /** Others are downloading, as many as may. */
  private BootAnswer await(
      MachineScript request, BootPlan plan, BootSnapshot snapshot, Exchange exchange) {
    if (has(WaitKey.LOCAL_DISK, request, snapshot)) {
      return Text.script("#!ipxe\nexit 1\n")
          .with(seen(request, plan, exchange))
          .with(
              event(
                  request,
                  Stage.LOCAL_DISK,
                  Reason.LOCAL_DISK,
                  "somebody pressed D while it waited",
                  exchange));
    }
    Standing standing = plan.standing();
    Rendered script = planner.script(plan);
    if (script instanceof Rendered.Broken) {
      // Whoever can read the template mends it; meanwhile a room must not stand still.
      BootPlan at = plan(request, Standing.GO, snapshot, exchange);
      return start(request, at, Stage.SCRIPT, Reason.OK, snapshot, exchange);
    }
    Text text =
        scriptOf(script, snapshot.site(), exchange)
            .with(seen(request, plan, exchange))
            .with(new Turn(request.mac(), exchange.client(), standing, Set.of()));
    if (standing.asked()) {
      // Without an event: it asks every few seconds.
      return standing.isNext() ? new Hold(request.mac(), text) : text;
    }
    return text.with(
        event(
            request,
            Stage.WAITING,
            Reason.DOWNLOADS_FULL,
            standing.place() + " of " + standing.waiting(),
            exchange));
  }

  private static Set<String> files(BootPlan plan) {
    Image image = plan.image().orElseThrow().value();
    return Stream.concat(Stream.of(image.kernel()), image.initrds().stream())
        .map(image::location)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean has(WaitKey key, MachineScript request, BootSnapshot snapshot) {
    return request.pressed().equals(Optional.of(key))
        && snapshot.site().settings().downloads().keys().contains(key);
  }

  private BootAnswer discover(
      MachineScript request, BootPlan plan, BootSnapshot snapshot, Exchange exchange) {
    Rendered script = planner.script(plan);
    List<InventoryChange> seen = seen(request, plan, exchange);
    if (script instanceof Rendered.Broken broken) {
      return scriptOf(script, snapshot.site(), exchange)
          .with(seen)
          .with(event(request, Stage.SCRIPT, Reason.TEMPLATE_BROKEN, broken.toString(), exchange));
    }
    Text shown = scriptOf(script, snapshot.site(), exchange).with(seen);
    return request.waiting()
        // Without an event: it comes again and again for as long as nobody assigns a role.
        ? new Hold(request.mac(), shown)
        : shown.with(
            event(
                request,
                Stage.WAITING,
                plan.reason(),
                plan.looksLike().map(Machine::hostname).orElse(""),
                exchange));
  }

  /** As without a role; but first it may need a code on its screen. */
  private BootAnswer unarmed(
      MachineScript request, BootPlan plan, BootSnapshot snapshot, Exchange exchange) {
    Optional<InventoryChange.Provisioned> code = claims.coded(request, plan, snapshot, exchange);
    if (code.isEmpty()) {
      return discover(request, plan, snapshot, exchange);
    }
    BootSnapshot then = snapshot.with(code.get());
    BootPlan shown = plan(request, then, exchange);
    return scriptOf(planner.script(shown), snapshot.site(), exchange)
        .with(List.of(seen(request, shown, exchange).get(0), code.get()))
        .with(event(request, Stage.WAITING, shown.reason(), "", exchange));
  }

  /** Not held on the line: it asks anew by itself, and a key can be pressed meanwhile. */
  private Text locked(
      MachineScript request, BootPlan plan, BootSnapshot snapshot, Exchange exchange) {
    Text shown =
        scriptOf(planner.script(plan), snapshot.site(), exchange)
            .with(seen(request, plan, exchange));
    return request.waiting()
        ? shown
        : shown.with(event(request, Stage.WAITING, Reason.ROOM_LOCKED, lockText(plan), exchange));
  }

  private static String lockText(BootPlan plan) {
    return plan.lock()
        .map(lock -> lock.why().isEmpty() ? lock.by() : lock.by() + ": " + lock.why())
        .orElse("");
  }

  private BootPlan plan(MachineScript request, BootSnapshot snapshot, Exchange exchange) {
    return has(WaitKey.SKIP, request, snapshot)
        ? plan(request, Standing.GO, snapshot, exchange)
        : plan(
            request,
            snapshot.queue().standing(request.mac(), exchange.client(), exchange.now()),
            snapshot,
            exchange);
  }

  private BootPlan plan(
      MachineScript request, Standing standing, BootSnapshot snapshot, Exchange exchange) {
    Reach reach =
        new Reach(
            snapshot.site().segmentOf(exchange.client()),
            exchange.local(),
            Optional.of(exchange.client()),
            Optional.of(exchange.freshNonce()));
    return planner.judged(
        planner.plan(
            new PlanRequest(
                snapshot.site(),
                snapshot.inventory(),
                request.facts().client(request.mac()),
                reach,
                standing,
                Optional.of(exchange.now()))));
  }

  private Rendered errorScript(BootPlan plan, Trouble trouble, BootSnapshot snapshot) {
    return planner.errorScript(snapshot.site(), plan, trouble);
  }

  /** The script, or where its template is broken, on the PC's own screen. */
  private static Text scriptOf(Rendered script, Site site, Exchange exchange) {
    String bootUrl = site.settings().bootUrl(exchange.local());
    return Text.script(
        script.ifText().orElseGet(() -> LastResort.script(script.toString(), bootUrl)));
  }

  private static List<InventoryChange> seen(
      MachineScript request, BootPlan plan, Exchange exchange) {
    return List.of(
        new InventoryChange.Seen(
            new Sighting(
                request.mac(),
                request.facts().hardware(),
                plan.reach().segment().map(Segment::name),
                Optional.of(exchange.client()),
                exchange.now())));
  }

  private static BootEvent event(
      MachineScript request, Stage stage, Reason reason, String detail, Exchange exchange) {
    return BootEvent.of(
        exchange.now(), request.mac(), stage, reason, Optional.of(exchange.client()), detail);
  }
}
